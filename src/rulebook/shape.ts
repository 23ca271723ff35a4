import type { z } from 'zod';
import type { LocalizedText } from './lang.ts';
import { ProblemList } from './problem-list.ts';
import { nearest, type Problem, type ProblemCode, problemOf } from './problems.ts';
import type { Path, Source } from './source.ts';

/** Parses `data` with `schema`; each zod issue becomes a problem at its line. */
export function parseShape<T>(
  source: Source,
  schema: z.ZodType<T>,
  data: unknown,
  base: Path,
  knownKeys: readonly string[],
): { value: T | null; problems: Problem[] } {
  const result = schema.safeParse(data);
  if (result.success) return { value: result.data, problems: [] };
  const problems = new ProblemList();
  for (const issue of result.error.issues) addProblems(problems, source, issue, base, knownKeys);
  return { value: null, problems: problems.all() };
}

const TYPE_NAMES: Record<string, LocalizedText> = {
  string: { ja: '文字', en: 'a text' },
  number: { ja: '数', en: 'a number' },
  int: { ja: '整数', en: 'a whole number' },
  boolean: { ja: 'true か false', en: 'true or false' },
  object: { ja: '項目の組', en: 'keys with values' },
  record: { ja: '項目の組', en: 'keys with values' },
  array: { ja: '「-」で始まる並び', en: 'a list, each item after "-"' },
};

function addProblems(
  problems: ProblemList,
  source: Source,
  issue: z.core.$ZodIssue,
  base: Path,
  knownKeys: readonly string[],
): void {
  const add = (code: ProblemCode, at: Path, said: LocalizedText, key = false): void =>
    problems.add(code, () => problemOf(code, source.at(at, key), said));
  const path = [...base, ...issue.path.map((p) => (typeof p === 'symbol' ? String(p) : p))];
  const name = path.at(-1) ?? source.file;
  // A missing value fails in the way of what was wanted there: a text, one of several, a choice.
  if (issue.code !== 'unrecognized_keys' && issue.code !== 'invalid_key' && !exists(source, path)) {
    const said = { ja: `「${name}」が書かれていません。`, en: `"${name}" is missing.` };
    add('missing-key', path.slice(0, -1), said, true);
    return;
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys)
        problems.add('unknown-key', () => unknownKey(source, [...path, key], key, knownKeys));
      return;
    case 'invalid_key':
      add(
        'wrong-shape',
        path,
        {
          ja: `「${name}」という名前は使えません。英数字と「-」「_」「.」で書いてください。`,
          en: `"${name}" cannot be a name. Write it with letters, digits, "-", "_" and ".".`,
        },
        true,
      );
      return;
    case 'invalid_union': {
      const deepest = issue.errors.flat().sort((a, b) => b.path.length - a.path.length)[0];
      if (deepest && deepest.path.length > 0) {
        addProblems(problems, source, deepest, path, knownKeys);
        return;
      }
      break;
    }
    case 'invalid_type': {
      const type = TYPE_NAMES[issue.expected] ?? { ja: issue.expected, en: issue.expected };
      const said = {
        ja: `「${name}」には${type.ja}を書いてください。`,
        en: `Write ${type.en} in "${name}".`,
      };
      add('wrong-shape', path, said);
      return;
    }
    case 'invalid_value':
      add('wrong-shape', path, {
        ja: `「${name}」に書けるのは ${issue.values.map(String).join('、')} のいずれかです。`,
        en: `"${name}" must be one of ${issue.values.map(String).join(', ')}.`,
      });
      return;
    default:
      break;
  }
  const said = {
    ja: `「${name}」の書き方が正しくありません。`,
    en: `"${name}" is not written correctly.`,
  };
  add('wrong-shape', path, said);
}

function unknownKey(source: Source, path: Path, key: string, knownKeys: readonly string[]): Problem {
  const hint = hasComma(source, path) ? COMMA : null;
  const said = {
    ja: `「${key}」という項目はここに書けません。${hint?.ja ?? ''}`,
    en: `"${key}" cannot be written here.${hint?.en ?? ''}`,
  };
  return problemOf('unknown-key', source.at(path, true), said, nearest(key, knownKeys));
}

/** In { text: 一律3,000円 } YAML ends the text at the comma and takes the rest for a name without a value. */
const hasComma = (source: Source, path: Path): boolean => valueAt(source, path) === null;
const COMMA: LocalizedText = {
  ja: '「,」を含む文は、引用符（"…"）で囲んでください。',
  en: ' Put a text that has a comma into quotes ("…").',
};

const exists = (source: Source, path: Path): boolean => valueAt(source, path) !== undefined;

/** undefined where nothing is written. */
function valueAt(source: Source, path: Path): unknown {
  let node: unknown = source.data;
  for (const step of path) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, step)) return undefined;
    node = Reflect.get(node, step);
  }
  return node;
}
