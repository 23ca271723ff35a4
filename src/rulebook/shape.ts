import type { z } from 'zod';
import { nearest, type Problem } from './problems.ts';
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

const TYPE_NAMES: Record<string, string> = {
  string: '文字',
  number: '数',
  int: '整数',
  boolean: 'true か false',
  object: '項目の組',
  record: '項目の組',
  array: '「-」で始まる並び',
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
    return [
      {
        code: 'missing-key',
        position: source.at(path.slice(0, -1), true),
        message: `「${name}」が書かれていません。`,
        suggestion: null,
      },
    ];
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        code: 'unknown-key',
        position: source.at([...path, key], true),
        message: `「${key}」という項目はここに書けません。${commaHint(source, [...path, key])}`,
        suggestion: nearest(key, knownKeys),
      }));
    case 'invalid_key':
      return [
        {
          code: 'wrong-shape',
          position: source.at(path, true),
          message: `「${name}」という名前は使えません。英数字と「-」「_」「.」で書いてください。`,
          suggestion: null,
        },
      ];
    case 'invalid_union': {
      const deepest = issue.errors.flat().sort((a, b) => b.path.length - a.path.length)[0];
      if (deepest && deepest.path.length > 0) return toProblems(source, deepest, path, knownKeys);
      break;
    }
    case 'invalid_type':
      return [
        {
          code: 'wrong-shape',
          position: source.at(path),
          message: `「${name}」には${TYPE_NAMES[issue.expected] ?? issue.expected}を書いてください。`,
          suggestion: null,
        },
      ];
    case 'invalid_value':
      return [
        {
          code: 'wrong-shape',
          position: source.at(path),
          message: `「${name}」に書けるのは ${issue.values.map(String).join('、')} のいずれかです。`,
          suggestion: null,
        },
      ];
    case 'custom':
      if (issue.params?.code === 'bad-date') {
        return [{ code: 'bad-date', position: source.at(path), message: issue.message, suggestion: null }];
      }
      break;
    default:
      break;
  }
  return [
    {
      code: 'wrong-shape',
      position: source.at(path),
      message: issue.code === 'custom' ? issue.message : `「${name}」の書き方が正しくありません。`,
      suggestion: null,
    },
  ];
}

/** In { text: 一律3,000円 } YAML ends the text at the comma and takes the rest for a name without a value. */
const commaHint = (source: Source, path: Path): string =>
  valueAt(source, path) === null ? '「,」を含む文は、引用符（"…"）で囲んでください。' : '';

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
