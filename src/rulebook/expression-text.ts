/** Expressions in Japanese: as short as a condition says them, and in the words of a notice. */
import { isWhole, partsOf, unitOf } from './expressions.ts';
import { type Expression, ROUNDINGS, type Rounding } from './rule-set.ts';

export interface ExpressionWords {
  /** Of plain numbers. */
  unit: string;
  factLabel(fact: string): string;
  factUnit(fact: string): string | null | undefined;
}

/** 「A＋B」 and the like, for a comparison; plain numbers as they are written. */
export const shortExpressionText = (expression: Expression, words: ExpressionWords): string =>
  rendered(expression, { ...words, isNotice: false });

/** 「A」と「B」の合計. What is left of a yen in the end is said to be dropped. */
export function noticeExpressionText(expression: Expression, words: ExpressionWords): string {
  const style = { ...words, isNotice: true };
  const { core, notes } = phraseOf(expression, style);
  const rounding = isWhole(expression) ? [] : [roundingText('roundDown', 1, words.unit)];
  const definitions = [...definitionsIn(expression)].map(([label, is]) =>
    expression.kind === 'number' && expression.label === label
      ? rendered(is, style)
      : `${label}：${rendered(is, style)}`,
  );
  return withNotes(core, [...notes, ...rounding, ...definitions]);
}

/** What the calculations are that it names, by their labels. */
function definitionsIn(
  expression: Expression,
  found = new Map<string, Expression>(),
): Map<string, Expression> {
  if (expression.kind === 'number') found.set(expression.label, expression.is);
  for (const part of partsOf(expression)) definitionsIn(part, found);
  return found;
}

interface Style extends ExpressionWords {
  isNotice: boolean;
}

/** What is said in parentheses behind it: bounds and rounding, in the order in which they apply. */
interface Phrase {
  core: string;
  notes: string[];
}

const withNotes = (core: string, notes: readonly string[]): string =>
  notes.length === 0 ? core : `${core}（${notes.join('、')}）`;

function rendered(expression: Expression, style: Style): string {
  const { core, notes } = phraseOf(expression, style);
  return withNotes(core, notes);
}

const ENDINGS: Record<Rounding, string> = {
  roundDown: '切り捨て',
  roundUp: '切り上げ',
  roundHalfUp: '四捨五入',
};

const roundingText = (how: Rounding, to: number, unit: string): string =>
  `${to.toLocaleString('ja-JP')}${unit}未満は${ENDINGS[how]}`;

const isRounding = (kind: Expression['kind']): kind is Rounding => ROUNDINGS.some((one) => one === kind);

function phraseOf(expression: Expression, style: Style): Phrase {
  const { kind } = expression;
  if (kind === 'bounded') {
    const { core, notes } = phraseOf(expression.of, style);
    const bound = (word: string, of: Expression | null): string[] => (of ? [word + rendered(of, style)] : []);
    return {
      core,
      notes: [...notes, ...bound('最低', expression.atLeast), ...bound('最高', expression.atMost)],
    };
  }
  if (isRounding(kind) && 'to' in expression) {
    const { core, notes } = phraseOf(expression.of, style);
    return { core, notes: [...notes, roundingText(kind, expression.to, style.unit)] };
  }
  return { core: coreText(expression, style), notes: [] };
}

function coreText(expression: Expression, style: Style): string {
  const { isNotice, unit, factLabel } = style;
  const text = (part: Expression): string => rendered(part, style);
  const within = (part: Expression, inner = style): string => {
    const isPlain = part.kind === 'literal' || part.kind === 'fact' || part.kind === 'number';
    const said = rendered(part, inner);
    return isPlain ? said : isNotice ? `「${said}」` : `（${said}）`;
  };
  const quoted = (part: Expression): string => (isNotice ? `「${text(part)}」` : text(part));
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression;
      return `${isNotice ? value.toLocaleString('ja-JP') : value}${expression.unit ?? unit}`;
    }
    case 'fact':
      return factLabel(expression.fact);
    case 'number':
      return expression.label;
    case 'sum': {
      const parts = expression.of.map(quoted);
      return isNotice ? `${parts.join('と')}の合計` : parts.join('＋');
    }
    case 'difference': {
      const [first = '', ...others] = expression.of.map((part) => within(part));
      return isNotice ? `${first}から${others.join('と')}を引いた額` : [first, ...others].join('－');
    }
    case 'product': {
      // Where something is in that unit, plain numbers only count; so do all but one of them.
      const isInUnit = expression.of.some((part) => unitOf(part, style.factUnit) === unit);
      const isOfSeveral = expression.of.filter(({ kind }) => kind === 'literal').length > 1;
      const inner = isNotice && !isInUnit && !isOfSeveral ? style : { ...style, unit: '' };
      return expression.of.map((part) => within(part, inner)).join('×');
    }
    case 'lesserOf':
      return `${expression.of.map(quoted).join('と')}のうち${isNotice ? '最も少ない額' : '小さい方'}`;
    case 'greaterOf':
      return `${expression.of.map(quoted).join('と')}のうち${isNotice ? '最も多い額' : '大きい方'}`;
    case 'percent':
      return `${quoted(expression.of)}の${expression.percent}${isNotice ? '％' : '%'}`;
    case 'share': {
      const { of, times, dividedBy } = expression;
      if (times.kind === 'literal' && dividedBy > 1)
        return isNotice
          ? `${quoted(of)}の${dividedBy}分の${times.value}`
          : `${within(of)}の${times.value}/${dividedBy}`;
      const by = dividedBy > 1 ? `÷${dividedBy}` : '';
      return `${within(of)}×${within(times, { ...style, unit: '' })}${by}`;
    }
    default:
      return text(expression);
  }
}
