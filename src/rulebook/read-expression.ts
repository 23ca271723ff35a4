/** Parses amounts and other numbers, and holds their units to each other. Null where something was wrong. */
import { isObject } from './basics.ts';
import { shortExpressionText } from './expression-text.ts';
import { directionsOf, plainUnit, unitOf } from './expressions.ts';
import { factIn, hasOnly, nameIn } from './operands.ts';
import { type Expression, LIST_KINDS, type Operand, ROUNDINGS } from './rule-set.ts';
import type { Scope } from './scope.ts';
import { unknownKey } from './shape.ts';
import type { Path } from './source.ts';

type Keyed = Record<string, unknown>;

/** What may be done with `of`, in the order in which it is done. */
const STEPS = ['percent', 'times', 'dividedBy', 'atLeast', 'atMost'] as const;
const KEYS = ['fact', 'value', 'number', ...LIST_KINDS, ...ROUNDINGS, ...STEPS, 'of'] as const;
/** Whether an object with that key is an expression. */
export const isExpressionKey = (key: string): boolean => KEYS.some((one) => one === key);

/** A number of this size or smaller has no other number that is read as the same. */
const MOST_DIGITS = 15;

export function parseExpression(scope: Scope, value: unknown, path: Path): Expression | null {
  const { problems } = scope;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return { kind: 'literal', value };
  if (!isObject(value))
    return problems.add('value-type', path, {
      ja: `ここには整数か、{ fact: 事実の名前 } などを書いてください。${typeof value === 'number' ? '小数は { of: もとの額, times: 3, dividedBy: 4 } か percent で書きます。' : ''}`,
      en: `Write a whole number here, or such as { fact: name of a fact }.${typeof value === 'number' ? ' Decimals are written as { of: amount, times: 3, dividedBy: 4 } or with percent.' : ''}`,
    });
  const kind = KEYS.find((key) => Object.hasOwn(value, key));
  switch (kind) {
    case undefined: {
      const key = Object.keys(value)[0] ?? '';
      return problems.add('unknown-key', [...path, key], unknownKey(key, KEYS));
    }
    case 'fact': {
      if (!hasOnly(scope, value, [kind], path)) return null;
      const fact = factIn(scope, 'integer', value, path);
      return fact && { kind, fact: fact.name };
    }
    case 'value':
      return hasOnly(scope, value, [kind], path) ? valueIn(scope, value, path) : null;
    case 'number': {
      if (!hasOnly(scope, value, [kind], path)) return null;
      const name = nameIn(scope, 'number', value, path);
      const number = name === null ? undefined : scope.numbers.get(name);
      // What is wrong with that number is told where it is written.
      if (name === null || number === undefined) return null;
      return { kind, number: name, label: number.label, unit: number.unit, is: number.expression };
    }
    case 'sum':
    case 'difference':
    case 'product':
    case 'lesserOf':
    case 'greaterOf':
      return hasOnly(scope, value, [kind], path) ? listIn(scope, kind, value[kind], [...path, kind]) : null;
    case 'roundDown':
    case 'roundUp':
    case 'roundHalfUp': {
      if (!hasOnly(scope, value, [kind, 'to?'], path)) return null;
      const to = Object.hasOwn(value, 'to') ? wholeIn(scope, value.to, [...path, 'to']) : 1;
      const of = parseExpression(scope, value[kind], [...path, kind]);
      return of && to !== null ? { kind, of, to } : null;
    }
    default:
      return stepsIn(scope, value, path);
  }
}

function valueIn(scope: Scope, value: Keyed, path: Path): Expression | null {
  const name = nameIn(scope, 'value', value, path);
  const named = name === null ? undefined : scope.values.get(name);
  if (named === undefined) return null;
  // Told where the value is written, or in percent alone.
  if (!Number.isSafeInteger(named.value))
    return isPercentUnit(named.unit)
      ? scope.problems.add('value-type', path, {
          ja: `「${name}」は割合（%）です。{ percent: { value: ${name} }, of: … } と書いてください。`,
          en: `"${name}" is a percentage. Write { percent: { value: ${name} }, of: … }.`,
        })
      : null;
  return { kind: 'literal', value: named.value, ...(named.unit === undefined ? {} : { unit: named.unit }) };
}

function listIn(
  scope: Scope,
  kind: (typeof LIST_KINDS)[number],
  parts: unknown,
  path: Path,
): Expression | null {
  const least = kind === 'difference' ? 2 : 1;
  if (!Array.isArray(parts) || parts.length < least)
    return scope.problems.add('value-type', path, {
      ja: `${kind} には [ ] で${least > 1 ? '二つ以上' : ''}並べてください。`,
      en: `Write ${least > 1 ? 'two or more' : 'the'} parts of ${kind} as a list in [ ].`,
    });
  const of = parts.map((part, i) => parseExpression(scope, part, [...path, i]));
  if (!of.every((part) => part !== null)) return null;
  if (kind !== 'product') checkSameUnits(scope, of, (i) => [...path, i]);
  return { kind, of };
}

/** `{ of, percent | times and dividedBy, atLeast, atMost }` */
function stepsIn(scope: Scope, value: Keyed, path: Path): Expression | null {
  const { problems } = scope;
  const has = (key: string): boolean => Object.hasOwn(value, key);
  const isShare = has('times') || has('dividedBy');
  const keys = ['of', has('percent') ? 'percent' : ['times?', 'dividedBy?'], 'atLeast?', 'atMost?'].flat();
  if (!hasOnly(scope, value, keys, path)) return null;
  if (!STEPS.some(has))
    return problems.add('missing-key', path, {
      ja: `of のほかに、${STEPS.join('、')} のどれかが要ります。`,
      en: `Beside of, one of ${STEPS.join(', ')} is needed.`,
      ofKey: true,
    });
  const part = (key: string): Expression | null => parseExpression(scope, value[key], [...path, key]);
  const of = part('of');
  const percent = has('percent') ? percentIn(scope, value.percent, [...path, 'percent']) : 0;
  const times: Expression | null = has('times') ? part('times') : { kind: 'literal', value: 1 };
  const dividedBy = has('dividedBy') ? divisorIn(scope, value.dividedBy, [...path, 'dividedBy']) : 1;
  const [atLeast, atMost] = [has('atLeast') ? part('atLeast') : null, has('atMost') ? part('atMost') : null];
  if (has('atLeast') !== (atLeast !== null) || has('atMost') !== (atMost !== null)) return null;
  if (of === null || percent === null || times === null || dividedBy === null) return null;
  const inner: Expression = has('percent')
    ? { kind: 'percent', percent, of }
    : isShare
      ? { kind: 'share', of, times, dividedBy }
      : of;
  if (atLeast === null && atMost === null) return inner;
  const bounds = { ...(atLeast && { atLeast }), ...(atMost && { atMost }) };
  const names = ['of', ...Object.keys(bounds)];
  checkSameUnits(scope, [inner, ...Object.values(bounds)], (i) => [...path, names[i] ?? 'of']);
  if (atLeast?.kind === 'literal' && atMost?.kind === 'literal' && atMost.value < atLeast.value)
    return problems.add('value-type', [...path, 'atMost'], {
      ja: 'atMost が atLeast より小さくなっています。',
      en: 'atMost is less than atLeast.',
    });
  return { kind: 'bounded', of: inner, atLeast, atMost };
}

export const isPercentUnit = (unit: string | null | undefined): boolean =>
  (unit ?? null) !== null && plainUnit(unit ?? '') === '%';

/** A number, or a value that is a percentage. */
function percentIn(scope: Scope, written: unknown, path: Path): number | null {
  const { problems } = scope;
  const isNamed = isObject(written) && Object.hasOwn(written, 'value');
  if (isNamed && !hasOnly(scope, written, ['value'], path)) return null;
  const name = isNamed ? nameIn(scope, 'value', written, path) : null;
  if (isNamed && name === null) return null;
  const named = name === null ? undefined : scope.values.get(name);
  const { unit } = named ?? {};
  if (unit !== undefined && !isPercentUnit(unit))
    tellUnits(scope, path, { unit: '%', of: 'percent' }, plainUnit(unit));
  const percent = named ? named.value : written;
  if (typeof percent !== 'number' || !Number.isFinite(percent) || percent < 0)
    return problems.add('value-type', path, {
      ja: 'percent には 0 以上の数か、{ value: % の値の名前 } を書いてください。',
      en: 'Write a number of 0 or more in percent, or { value: name of a value in % }.',
    });
  if (scope.origin === 'past') return percent;
  if (percent > 0 && percent < 1 && !isPercentUnit(unit))
    return problems.add('value-type', path, {
      ja: `percent は百分率です。${percent} は ${percent}％（100分の${percent}）になります。1％に満たない割合なら、values に unit: "%" を付けて書き、percent: { value: 名前 } としてください。`,
      en: `percent counts hundredths: ${percent} means ${percent}%. For less than 1% write a value with unit: "%" and percent: { value: name }.`,
      suggestion: () => String(Number((percent * 100).toPrecision(MOST_DIGITS))),
    });
  const digits = String(percent)
    .replace(/e.*|\D/g, '')
    .replace(/^0+/, '').length;
  if (digits <= MOST_DIGITS) return percent;
  return problems.add('value-type', path, {
    ja: `percent に書けるのは ${MOST_DIGITS} 桁までです。割り切れない割合は、{ of: もとの額, times: 2, dividedBy: 31 } のように書いてください。`,
    en: `percent can have up to ${MOST_DIGITS} digits. Write a share such as { of: amount, times: 2, dividedBy: 31 }.`,
  });
}

/** A whole number of at least 1. */
const wholeIn = ({ problems }: Scope, value: unknown, path: Path): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
    ? value
    : problems.add('value-type', path, {
        ja: 'ここには 1 以上の整数を書いてください。',
        en: 'Write a whole number of at least 1 here.',
      });

/** Never 0: no fact of a case. */
function divisorIn(scope: Scope, written: unknown, path: Path): number | null {
  if (!isObject(written)) return wholeIn(scope, written, path);
  if (Object.hasOwn(written, 'value') && hasOnly(scope, written, ['value'], path)) {
    const name = nameIn(scope, 'value', written, path);
    return name === null ? null : wholeIn(scope, scope.values.get(name)?.value, path);
  }
  return scope.problems.add('value-type', path, {
    ja: 'dividedBy には 1 以上の整数か { value: 名前 } を書いてください。事実では割れません（0 のことがあるため）。場合が限られるなら（月の日数など）、場合ごとに書きます。',
    en: 'Write a whole number of at least 1 or { value: name } in dividedBy. Nothing is divided by a fact, which may be 0: where there are few cases (the days of a month), write each.',
  });
}

/** `wanted`: what the place counts in, and what it is. */
export function tellUnits(
  { problems, origin }: Scope,
  path: Path,
  wanted: { unit: string; of: string },
  found: string | null,
): void {
  const unit = plainUnit(wanted.unit);
  // Files of the past were read without looking.
  if (found === null || found === unit || origin === 'past') return;
  problems.add('unit-mismatch', path, {
    ja: `単位が違います。${wanted.of}は「${unit}」ですが、ここに書かれた数は「${found}」です。`,
    en: `The units differ: "${unit}" is wanted here, and this is in "${found}".`,
  });
}

function checkSameUnits(scope: Scope, parts: readonly Expression[], pathOf: (i: number) => Path): void {
  const { facts } = scope.vocabulary;
  const units = parts.map((part) => unitOf(part, (fact) => facts.get(fact)?.unit));
  const first = units.findIndex((unit) => unit !== null);
  const [unit, part] = [units[first], parts[first]];
  if (!unit || !part) return;
  const of = `「${textOf(scope, part, '')}」`;
  for (const [i, other] of units.entries()) tellUnits(scope, pathOf(i), { unit, of }, other);
}

export const textOf = ({ vocabulary }: Scope, expression: Expression, unit: string): string =>
  shortExpressionText(expression, {
    unit,
    factLabel: (fact) => vocabulary.facts.get(fact)?.label ?? fact,
    factUnit: (fact) => vocabulary.facts.get(fact)?.unit,
  });

/** An amount, in yen (円) or another unit. */
export function parseAmount(scope: Scope, value: unknown, path: Path, unit: string): Expression | null {
  const expression = parseExpression(scope, value, path);
  if (expression) checkUnit(scope, { unit, of: '補償額' }, expression, path);
  return expression;
}

function checkUnit(
  scope: Scope,
  wanted: { unit: string; of: string },
  expression: Expression,
  path: Path,
): void {
  const { facts } = scope.vocabulary;
  tellUnits(
    scope,
    path,
    wanted,
    unitOf(expression, (fact) => facts.get(fact)?.unit),
  );
}

/** What a number is compared with; of a set (`isCount`) how many items it has. */
export function integerOperand(
  scope: Scope,
  { unit, isCount }: { unit: string | null; isCount: boolean },
  value: unknown,
  path: Path,
): Operand | null {
  const expression = parseExpression(scope, value, path);
  if (expression === null) return null;
  if (unit !== null && !isCount) checkUnit(scope, { unit, of: '比べる事実' }, expression, path);
  for (const [fact, direction] of directionsOf(expression)) {
    if (direction !== 'mixed') continue;
    const label = scope.vocabulary.facts.get(fact)?.label ?? fact;
    return scope.problems.add('value-type', path, {
      ja: `「${label}」が増えるとき、この数は増えることも減ることもあるため、条件では比べられません。「${label}」が一度だけ出る形に書き換えてください。`,
      en: `As "${fact}" grows this number may both rise and fall, so nothing can be compared with it. Write it so that "${fact}" stands in it once.`,
    });
  }
  return { kind: 'expression', expression, text: textOf(scope, expression, unit ?? '') };
}
