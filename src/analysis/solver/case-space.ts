/** Every case that rule sets can tell apart: their facts as constants of the solver, with the values that they may have. */
import type { Value } from '../../engine/facts/values.ts';
import { AS_OF } from '../../rulebook/basics.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { textPattern } from '../../rulebook/text-pattern.ts';
import type { FactDefinition } from '../../rulebook/vocabulary.ts';
import {
  booleanFact,
  choiceFact,
  type FactTerms,
  type JointFact,
  numberFact,
  setFact,
} from './fact-terms.ts';
import { factUsage } from './fact-usage.ts';
import type { SolverSession } from './solver.ts';
import { and, type Term } from './terms.ts';

/** A value for every fact that matters, the instant judged among them. A fact known not to exist is NONE. */
export type FullCase = Map<string, Value>;

export interface CaseSpace {
  facts: ReadonlyMap<string, FactTerms>;
  /** What the vocabulary says of the values. */
  axioms: Term[];
  /** That no value has to be made up. */
  isNamed: Term;
  /** The case that the solver found; null where it wants a text that could not be made up. */
  read(found: SolverSession): FullCase | null;
}

/** A case is one that every one of the rule sets can read. */
export function caseSpaceOf(ruleSets: readonly RuleSet[]): CaseSpace {
  const facts = new Map<string, FactTerms>();
  for (const [name, use] of factUsage(ruleSets)) {
    const fact = jointFact(name, ruleSets);
    if (fact.type === 'boolean') facts.set(name, booleanFact(fact));
    else if (fact.type === 'set') facts.set(name, setFact(fact, use));
    else if (fact.type === 'enum' || fact.type === 'text') facts.set(name, choiceFact(fact, use));
    else facts.set(name, numberFact(fact));
  }
  return {
    facts,
    axioms: [...facts.values()].flatMap(({ axioms }) => axioms),
    isNamed: and([...facts.values()].map(({ isNamed }) => isNamed)),
    read(found) {
      const values: FullCase = new Map();
      for (const [name, fact] of facts) {
        const value = fact.read(found);
        if (value === null) return null;
        values.set(name, value);
      }
      return values;
    },
  };
}

/** Facts that two rule sets take for different kinds of value: no case can be given to both. */
export function incomparable(ruleSets: readonly RuleSet[]): string[] {
  return [...factUsage(ruleSets).keys()].filter(
    (name) => new Set(definitionsOf(name, ruleSets).map(({ type }) => type)).size > 1,
  );
}

/** Facts whose being left out means something else to one rule set than to the other: they are compared where given. */
export function absentOtherwise(ruleSets: readonly RuleSet[]): string[] {
  return [...factUsage(ruleSets).keys()].filter((name) => jointFact(name, ruleSets).absent === null);
}

const AS_OF_FACT: JointFact = {
  name: AS_OF,
  type: 'instant',
  values: null,
  patterns: [],
  absent: { kind: 'unknown' },
};

const definitionsOf = (name: string, ruleSets: readonly RuleSet[]): FactDefinition[] =>
  ruleSets.flatMap(({ vocabulary }) => vocabulary.facts.get(name) ?? []);

function jointFact(name: string, ruleSets: readonly RuleSet[]): JointFact {
  if (name === AS_OF) return AS_OF_FACT;
  const definitions = definitionsOf(name, ruleSets);
  const [first] = definitions;
  if (!first) throw new Error(`no fact ${name}`);
  const lists = definitions.flatMap(({ values }) => (values ? [values.map(({ id }) => id)] : []));
  const meanings = new Set(definitions.map(({ absent }) => JSON.stringify(absent)));
  return {
    name,
    type: first.type,
    values: lists[0]?.filter((id) => lists.every((list) => list.includes(id))) ?? null,
    patterns: definitions.flatMap(({ pattern }) => (pattern === null ? [] : [textPattern(pattern)])),
    absent: meanings.size === 1 ? first.absent : null,
  };
}
