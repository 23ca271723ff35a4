/** Every case that rule sets can tell apart: their facts as constants of the solver, with the values that they may have. */
import { factsOf, factsOfDeadline, factsOfExpression, type Value } from '../../engine/facts/values.ts';
import { AS_OF } from '../../rulebook/basics.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { textPattern } from '../../rulebook/text-pattern.ts';
import type { FactDefinition } from '../../rulebook/vocabulary.ts';
import { remembered } from '../remembered.ts';
import { comparisons, textsIn } from '../rule-set-parts.ts';
import { type FactTerms, type FactUsage, factTerms, type JointFact } from './fact-terms.ts';
import type { SolverSession } from './solver.ts';
import { and } from './terms.ts';

/** A value for every fact that matters, the instant judged among them. A fact known not to exist is NONE. */
export type FullCase = Map<string, Value>;

export type CaseSpace = ReturnType<typeof caseSpaceOf>;

/** A case is one that every one of the rule sets can read. */
export function caseSpaceOf(ruleSets: readonly RuleSet[]) {
  const facts: ReadonlyMap<string, FactTerms> = new Map(
    [...factUsage(ruleSets)].map(([name, usage]) => [name, factTerms(jointFact(name, ruleSets), usage)]),
  );
  return {
    facts,
    /** What the vocabulary says of the values. */
    axioms: [...facts.values()].flatMap(({ axioms }) => axioms),
    /** That no value has to be made up. */
    isNamed: and([...facts.values()].map(({ isNamed }) => isNamed)),
    /** The case that the solver found; null where it wants a text that could not be made up. */
    read(found: SolverSession): FullCase | null {
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

/** Facts of which one and the same text may be read as another value by the one rule set than by the other. */
export function readOtherwise(ruleSets: readonly RuleSet[]): string[] {
  const readings = ({ dateMeans, comparedAs }: FactDefinition, { timeZone }: RuleSet): string =>
    JSON.stringify([comparedAs, dateMeans, dateMeans && timeZone]);
  return [...factUsage(ruleSets).keys()].filter((name) => {
    const found = ruleSets.flatMap((ruleSet) => {
      const definition = ruleSet.vocabulary.facts.get(name);
      return definition ? [readings(definition, ruleSet)] : [];
    });
    return new Set(found).size > 1;
  });
}

const definitionsOf = (name: string, ruleSets: readonly RuleSet[]): FactDefinition[] =>
  ruleSets.flatMap(({ vocabulary }) => vocabulary.facts.get(name) ?? []);

function jointFact(name: string, ruleSets: readonly RuleSet[]): JointFact {
  if (name === AS_OF)
    return { name, type: 'instant', values: null, patterns: [], comparedAs: [], absent: { kind: 'unknown' } };
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
    comparedAs: definitions.map(({ comparedAs }) => comparedAs),
    absent: meanings.size === 1 ? first.absent : null,
  };
}

/** By fact; a fact that is not there makes no difference to anything. */
function factUsage(ruleSets: readonly RuleSet[]): Map<string, FactUsage> {
  const uses = new Map<string, FactUsage>();
  const useOf = (fact: string): FactUsage =>
    remembered(uses, fact, () => ({ literals: new Set(), parts: new Set() }));
  useOf(AS_OF);
  for (const ruleSet of ruleSets) {
    for (const { source, fact, operator, operand } of comparisons(ruleSet)) {
      for (const other of factsOf(operand, ruleSet.deadlines)) useOf(other);
      if (source === 'conclusion') continue;
      const { parts, literals } = useOf(fact);
      for (const text of textsIn(operand)) (operator === 'includesText' ? parts : literals).add(text);
    }
    for (const id of ruleSet.deadlines.keys())
      for (const fact of factsOfDeadline(id, ruleSet.deadlines)) useOf(fact);
    for (const { amount, information } of ruleSet.rules) {
      if (amount?.value) for (const fact of factsOfExpression(amount.value)) useOf(fact);
      for (const { list, missingFrom } of information) {
        if (missingFrom === null) continue;
        const { literals } = useOf(missingFrom);
        for (const { id } of ruleSet.lists.get(list)?.items ?? []) literals.add(id);
      }
    }
  }
  return uses;
}
