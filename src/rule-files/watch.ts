/**
 * Notices changes by asking, not by being told: what the system tells of is lost on network folders, behind links and when a
 * folder is replaced. See docs/decisions/0009-watching-rules.md.
 */
const ASK_MS = 400;
/** So long nothing may have changed before the files are read: editors and git write in several steps. */
const SETTLE_MS = 60;
/** Files that change all the time are read nevertheless. */
const MOST_UNREST_MS = 2_000;
const RETRY_MS = 1_000;
/** Where asking takes long, it takes one part in so many of the time; but changes are seen within this time. */
const SHARE = 20;
const MOST_ASK_MS = 2_000;

interface Watched {
  /** Differs where something has changed. */
  fingerprint(): Promise<string>;
  /** Whether there is nothing to do. */
  isCurrent(fingerprint: string): boolean;
  /** Where it rejects, it is called again. */
  onChange(): Promise<void>;
  onError(error: unknown): void;
}

/** Until it is closed. */
export function watch({ fingerprint, isCurrent, onChange, onError }: Watched): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let last: string | null = null;
  let unrestSince: number | null = null;

  /** How long to wait before asking again. */
  async function ask(): Promise<number> {
    const began = performance.now();
    const found = await fingerprint();
    const waitMs = Math.min(MOST_ASK_MS, Math.max(ASK_MS, SHARE * (performance.now() - began)));
    const isStill = found === last;
    last = found;
    if (!isCurrent(found)) {
      unrestSince ??= began;
      if (!isStill && began - unrestSince < MOST_UNREST_MS) return SETTLE_MS;
      await onChange();
    }
    unrestSince = null;
    return waitMs;
  }
  function askIn(waitMs: number): void {
    if (isClosed) return;
    timer = setTimeout(() => {
      ask().then(askIn, (error: unknown) => {
        onError(error);
        askIn(RETRY_MS);
      });
    }, waitMs);
  }
  askIn(ASK_MS);
  return {
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
