import type { SigningKey } from '../../audit/keys.ts';
import type { Pen } from '../../engine/answer/field.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';

/** Where a command writes, and how. `lang` is what messages are told in; the words of rule files stay as they are written. */
export interface Io extends Pen {
  out(text: string): void;
  err(text: string): void;
  cyan(text: string): string;
}

/** `color` only on a terminal, and never with NO_COLOR. */
export function openIo({ color, ...given }: Pick<Io, 'out' | 'err' | 'lang'> & { color: boolean }): Io {
  const paint =
    (code: number) =>
    (text: string): string =>
      color ? `\u001b[${code}m${text}\u001b[0m` : text;
  const io: Io = {
    ...given,
    ...{
      bold: paint(1),
      dim: paint(2),
      red: paint(31),
      green: paint(32),
      yellow: paint(33),
      cyan: paint(36),
    },
    // The marks between words differ by language as the words do.
    series: (items) => items.join(io.lang === 'ja' ? '、' : ', '),
    aside: (text) => (io.lang === 'ja' ? `（${text}）` : ` (${text})`),
  };
  return io;
}

/** What a command works with: the settings, and what only the composition root knows. */
export interface Context {
  io: Io;
  rulesDir: string;
  /** Where the log is: on a server, or else in a folder. */
  databaseUrl: string | undefined;
  dataDir: string;
  /** Where that is kept which can be found again. */
  cacheDir: string;
  /** Changes with everything that commands are made of. */
  programHash(): Promise<string>;
  auditKey: SigningKey | undefined;
  auditPublicKeys: string[];
  /** hosho's own version. */
  version: string;
  processors: number;
  /** Epoch milliseconds. */
  now(): number;
  /** 16 bytes in hex. */
  random(): string;
}

/** 0 good, 1 findings, 2 usage, 3 no finding but not everything could be checked, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** The call itself was wrong: a file that is not there, an option without sense. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly text: LocalizedText;
  constructor(text: LocalizedText) {
    super(text.en);
    this.text = text;
  }
}

/** A text about an option or a file, which is named first. */
export const about = (what: string, { en, ja }: LocalizedText): LocalizedText => ({
  en: `${what}: ${en}`,
  ja: `${what}：${ja}`,
});

/** What is wrong with an option or a file. */
export const misuse = (what: string, text: LocalizedText): UsageError => new UsageError(about(what, text));

/** Several told at once, a line each. */
export const linesOf = (texts: readonly LocalizedText[]): LocalizedText => ({
  ja: texts.map(({ ja }) => ja).join('\n'),
  en: texts.map(({ en }) => en).join('\n'),
});

/** With the digits grouped. */
export const number = (n: number): string => n.toLocaleString('ja-JP');
