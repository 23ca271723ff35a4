/** The numbers with names: `values`, which are written down, and `numbers`, which are worked out. */
import { isObject } from './basics.ts';
import { unitOf } from './expressions.ts';
import { isPercentUnit, parseExpression, tellUnits } from './read-expression.ts';
import { checkCircles } from './references.ts';
import type { RuleFile } from './rule-file-schema.ts';
import type { NamedValue } from './rule-set.ts';
import type { Scope } from './scope.ts';

export function readValues(scope: Scope, { values = {} }: RuleFile): Map<string, NamedValue> {
  return new Map(
    Object.entries(values).map(([id, { value, unit = null, label, clause }]) => {
      const isGood = isPercentUnit(unit) ? Number.isFinite(value) && value >= 0 : Number.isSafeInteger(value);
      if (!isGood)
        scope.problems.add('value-type', ['values', id, 'value'], {
          ja: `「${id}」には整数を書いてください。小数を書けるのは、unit: "%" の値だけです（0 以上）。`,
          en: `Write a whole number in "${id}". Only a value with unit: "%" can have decimals (0 or more).`,
        });
      return [id, { value, unit, label, clauses: scope.clauses(clause, ['values', id]) }];
    }),
  );
}

/** Puts them into the scope, each after those that it is worked out of. */
export function readNumbers(scope: Scope, written: RuleFile): void {
  const numbers = new Map(Object.entries(written.numbers ?? {}));
  const next = (id: string): string[] => [...numbersIn(numbers.get(id)?.is)];
  const inCircles = new Set(checkCircles(scope, 'number', numbers.keys(), next));
  const read = new Set<string>();
  const readOne = (id: string): void => {
    const number = numbers.get(id);
    if (!number || read.has(id) || inCircles.has(id)) return;
    read.add(id);
    for (const before of next(id)) readOne(before);
    const path = ['numbers', id];
    const { label, clause, unit = null } = number;
    if (Object.hasOwn(written.values ?? {}, id))
      scope.problems.add('duplicate-id', path, {
        ja: `「${id}」という名前は values で使われています。`,
        en: `The name "${id}" is used in values.`,
        ofKey: true,
      });
    const clauses = scope.clauses(clause, path);
    const expression = parseExpression(scope, number.is, [...path, 'is']);
    if (!expression) return;
    const found = unitOf(expression, (fact) => scope.vocabulary.facts.get(fact)?.unit);
    if (unit !== null) tellUnits(scope, [...path, 'is'], { unit, of: `「${label}」` }, found);
    const position = scope.source.at(path, true);
    scope.numbers.set(id, { label, unit, clauses, expression, position });
  };
  for (const id of numbers.keys()) readOne(id);
}

/** The names in every `{ number: name }`. */
function* numbersIn(written: unknown): Iterable<string> {
  if (Array.isArray(written)) for (const part of written) yield* numbersIn(part);
  if (!isObject(written)) return;
  if (typeof written.number === 'string') yield written.number;
  for (const part of Object.values(written)) yield* numbersIn(part);
}
