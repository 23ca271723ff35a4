/** What can be said of an expression without a case: its parts, its unit, its sign, and which way it goes as a fact grows. */
import type { Expression } from './rule-set.ts';

/** The expressions that it is made of directly. */
export function partsOf(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'fact':
      return [];
    case 'number':
      return [expression.is];
    case 'share':
      return [expression.of, expression.times];
    case 'bounded':
      return [expression.of, expression.atLeast, expression.atMost].filter((part) => part !== null);
    default:
      return [expression.of].flat();
  }
}

/** Whether it is whole whatever the facts are. */
export function isWhole(expression: Expression): boolean {
  switch (expression.kind) {
    case 'percent':
    case 'share':
      return false;
    case 'roundDown':
    case 'roundUp':
    case 'roundHalfUp':
      return true;
    default:
      return partsOf(expression).every(isWhole);
  }
}

/** Whether it is 0 or more whatever the facts are, none of which is negative. */
export function isNeverNegative(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return expression.value >= 0;
    case 'difference':
      return false;
    case 'greaterOf':
      return expression.of.some(isNeverNegative);
    case 'bounded': {
      const { of, atLeast, atMost } = expression;
      const isRaised = isNeverNegative(of) || (atLeast !== null && isNeverNegative(atLeast));
      return isRaised && (atMost === null || isNeverNegative(atMost));
    }
    default:
      return partsOf(expression).every(isNeverNegative);
  }
}

/** As the fact grows: it never falls, never rises, or may do both. */
export type Direction = 'up' | 'down' | 'mixed';

export function directionsOf(expression: Expression): Map<string, Direction> {
  const directions = new Map<string, Direction>();
  const add = (of: Expression, turn: (direction: Direction) => Direction): void => {
    for (const [fact, inPart] of directionsOf(of)) {
      const direction = turn(inPart);
      const known = directions.get(fact) ?? direction;
      directions.set(fact, known === direction ? direction : 'mixed');
    }
  };
  const parts = partsOf(expression);
  const isProduct = expression.kind === 'product' || expression.kind === 'share';
  if (expression.kind === 'fact') directions.set(expression.fact, 'up');
  for (const [i, part] of parts.entries()) {
    const isTaken = expression.kind === 'difference' && i > 0;
    // A factor below 0 would turn the others round.
    const isSure = !isProduct || parts.every((other) => other === part || isNeverNegative(other));
    add(part, (direction) => (isSure ? (isTaken ? OPPOSITE[direction] : direction) : 'mixed'));
  }
  return directions;
}

const OPPOSITE = { up: 'down', down: 'up', mixed: 'mixed' } as const;

const YEN = '円';
const ALIKE: Record<string, string> = {
  ...{ yen: YEN, パーセント: '%', 名: '人' },
  ...{ ヶ月: 'か月', ヵ月: 'か月', ケ月: 'か月', カ月: 'か月', 箇月: 'か月' },
};

/** Spellings of the same unit as one. */
export function plainUnit(unit: string): string {
  const plain = unit.normalize('NFKC').trim();
  return ALIKE[plain] ?? plain;
}

/** null where it has none, or none that can be told. `unitOfFact`: of a fact by its name, as written. */
export function unitOf(
  expression: Expression,
  unitOfFact: (fact: string) => string | null | undefined,
): string | null {
  const inner = (part: Expression): string | null => unitOf(part, unitOfFact);
  switch (expression.kind) {
    case 'literal':
      return expression.unit === undefined ? null : plainUnit(expression.unit);
    case 'fact': {
      const unit = unitOfFact(expression.fact) ?? null;
      return unit === null ? null : plainUnit(unit);
    }
    case 'number':
      return expression.unit === null ? inner(expression.is) : plainUnit(expression.unit);
    case 'product':
      return unitOfProduct(expression.of.map(inner));
    case 'share': {
      // So many yen a minute make yen of minutes: only yen stay what they are.
      const [of, times] = [inner(expression.of), inner(expression.times)];
      return of === YEN || times === YEN ? unitOfProduct([of, times]) : null;
    }
    default:
      return (
        partsOf(expression)
          .map(inner)
          .find((unit) => unit !== null) ?? null
      );
  }
}

/** Persons or days times yen are yen; a number without a unit may be yen for each of them. */
function unitOfProduct(units: readonly (string | null)[]): string | null {
  const known = units.filter((unit) => unit !== null);
  const yen = known.filter((unit) => unit === YEN);
  if (yen.length === 1 && !known.includes('%')) return YEN;
  const isOpen = yen.length === 0 && known.length < units.length && !known.includes('%');
  if (known.length <= 1) return isOpen ? null : (known[0] ?? null);
  return isOpen ? null : known.join('×');
}
