import { z } from 'zod';
import { valueAt } from './data.ts';
import type { LocalizedText } from './lang.ts';
import { isError, nearest, type Problem, ProblemList, type ProblemText } from './problems.ts';
import type { Path, Source } from './source.ts';
import { meantNumber, meantWord, quoting, replacing } from './typed/meant.ts';

export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
  .describe('英数字と「-」「_」「.」で書く名前');

/** A part of the format: by that id in the JSON Schema of editors, explained there by the description. */
export const named = <Shape extends z.ZodRawShape>(id: string, description: string, shape: Shape) =>
  z.strictObject(shape).meta({ id, description });

/** Parses what is written with `schema`; each zod issue becomes a problem at its line. */
export function parseShape<T>(
  source: Source,
  schema: z.ZodType<T>,
  knownKeys: readonly string[],
): { value: T | null; problems: Problem[] } {
  if (source.problems.some(isError)) return { value: null, problems: source.problems };
  const result = schema.safeParse(source.data);
  if (result.success) return { value: result.data, problems: source.problems };
  const problems = new ProblemList(source.at);
  for (const issue of result.error.issues) addProblems(problems, source, issue, [], knownKeys);
  return { value: null, problems: [...source.problems, ...problems.all()] };
}

function addProblems(
  problems: ProblemList<Path>,
  source: Source,
  issue: z.core.$ZodIssue,
  base: Path,
  knownKeys: readonly string[],
): void {
  const path = [...base, ...issue.path.map((p) => (typeof p === 'symbol' ? String(p) : p))];
  // An item of a list is told by what the list is called.
  const name = String(path.findLast((step) => typeof step === 'string') ?? source.file);
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      const at = [...path, key];
      problems.add(
        'unknown-key',
        at,
        unknownKey(key, knownKeys, valueAt(source.data, at) === null ? COMMA : null),
      );
    }
  } else if (issue.code === 'invalid_key') {
    problems.add('wrong-shape', path, {
      ja: `「${name}」という名前は使えません。英数字と「-」「_」「.」で書いてください。`,
      en: `"${name}" cannot be a name. Write it with letters, digits, "-", "_" and ".".`,
      ofKey: true,
    });
  } else if (valueAt(source.data, path) === undefined) {
    // A missing value fails in the way of what was wanted there: a text, one of several, a choice.
    problems.add('missing-key', path.slice(0, -1), missingKey(name));
  } else {
    const branches = issue.code === 'invalid_union' ? issue.errors.flat() : [];
    const deepest = branches.sort((a, b) => b.path.length - a.path.length)[0];
    if (deepest && deepest.path.length > 0) addProblems(problems, source, deepest, path, knownKeys);
    else problems.add('wrong-shape', path, wrongShape(issue, name, source.text, valueAt(source.data, path)));
  }
}

/** In { text: 一律3,000円 } YAML ends the text at the comma and takes the rest for a name without a value. */
const COMMA: LocalizedText = {
  ja: '「,」を含む文は、引用符（"…"）で囲んでください。',
  en: ' Put a text that has a comma into quotes ("…").',
};

export const unknownKey = (
  key: string,
  known: Iterable<string>,
  hint: LocalizedText | null = null,
): ProblemText => ({
  ja: `「${key}」という項目はここに書けません。${hint?.ja ?? ''}`,
  en: `"${key}" cannot be written here.${hint?.en ?? ''}`,
  suggestion: () => nearest(key, known),
  ofKey: true,
});

export const missingKey = (key: string): ProblemText => ({
  ja: `「${key}」が書かれていません。`,
  en: `"${key}" is missing.`,
  ofKey: true,
});

const TYPE_NAMES: Record<string, LocalizedText> = {
  string: { ja: '文字', en: 'a text' },
  number: { ja: '数', en: 'a number' },
  int: { ja: '整数', en: 'a whole number' },
  boolean: { ja: 'true か false', en: 'true or false' },
  object: { ja: '項目の組', en: 'keys with values' },
  record: { ja: '項目の組', en: 'keys with values' },
  array: { ja: '「-」で始まる並び', en: 'a list, each item after "-"' },
};

function wrongShape(issue: z.core.$ZodIssue, name: string, text: string, value: unknown): ProblemText {
  if (issue.code === 'invalid_type') {
    const type = TYPE_NAMES[issue.expected] ?? { ja: issue.expected, en: issue.expected };
    return {
      ja: `「${name}」には${type.ja}を書いてください。`,
      en: `Write ${type.en} in "${name}".`,
      ...asMeant(text, value, meantOf(issue.expected, value)),
      ...(issue.expected === 'string' && isPlain(value) && { corrected: quoting(text) }),
    };
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    return {
      ja: `「${name}」に書けるのは ${values.join('、')} のいずれかです。`,
      en: `"${name}" must be one of ${values.join(', ')}.`,
      ...asMeant(text, value, typeof value === 'string' ? meantWord(value, values) : null),
    };
  }
  if (issue.code === 'too_small' && issue.origin === 'array')
    return {
      ja: `「${name}」には、少なくとも${issue.minimum}つ書いてください。`,
      en: `"${name}" needs at least ${issue.minimum} of them.`,
    };
  return { ja: `「${name}」の書き方が正しくありません。`, en: `"${name}" is not written correctly.` };
}

const isPlain = (value: unknown): boolean => typeof value === 'number' || typeof value === 'boolean';

/** What a text stands for where none is wanted; null where nothing can be said. */
function meantOf(expected: string, value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (expected === 'number' || expected === 'int') return meantNumber(value);
  return expected === 'boolean' ? meantWord(value, ['true', 'false']) : null;
}

const asMeant = (text: string, value: unknown, meant: string | null): Partial<ProblemText> =>
  meant === null ? {} : { suggestion: () => meant, corrected: replacing(text, String(value), meant) };
