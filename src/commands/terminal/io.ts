import type { SigningKey } from '../../audit/keys.ts';
import type { Lang, LocalizedText } from '../../rulebook/lang.ts';

/** Where a command writes. `color` only on a terminal, and never with NO_COLOR. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  color: boolean;
  /** What messages are told in; the words of rule files stay as they are written. */
  lang: Lang;
}

/** Where the log is: on a server, or else in a folder. */
export interface LogPlace {
  databaseUrl: string | undefined;
  dataDir: string;
}

/** What a command works with: the settings, and what only the composition root knows. */
export interface Context extends LogPlace {
  io: Io;
  rulesDir: string;
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

const paint =
  (code: number) =>
  (io: Io, text: string): string =>
    io.color ? `\u001b[${code}m${text}\u001b[0m` : text;

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);
export const cyan = paint(36);

/** The marks between words differ by language as the words do. */
export const series = ({ lang }: Io, items: readonly string[]): string =>
  items.join(lang === 'ja' ? '、' : ', ');

/** In brackets, directly after what it is about. */
export const aside = ({ lang }: Io, text: string): string => (lang === 'ja' ? `（${text}）` : ` (${text})`);

/** With the digits grouped. */
export const number = (n: number): string => n.toLocaleString('ja-JP');
