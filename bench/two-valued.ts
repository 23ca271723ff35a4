/**
 * What the peers zen-engine and json-logic-engine are given, both the same: the conditions in a few plain forms, the right-hand
 * sides that depend on a case worked out beforehand, and every case as flat plain values. The peers know only true and false:
 * what is unknown is like what is not there, and no comparison with it holds. So that they need no guards against missing
 * values (and zen-engine none of its errors, which are slow), those are numbers out of range, '' and [].
 */
import type { Program } from '../src/engine/program.ts';
import type { Condition, Leaf, Rule, RuleSet } from '../src/rulebook/rule-set.ts';

/** A number, or the name of a value of the case. */
export type Bound = number | string;
export type Test =
  | { kind: 'all' | 'any'; of: Test[] }
  | { kind: 'not'; of: Test }
  | { kind: 'equal'; name: string; value: boolean | string }
  | { kind: 'in'; name: string; values: readonly string[] }
  | { kind: 'includesText'; name: string; text: string }
  /** from ≤ value < to; null for no bound. */
  | { kind: 'range'; name: string; from: Bound | null; to: Bound | null }
  | { kind: 'anyOf' | 'allOf' | 'within'; name: string; items: readonly string[] }
  | { kind: 'moreThan'; name: string; count: number }
  | { kind: 'present'; name: string; as: 'boolean' | 'number' | 'text' | 'set' };

export type CaseValue = boolean | number | string | readonly string[] | null;
export type CaseValues = Record<string, CaseValue>;

export interface PeerSection {
  section: string;
  mode: 'collect' | 'first';
  rules: readonly { rule: Rule; test: Test | null }[];
  /** Where later sections read what is concluded: the ids, and the rules'. */
  name: string;
}

/** From the compiled program: the bench runs that, and not the sources. */
export interface Parts {
  resolveOperand(operand: unknown, values: unknown, ruleSet: unknown): unknown;
  factsOf(operand: unknown, deadlines: unknown): string[];
}

/** A bound that depends on the case. */
interface Moving {
  name: string;
  leaf: Leaf;
  side: 'start' | 'end';
  plus: number;
  missing: number;
}

/** No amount and no instant is as small, or as large. */
const NOTHING = -1;
const NEVER = Number.MAX_SAFE_INTEGER;

export const variable = (fact: string): string => fact.replaceAll('.', '_');
const CONCLUDED_AS: Record<string, string> = { eligibility: 'category', remedies: 'remedy' };

export function twoValued({ ruleSet, layout }: Pick<Program, 'ruleSet' | 'layout'>, parts: Parts) {
  const moving = new Map<string, Moving>();
  const bound = (leaf: Leaf, side: 'start' | 'end', plus: number, missing: number): Bound => {
    if (parts.factsOf(leaf.operand, ruleSet.deadlines).length === 0) {
      return edge(parts.resolveOperand(leaf.operand, { get: () => undefined }, ruleSet), side, plus, missing);
    }
    const key = JSON.stringify([leaf.operand, side, plus, missing]);
    const known = moving.get(key) ?? { name: `bound${moving.size}`, leaf, side, plus, missing };
    moving.set(key, known);
    return known.name;
  };
  const leafTest = (leaf: Leaf): Test => {
    const name = variable(leaf.fact);
    const from = (side: 'start' | 'end', plus = 0): Bound => bound(leaf, side, plus, NEVER);
    const to = (side: 'start' | 'end', plus = 0): Bound => bound(leaf, side, plus, NOTHING);
    const { operator, operand } = leaf;
    const literal = operand.kind === 'literal' ? operand.value : '';
    const items = Array.isArray(literal) ? literal.map(String) : [String(literal)];
    switch (operator) {
      case 'equal':
      case 'notEqual': {
        const test: Test =
          operand.kind === 'expression'
            ? { kind: 'range', name, from: from('start'), to: to('start', 1) }
            : { kind: 'equal', name, value: typeof literal === 'boolean' ? literal : String(literal) };
        return operator === 'equal' ? test : { kind: 'not', of: test };
      }
      case 'in':
        return { kind: 'in', name, values: items };
      case 'notIn':
        return { kind: 'not', of: { kind: 'in', name, values: items } };
      case 'includesText':
        return { kind: 'includesText', name, text: items[0] ?? '' };
      case 'lessThan':
      case 'before':
        return { kind: 'range', name, from: 0, to: to('start') };
      case 'lessThanInclusive':
        return { kind: 'range', name, from: 0, to: to('start', 1) };
      case 'onOrBefore':
        return { kind: 'range', name, from: 0, to: to('end') };
      case 'greaterThan':
        return { kind: 'range', name, from: from('start', 1), to: null };
      case 'greaterThanInclusive':
      case 'onOrAfter':
        return { kind: 'range', name, from: from('start'), to: null };
      case 'after':
        return { kind: 'range', name, from: from('end'), to: null };
      case 'sameInstant':
        return { kind: 'range', name, from: from('start'), to: to('end') };
      case 'contains':
      case 'containsAny':
        return { kind: 'anyOf', name, items };
      case 'doesNotContain':
        return { kind: 'not', of: { kind: 'anyOf', name, items } };
      case 'containsAll':
        return { kind: 'allOf', name, items };
      case 'subsetOf':
        return { kind: 'within', name, items };
      case 'countGreaterThan':
        return { kind: 'moreThan', name, count: Number(bound(leaf, 'start', 0, NEVER)) };
      case 'isPresent': {
        const test: Test = { kind: 'present', name, as: presence(ruleSet, leaf) };
        return literal === true ? test : { kind: 'not', of: test };
      }
    }
  };
  const testOf = (node: Condition): Test => {
    switch (node.kind) {
      case 'leaf':
        return leafTest(node);
      case 'not':
        return { kind: 'not', of: testOf(node.of) };
      case 'named':
        return testOf(ruleSet.conditions.get(node.name)?.condition ?? { kind: 'all', of: [] });
      default:
        return { kind: node.kind, of: node.of.map(testOf) };
    }
  };
  const sections: PeerSection[] = ruleSet.sections.map(({ name: section, takes: mode }) => ({
    section,
    mode,
    name: CONCLUDED_AS[section] ?? section,
    rules: ruleSet.rules
      .filter((rule) => rule.section === section)
      .map((rule) => ({ rule, test: rule.when && testOf(rule.when) })),
  }));

  /** The case as the peers want it; what it concludes is added under the sections' names. */
  const valuesOf = (slots: readonly unknown[]): CaseValues => {
    const values: CaseValues = {};
    const bySlot = new Map(layout.facts.map((fact, slot) => [fact, slots[slot]]));
    for (const [fact, value] of bySlot) values[variable(fact)] = plain(value, ruleSet, fact);
    for (const { name, leaf, side, plus, missing } of moving.values()) {
      values[name] = edge(parts.resolveOperand(leaf.operand, bySlot, ruleSet), side, plus, missing);
    }
    return values;
  };
  return { sections, valuesOf };
}

/** A whole number is the interval from itself to itself. */
function edge(wanted: unknown, side: 'start' | 'end', plus: number, missing: number): number {
  if (typeof wanted === 'number') return wanted + plus;
  if (typeof wanted !== 'object' || wanted === null) return missing;
  const edge: unknown = Reflect.get(wanted, side);
  return typeof edge === 'number' ? edge : missing;
}

function presence(ruleSet: RuleSet, { source, fact }: Leaf): 'boolean' | 'number' | 'text' | 'set' {
  if (source === 'conclusion') return fact === 'category' || fact === 'remedy' ? 'set' : 'text';
  const type = ruleSet.vocabulary.facts.get(fact)?.type;
  if (type === 'boolean' || type === 'set') return type;
  return type === 'instant' || type === 'integer' ? 'number' : 'text';
}

function plain(value: unknown, ruleSet: RuleSet, fact: string): CaseValue {
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof Set) return [...value].map(String);
  switch (ruleSet.vocabulary.facts.get(fact)?.type) {
    case 'boolean':
      return null;
    case 'set':
      return [];
    case 'enum':
    case 'text':
      return '';
    default:
      return NOTHING;
  }
}
