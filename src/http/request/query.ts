/** The query of a request: each parameter once, of a kind, and none that nobody asks for. */
import { UNSTORABLE } from '../../engine/facts/read-facts.ts';
import type { FieldError } from '../../operations/refusal.ts';
import { INSTANT, VERSION } from '../../operations/values.ts';
import { readVersion } from '../../rule-files/load.ts';
import { BoundedList, quoted } from '../../rulebook/bounded-list.ts';
import { readInstant } from '../../rulebook/calendar.ts';
import { nearest } from '../../rulebook/problems.ts';
import type { HttpProblem } from '../problems.ts';

/** What a parameter must be. */
export interface Kind<Value> {
  /** null where the text is none. */
  read(text: string): Value | null;
  /** After the name of the parameter. */
  detail: string;
  detailJa: string;
  /** What the nearest is suggested of. */
  words?: readonly string[];
}

const LONGEST = 1000;

export const plainText: Kind<string> = {
  read: (text) => (text !== '' && text.length <= LONGEST && !UNSTORABLE.test(text) ? text : null),
  detail: `must be a text of 1 to ${LONGEST} characters of Unicode, without U+0000`,
  detailJa: `は 1 から ${LONGEST} 文字までの文字です。U+0000 や壊れた文字は使えません`,
};

/** Epoch milliseconds. A + that was not percent-encoded arrives as a space. */
export const instant: Kind<number> = {
  ...{ detail: INSTANT.en, detailJa: INSTANT.ja },
  read: (text) => readInstant(text.replace(/ (?=\d\d:\d\d$)/, '+')),
};

/** sha256, or the first digits of it. */
export const versionPrefix: Kind<string> = { detail: VERSION.en, detailJa: VERSION.ja, read: readVersion };

/** Both bounds inclusive. */
export const wholeNumber = (least: number, most: number): Kind<number> => ({
  read: (text) =>
    /^\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : null,
  detail: `must be a whole number from ${least} to ${most}`,
  detailJa: `は ${least} から ${most} までの整数です`,
});

export const oneOf = <Word extends string>(words: readonly Word[]): Kind<Word> => ({
  read: (text) => words.find((word) => word === text) ?? null,
  detail: `must be ${words.join(' or ')}`,
  detailJa: `は ${words.join(' か ')} です`,
  words,
});

export type Query = ReturnType<typeof openQuery>;

/** Of a request with this URL. */
export function openQuery(url: string) {
  const given = new URL(url).searchParams;
  const asked: string[] = [];
  const errors = new BoundedList<FieldError>();

  /** undefined where it is not given, or wrong. */
  function optional<Value>(name: string, kind: Kind<Value>): Value | undefined {
    asked.push(name);
    const [text, ...others] = given.getAll(name);
    if (text === undefined) return undefined;
    const value = others.length === 0 ? kind.read(text) : null;
    if (value !== null) return value;
    errors.add(() => (others.length === 0 ? wrong(name, kind, text) : repeated(name)));
    return undefined;
  }

  return {
    optional,
    /** undefined where there will be an error. */
    required<Value>(name: string, kind: Kind<Value>): Value | undefined {
      if (!given.has(name)) errors.add(() => ({ ...saying(name, kind), code: 'missing' }));
      return optional(name, kind);
    },
    /** To be asked for once, and last: a parameter that was not read is unknown. */
    errors(): BoundedList<FieldError> {
      for (const name of new Set(given.keys()))
        if (!asked.includes(name)) errors.add(() => unknown(name, asked));
      return errors;
    },
  };
}

export const invalidQuery = ({ listed, more }: BoundedList<FieldError>): HttpProblem => ({
  name: 'invalid-query',
  detail: 'Correct what `errors` names.',
  errors: listed,
  moreErrors: more,
});

const saying = (parameter: string, { detail, detailJa }: Kind<unknown>) => ({
  parameter,
  detail: `${parameter} ${detail}`,
  detailJa: `${parameter} ${detailJa}`,
});
const near = (text: string, words: readonly string[]): { suggestion?: string } => {
  const suggestion = nearest(text, words);
  return suggestion === null ? {} : { suggestion };
};

const wrong = (name: string, kind: Kind<unknown>, text: string): FieldError => ({
  ...saying(name, kind),
  code: 'not-allowed',
  ...near(text, kind.words ?? []),
});

const repeated = (parameter: string): FieldError => ({
  parameter,
  code: 'repeated',
  detail: `${parameter} may be given once`,
  detailJa: `${parameter} は一度だけ書いてください`,
});

function unknown(name: string, known: readonly string[]): FieldError {
  const parameter = quoted(name);
  return {
    parameter,
    code: 'unknown-parameter',
    detail: `this path has no parameter "${parameter}"`,
    detailJa: `「${parameter}」という項目はありません`,
    ...near(name, known),
  };
}
