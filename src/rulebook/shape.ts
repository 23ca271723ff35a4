import type { z } from 'zod';
import type { Said } from './lang.ts';
import { nearest, type Problem, problemOf } from './problems.ts';
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
  return {
    value: null,
    problems: result.error.issues.flatMap((i) => toProblems(source, i, base, knownKeys)),
  };
}

const TYPE_NAMES: Record<string, Said> = {
  string: { ja: '文字', en: 'a text' },
  number: { ja: '数', en: 'a number' },
  int: { ja: '整数', en: 'a whole number' },
  boolean: { ja: 'true か false', en: 'true or false' },
  object: { ja: '項目の組', en: 'keys with values' },
  record: { ja: '項目の組', en: 'keys with values' },
  array: { ja: '「-」で始まる並び', en: 'a list, each item after "-"' },
};

function toProblems(
  source: Source,
  issue: z.core.$ZodIssue,
  base: Path,
  knownKeys: readonly string[],
): Problem[] {
  const path = [...base, ...issue.path.map((p) => (typeof p === 'symbol' ? String(p) : p))];
  const name = path.at(-1) ?? source.file;
  // A missing value fails in the way of what was wanted there: a text, one of several, a choice.
  if (issue.code !== 'unrecognized_keys' && issue.code !== 'invalid_key' && !exists(source, path)) {
    const said = { ja: `「${name}」が書かれていません。`, en: `"${name}" is missing.` };
    return [problemOf('missing-key', source.at(path.slice(0, -1), true), said)];
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const hint = hasComma(source, [...path, key]) ? COMMA : null;
        const said = {
          ja: `「${key}」という項目はここに書けません。${hint?.ja ?? ''}`,
          en: `"${key}" cannot be written here.${hint?.en ?? ''}`,
        };
        return problemOf('unknown-key', source.at([...path, key], true), said, nearest(key, knownKeys));
      });
    case 'invalid_key':
      return [
        problemOf('wrong-shape', source.at(path, true), {
          ja: `「${name}」という名前は使えません。英数字と「-」「_」「.」で書いてください。`,
          en: `"${name}" cannot be a name. Write it with letters, digits, "-", "_" and ".".`,
        }),
      ];
    case 'invalid_union': {
      const deepest = issue.errors.flat().sort((a, b) => b.path.length - a.path.length)[0];
      if (deepest && deepest.path.length > 0) return toProblems(source, deepest, path, knownKeys);
      break;
    }
    case 'invalid_type': {
      const type = TYPE_NAMES[issue.expected] ?? { ja: issue.expected, en: issue.expected };
      const said = {
        ja: `「${name}」には${type.ja}を書いてください。`,
        en: `Write ${type.en} in "${name}".`,
      };
      return [problemOf('wrong-shape', source.at(path), said)];
    }
    case 'invalid_value':
      return [
        problemOf('wrong-shape', source.at(path), {
          ja: `「${name}」に書けるのは ${issue.values.map(String).join('、')} のいずれかです。`,
          en: `"${name}" must be one of ${issue.values.map(String).join(', ')}.`,
        }),
      ];
    default:
      break;
  }
  const said = {
    ja: `「${name}」の書き方が正しくありません。`,
    en: `"${name}" is not written correctly.`,
  };
  return [problemOf('wrong-shape', source.at(path), said)];
}

/** In { text: 一律3,000円 } YAML ends the text at the comma and takes the rest for a name without a value. */
const hasComma = (source: Source, path: Path): boolean => valueAt(source, path) === null;
const COMMA: Said = {
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
