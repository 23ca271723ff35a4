import { type FileHandle, open, stat } from 'node:fs/promises';

/** A list that grows. */
export interface Output {
  /** Bytes written so far. */
  readonly size: number;
  /** Resolves when the system has taken them. */
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Opens a list as it was when it had `size` bytes, cutting off what is behind; null where it has fewer, or is not there. */
export async function openOutput(path: string, size: number): Promise<Output | null> {
  if (size === 0) return output(await open(path, 'w'), size);
  const there = await stat(path).catch(() => null);
  if (!there || there.size < size) return null;
  const file = await open(path, 'r+');
  await file.truncate(size);
  return output(file, size);
}

function output(file: FileHandle, from: number): Output {
  let size = from;
  return {
    get size() {
      return size;
    },
    async append(bytes) {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, size);
        done += bytesWritten;
        size += bytesWritten;
      }
    },
    close: () => file.close(),
  };
}
