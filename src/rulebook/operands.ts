/** Parses the right-hand sides but for instants and numbers: literals, lists. Null where something was wrong. */
import { isObject } from './basics.ts';
import { nearest } from './problems.ts';
import type { Operand } from './rule-set.ts';
import { KINDS, type Kind, type Left, type Scope } from './scope.ts';
import { missingKey, unknownKey } from './shape.ts';
import type { Path } from './source.ts';
import { textPattern } from './text-pattern.ts';
import { meantNames, meantWord, quoting, replacing } from './typed/meant.ts';
import type { FactDefinition } from './vocabulary.ts';

export type Keyed = Record<string, unknown>;

/** True where `value` has exactly the keys given (optional ones end in "?"); otherwise a problem per wrong key. */
export function hasOnly({ problems }: Scope, value: Keyed, keys: readonly string[], path: Path): boolean {
  const allowed = keys.map((k) => k.replace('?', ''));
  const wrong = Object.keys(value).filter((k) => !allowed.includes(k));
  for (const key of wrong) problems.add('unknown-key', [...path, key], unknownKey(key, allowed));
  const missing = keys.filter((k) => !k.endsWith('?') && !Object.hasOwn(value, k));
  for (const key of missing) problems.add('missing-key', path, missingKey(key));
  return wrong.length === 0 && missing.length === 0;
}

export const isOnly = (scope: Scope, value: unknown, key: string, path: Path): value is Keyed =>
  isObject(value) && Object.hasOwn(value, key) && hasOnly(scope, value, [key], path);

/** The name in `{ <kind>: name }`, where there is such a thing. */
export function nameIn(scope: Scope, kind: Kind, value: Keyed, path: Path): string | null {
  const name = value[kind];
  const [, ja, en] = KINDS[kind];
  if (typeof name !== 'string')
    return scope.problems.add('value-type', path, {
      ja: `${kind} には${ja}の名前を書いてください。`,
      en: `Write the name of a ${en} in ${kind}.`,
    });
  return scope.refer(kind, name, [...path, kind]) ? name : null;
}

const NOT_OF_TYPE = {
  instant: { ja: '日時ではありません。', en: 'is not of type instant.' },
  integer: { ja: '数ではありません。', en: 'is not a number.' },
};

/** The fact in `{ fact: name }`, which has to be of that type. */
export function factIn(
  scope: Scope,
  type: keyof typeof NOT_OF_TYPE,
  value: Keyed,
  path: Path,
): FactDefinition | null {
  const name = nameIn(scope, 'fact', value, path);
  if (name === null) return null;
  const definition = scope.vocabulary.facts.get(name);
  if (definition?.type === type) return definition;
  const { ja, en } = NOT_OF_TYPE[type];
  return scope.problems.add('value-type', path, { ja: `「${name}」は${ja}`, en: `"${name}" ${en}` });
}

export function booleanOperand({ problems, source }: Scope, value: unknown, path: Path): Operand | null {
  if (typeof value === 'boolean') return { kind: 'literal', value, text: value ? 'はい' : 'いいえ' };
  const meant = typeof value === 'string' ? meantWord(value, ['true', 'false']) : null;
  return problems.add('value-type', path, {
    ja: 'ここには true か false を書いてください。',
    en: 'Write true or false here.',
    ...(meant && { suggestion: () => meant, corrected: replacing(source.text, String(value), meant) }),
  });
}

export function itemOperand(scope: Scope, left: Left, value: unknown, path: Path): Operand | null {
  if (typeof value !== 'string')
    return scope.problems.add('value-type', path, {
      ja: `ここには文字を書いてください（数字だけなら "35" のように引用符で囲みます）。`,
      en: 'Write a text here (digits alone in quotes, such as "35").',
      ...(typeof value === 'number' && { corrected: quoting(scope.source.text) }),
    });
  if (!isChoice(scope, left, value, path)) return null;
  return { kind: 'literal', value, text: left.values?.get(value) ?? value };
}

function isChoice(scope: Scope, left: Left, value: string, path: Path): boolean {
  const { problems, source } = scope;
  const { values, unknown } = left;
  if (values === null) return canBe(scope, left, value, path);
  if (values.has(value)) return true;
  // Who writes the Japanese of a choice means that choice.
  const labelled = [...values].find(([, label]) => label === value.normalize('NFKC').trim())?.[0];
  const names = labelled === undefined ? meantNames(value, (name) => values.has(name)) : [labelled];
  const meant =
    names && (typeof path.at(-1) === 'number' ? names.join(', ') : names.length === 1 ? names[0] : null);
  problems.add(unknown ?? 'unknown-word', path, {
    ja: `「${value}」は選択肢にありません。`,
    en: `"${value}" is not among the choices.`,
    suggestion: () => meant ?? nearest(value, values.keys()),
    ...(meant && { corrected: replacing(source.text, value, meant) }),
  });
  return false;
}

/** A text that the fact can never be: the comparison would be the same for everybody. */
function canBe({ problems, origin }: Scope, { pattern }: Left, value: string, path: Path): boolean {
  if (origin === 'past' || !pattern) return true;
  const fitting = textPattern(pattern);
  if (fitting.test(value)) return true;
  const plain = value.normalize('NFKC').replace(/[\s"'“”‘’「」]/gu, '');
  problems.add('outside-pattern', path, {
    ja: `「${value}」は、この事実の値になりません。値は ${pattern} に合う文字だけです。`,
    en: `"${value}" can never be the value of this fact, whose texts all match ${pattern}.`,
    suggestion: () => (fitting.test(plain) ? plain : null),
  });
  return false;
}

export function listOperand(scope: Scope, left: Left, value: unknown, path: Path): Operand | null {
  const { problems } = scope;
  if (isObject(value)) {
    if (!hasOnly(scope, value, ['list'], path)) return null;
    const id = nameIn(scope, 'list', value, path);
    if (id === null) return null;
    const { items = [], label = null } = scope.lists.get(id) ?? {};
    for (const item of items)
      if (left.values?.has(item.id) === false)
        problems.add('value-type', [...path, 'list'], {
          ja: `一覧「${id}」の「${item.id}」は、この事実の選択肢にありません。`,
          en: `"${item.id}" of the list "${id}" is not among the choices of this fact.`,
        });
    const text = label ?? items.map((item) => item.label).join('、');
    return { kind: 'literal', value: items.map((item) => item.id), text };
  }
  if (!Array.isArray(value) || value.length === 0)
    return problems.add('value-type', path, {
      ja: 'ここには [ ] で囲んだ並びか { list: 一覧の名前 } を書いてください。',
      en: 'Write a list in [ ] or { list: name of a list } here.',
    });
  const ids: string[] = [];
  for (const [i, item] of value.entries()) {
    if (typeof item !== 'string')
      return problems.add('value-type', [...path, i], {
        ja: '並びには文字を書いてください。',
        en: 'Write texts in the list.',
      });
    if (isChoice(scope, left, item, [...path, i])) ids.push(item);
  }
  return { kind: 'literal', value: ids, text: ids.map((id) => left.values?.get(id) ?? id).join('、') };
}
