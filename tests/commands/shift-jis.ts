/** Node reads Shift_JIS and does not write it: its tables, turned round. */
const decoder = new TextDecoder('shift_jis', { fatal: true });

const codes = new Map<string, readonly number[]>();
const bytes = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
const add = (...code: number[]): void => {
  try {
    const character = decoder.decode(Uint8Array.from(code));
    if ([...character].length === 1 && !codes.has(character)) codes.set(character, code);
  } catch {
    // No character has this code.
  }
};
for (const byte of [...bytes(0x00, 0x7f), ...bytes(0xa1, 0xdf)]) add(byte);
for (const lead of [...bytes(0x81, 0x9f), ...bytes(0xe0, 0xfc)])
  for (const trail of bytes(0x40, 0xfc)) add(lead, trail);

export function shiftJis(text: string): Buffer {
  return Buffer.from(
    [...text].flatMap((character) => {
      const code = codes.get(character);
      if (!code) throw new Error(`${character} is not in Shift_JIS`);
      return [...code];
    }),
  );
}
