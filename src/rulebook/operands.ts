/** Parses the right-hand sides: literals, deadlines, lists, sums, moments. */
import { AS_OF, type Interval } from './basics.ts';
import { parseMoment } from './calendar.ts';
import type { LocalizedText } from './lang.ts';
import { nearest, type ProblemCode } from './problems.ts';
import type { Expression, ItemList, Moment, Operand } from './rule-set.ts';
import type { Scope } from './scope.ts';
import type { Path } from './source.ts';

/** What a condition's left side is: a fact of the vocabulary, the instant judged, or an earlier conclusion. */
export interface Left {
  type: 'boolean' | 'enum' | 'text' | 'set' | 'instant' | 'integer';
  unit: string | null;
  /** Allowed ids with their labels; null where any is allowed. */
  values: ReadonlyMap<string, string> | null;
  /** What it is called when an id is none of `values`; unknown-word if not given. */
  unknown?: ProblemCode;
}

/** Named things that operands refer to. */
export interface Named {
  lists: ReadonlyMap<string, ItemList>;
  values: ReadonlyMap<string, number>;
  published: Interval | null;
}

type Keyed = Record<string, unknown>;
export const isKeyed = (value: unknown): value is Keyed =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True where `value` has exactly the keys given (optional ones end in "?"); otherwise a problem per wrong key. */
export function hasOnly(scope: Scope, value: Keyed, keys: readonly string[], path: Path): boolean {
  const allowed = keys.map((k) => k.replace('?', ''));
  const wrong = Object.keys(value).filter((k) => !allowed.includes(k));
  for (const key of wrong) {
    scope.problem(
      'unknown-key',
      [...path, key],
      { ja: `「${key}」という項目はここに書けません。`, en: `"${key}" cannot be written here.` },
      () => nearest(key, allowed),
      true,
    );
  }
  const missing = keys.filter((k) => !k.endsWith('?') && !Object.hasOwn(value, k));
  for (const key of missing)
    scope.problem(
      'missing-key',
      path,
      { ja: `「${key}」が書かれていません。`, en: `"${key}" is missing.` },
      undefined,
      true,
    );
  return wrong.length === 0 && missing.length === 0;
}

const typeProblem = (scope: Scope, path: Path, said: LocalizedText): null => {
  scope.problem('value-type', path, said);
  return null;
};

export function literalOperand(scope: Scope, left: Left, value: unknown, path: Path): Operand | null {
  switch (left.type) {
    case 'boolean':
      if (typeof value !== 'boolean')
        return typeProblem(scope, path, {
          ja: 'ここには true か false を書いてください。',
          en: 'Write true or false here.',
        });
      return { kind: 'literal', value, text: value ? 'はい' : 'いいえ' };
    case 'enum':
    case 'text':
    case 'set':
      return itemOperand(scope, left, value, path);
    default:
      return typeProblem(scope, path, {
        ja: 'この値はここに書けません。',
        en: 'This value cannot be written here.',
      });
  }
}

export function itemOperand(scope: Scope, left: Left, value: unknown, path: Path): Operand | null {
  if (typeof value !== 'string') {
    return typeProblem(scope, path, {
      ja: `ここには文字を書いてください（数字だけなら "35" のように引用符で囲みます）。`,
      en: 'Write a text here (digits alone in quotes, such as "35").',
    });
  }
  if (!checkItem(scope, left, value, path)) return null;
  return { kind: 'literal', value, text: left.values?.get(value) ?? value };
}

function checkItem(scope: Scope, left: Left, value: string, path: Path): boolean {
  const { values } = left;
  if (values === null || values.has(value)) return true;
  scope.problem(
    left.unknown ?? 'unknown-word',
    path,
    { ja: `「${value}」は選択肢にありません。`, en: `"${value}" is not among the choices.` },
    () => nearest(value, values.keys()),
  );
  return false;
}

export function listOperand(
  scope: Scope,
  named: Named,
  left: Left,
  value: unknown,
  path: Path,
): Operand | null {
  if (isKeyed(value)) {
    if (!hasOnly(scope, value, ['list'], path)) return null;
    const id = value.list;
    if (typeof id !== 'string')
      return typeProblem(scope, path, {
        ja: 'list には一覧の名前を書いてください。',
        en: 'Write the name of a list in list.',
      });
    if (!scope.refer('list', id, [...path, 'list'])) return null;
    const list = named.lists.get(id);
    const items = list?.items ?? [];
    const outside = items.filter((item) => left.values !== null && !left.values.has(item.id));
    for (const item of outside) {
      typeProblem(scope, [...path, 'list'], {
        ja: `一覧「${id}」の「${item.id}」は、この事実の選択肢にありません。`,
        en: `"${item.id}" of the list "${id}" is not among the choices of this fact.`,
      });
    }
    const text = list?.label ?? items.map((i) => i.label).join('、');
    return { kind: 'literal', value: items.map((i) => i.id), text };
  }
  if (!Array.isArray(value) || value.length === 0) {
    return typeProblem(scope, path, {
      ja: 'ここには [ ] で囲んだ並びか { list: 一覧の名前 } を書いてください。',
      en: 'Write a list in [ ] or { list: name of a list } here.',
    });
  }
  const items: string[] = [];
  for (const [i, item] of value.entries()) {
    if (typeof item !== 'string')
      return typeProblem(scope, [...path, i], {
        ja: '並びには文字を書いてください。',
        en: 'Write texts in the list.',
      });
    if (checkItem(scope, left, item, [...path, i])) items.push(item);
  }
  return { kind: 'literal', value: items, text: items.map((i) => left.values?.get(i) ?? i).join('、') };
}

export function instantOperand(scope: Scope, named: Named, value: unknown, path: Path): Operand | null {
  if (isKeyed(value)) {
    if (Object.hasOwn(value, 'deadline') && hasOnly(scope, value, ['deadline'], path)) {
      const id = value.deadline;
      if (typeof id !== 'string')
        return typeProblem(scope, path, {
          ja: 'deadline には期限の名前を書いてください。',
          en: 'Write the name of a deadline in deadline.',
        });
      if (!scope.refer('deadline', id, [...path, 'deadline'])) return null;
      return { kind: 'deadline', deadline: id, text: id };
    }
    if (Object.hasOwn(value, 'source') && hasOnly(scope, value, ['source'], path) && named.published) {
      if (value.source === 'published')
        return { kind: 'interval', interval: named.published, text: '公表日' };
    }
    if (Object.hasOwn(value, 'fact') && hasOnly(scope, value, ['fact'], path)) {
      const fact = value.fact;
      if (typeof fact !== 'string')
        return typeProblem(scope, path, {
          ja: 'fact には事実の名前を書いてください。',
          en: 'Write the name of a fact in fact.',
        });
      if (fact === AS_OF) return { kind: 'instant', fact, text: '判定時点' };
      if (!scope.refer('fact', fact, [...path, 'fact'])) return null;
      const definition = scope.vocabulary.facts.get(fact);
      if (definition?.type !== 'instant')
        return typeProblem(scope, path, {
          ja: `「${fact}」は日時ではありません。`,
          en: `"${fact}" is not of type instant.`,
        });
      return { kind: 'instant', fact, text: definition.label };
    }
  }
  return typeProblem(scope, path, {
    ja: '日時は deadlines に名前を付けて書き、ここでは { deadline: 名前 } と書いてください。{ fact: 日時の事実 } も使えます。',
    en: 'Write dates under deadlines with a name, and { deadline: name } here. { fact: a fact of type instant } is possible too.',
  });
}

export function integerOperand(
  scope: Scope,
  named: Named,
  left: Left,
  value: unknown,
  path: Path,
): Operand | null {
  const expression = parseExpression(scope, named, value, path);
  if (expression === null) return null;
  return { kind: 'expression', expression, text: expressionText(scope, expression, left.unit ?? '') };
}

export function parseExpression(scope: Scope, named: Named, value: unknown, path: Path): Expression | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return { kind: 'literal', value };
  if (!isKeyed(value)) {
    return typeProblem(scope, path, {
      ja: 'ここには整数か、{ fact: 事実の名前 } などを書いてください。',
      en: 'Write a whole number here, or such as { fact: name of a fact }.',
    });
  }
  if (Object.hasOwn(value, 'fact')) {
    const fact = value.fact;
    if (!hasOnly(scope, value, ['fact'], path)) return null;
    if (typeof fact !== 'string')
      return typeProblem(scope, path, {
        ja: 'fact には事実の名前を書いてください。',
        en: 'Write the name of a fact in fact.',
      });
    if (!scope.refer('fact', fact, [...path, 'fact'])) return null;
    if (scope.vocabulary.facts.get(fact)?.type !== 'integer') {
      return typeProblem(scope, path, {
        ja: `「${fact}」は数ではありません。`,
        en: `"${fact}" is not a number.`,
      });
    }
    return { kind: 'fact', fact };
  }
  if (Object.hasOwn(value, 'value')) {
    const id = value.value;
    if (!hasOnly(scope, value, ['value'], path)) return null;
    if (typeof id !== 'string')
      return typeProblem(scope, path, {
        ja: 'value には値の名前を書いてください。',
        en: 'Write the name of a value in value.',
      });
    if (!scope.refer('value', id, [...path, 'value'])) return null;
    return { kind: 'literal', value: named.values.get(id) ?? 0 };
  }
  if (Object.hasOwn(value, 'percent')) {
    const percent = value.percent;
    if (!hasOnly(scope, value, ['percent', 'of'], path)) return null;
    if (typeof percent !== 'number' || !Number.isFinite(percent) || percent < 0)
      return typeProblem(scope, path, {
        ja: 'percent には 0 以上の数を書いてください。',
        en: 'Write a number of 0 or more in percent.',
      });
    const of = parseExpression(scope, named, value.of, [...path, 'of']);
    return of && { kind: 'percent', percent, of };
  }
  for (const kind of ['sum', 'lesserOf'] as const) {
    if (!Object.hasOwn(value, kind)) continue;
    const parts = value[kind];
    if (!hasOnly(scope, value, [kind], path)) return null;
    if (!Array.isArray(parts) || parts.length === 0)
      return typeProblem(scope, path, {
        ja: `${kind} には [ ] で並べてください。`,
        en: `Write the parts of ${kind} as a list in [ ].`,
      });
    const of = parts.map((p, i) => parseExpression(scope, named, p, [...path, kind, i]));
    return of.some((p) => p === null) ? null : { kind, of: of.filter((p) => p !== null) };
  }
  const key = Object.keys(value)[0] ?? '';
  scope.problem(
    'unknown-key',
    [...path, key],
    { ja: `「${key}」という項目はここに書けません。`, en: `"${key}" cannot be written here.` },
    () => nearest(key, ['fact', 'value', 'sum', 'lesserOf', 'percent']),
    true,
  );
  return null;
}

function expressionText(scope: Scope, expression: Expression, unit: string): string {
  const text = (e: Expression): string => expressionText(scope, e, unit);
  switch (expression.kind) {
    case 'literal':
      return `${expression.value}${unit}`;
    case 'fact':
      return scope.vocabulary.facts.get(expression.fact)?.label ?? expression.fact;
    case 'sum':
      return expression.of.map(text).join('＋');
    case 'lesserOf':
      return `${expression.of.map(text).join('と')}のうち小さい方`;
    case 'percent':
      return `${text(expression.of)}の${expression.percent}%`;
  }
}

/** Far beyond any notice, and short of where the calendar ends. */
const MOST_DAYS = 36_525;

/** A date, a minute, `{ source: published }`, or a day counted from a fact or another deadline. */
export function parseMomentOf(
  scope: Scope,
  published: Interval | null,
  value: unknown,
  path: Path,
): Moment | null {
  if (typeof value === 'string') {
    const interval = parseMoment(value, scope.timeZone);
    if (interval) return { kind: 'fixed', interval, written: value };
    scope.problem('bad-date', path, {
      ja: `「${value}」は日付として読めません。2030-01-31 か 2030-01-31 23:59 の形で、暦にある日を書いてください（時差は書きません）。`,
      en: `"${value}" is not a date. Write a day of the calendar as 2030-01-31 or 2030-01-31 23:59 (without an offset).`,
    });
    return null;
  }
  if (isKeyed(value) && Object.hasOwn(value, 'source') && hasOnly(scope, value, ['source'], path)) {
    if (value.source === 'published' && published)
      return { kind: 'fixed', interval: published, written: 'published' };
  }
  if (!isKeyed(value) || !Object.hasOwn(value, 'after')) {
    return typeProblem(scope, path, {
      ja: 'ここには日付か、{ after: { fact: 事実の名前 }, days: 日数 } を書いてください。',
      en: 'Write a date here, or { after: { fact: name of a fact }, days: number of days }.',
    });
  }
  if (!hasOnly(scope, value, ['after', 'days?', 'months?', 'endOfMonth?'], path)) return null;
  const { days = 0, months = 0, endOfMonth = false, after } = value;
  const whole = (n: unknown): n is number =>
    typeof n === 'number' && Number.isInteger(n) && Math.abs(n) <= MOST_DAYS;
  if (!whole(days) || !whole(months) || typeof endOfMonth !== 'boolean' || !isKeyed(after)) {
    return typeProblem(scope, path, {
      ja: `days と months には整数（${MOST_DAYS} まで）、endOfMonth には true か false を書いてください。`,
      en: `Write whole numbers (up to ${MOST_DAYS}) in days and months, and true or false in endOfMonth.`,
    });
  }
  const afterPath = [...path, 'after'];
  const { fact, deadline } = after;
  if (typeof fact === 'string' && hasOnly(scope, after, ['fact'], afterPath)) {
    if (!scope.refer('fact', fact, [...afterPath, 'fact'])) return null;
    if (scope.vocabulary.facts.get(fact)?.type !== 'instant') {
      return typeProblem(scope, afterPath, {
        ja: `「${fact}」は日時ではありません。`,
        en: `"${fact}" is not of type instant.`,
      });
    }
    return { kind: 'relative', day: { after: { fact }, days, months, endOfMonth } };
  }
  if (typeof deadline === 'string' && hasOnly(scope, after, ['deadline'], afterPath)) {
    if (!scope.refer('deadline', deadline, [...afterPath, 'deadline'])) return null;
    return { kind: 'relative', day: { after: { deadline }, days, months, endOfMonth } };
  }
  return typeProblem(scope, afterPath, {
    ja: 'after には { fact: 日時の事実 } か { deadline: 期限の名前 } を書いてください。',
    en: 'Write { fact: a fact of type instant } or { deadline: name of a deadline } in after.',
  });
}
