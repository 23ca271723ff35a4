/** What an answer asks for: facts that are unknown, and facts that were assumed, where others could change it. */
import type { Rule } from '../../rulebook/rule-set.ts';
import type { CaseFacts } from '../facts/read-facts.ts';
import { UNKNOWN } from '../facts/values.ts';
import type { Rules } from '../judge/rules.ts';
import { leafAt } from '../judge/rules.ts';
import type { QuestionDiagram } from '../unknowns/questions.ts';

export interface OpenQuestion {
  fact: string;
  because: 'missing' | 'assumed';
  /** No condition compares it, so that cases are decided alike that give it and that do not: asked where it is not given. */
  isOnlyTold: boolean;
}

interface Found {
  /** Unknown facts that can still change a conclusion. */
  missing: ReadonlySet<string>;
  contradicting: readonly Rule[];
}

/** In the order to ask. */
export function openQuestions(
  rules: Rules & { questions: QuestionDiagram },
  { slots, isAssumed, cannotTell }: CaseFacts,
  { missing, contradicting }: Found,
): OpenQuestion[] {
  const { facts: names } = rules.layout;
  const compared = new Set(rules.leaves.flatMap(({ facts }) => facts));
  const isOnlyTold = (fact: string): boolean => rules.questions.factsTold.has(fact) && !compared.has(fact);
  const freed = slots.map((value, slot) => {
    const fact = names[slot] ?? '';
    return isAssumed(fact) || isOnlyTold(fact) ? UNKNOWN : value;
  });
  const kept = new Set(cannotTell);
  const asked =
    contradicting.length > 0
      ? assumedIn(rules, contradicting, isAssumed)
      : rules.questions.factsToAsk(freed, kept);
  // What is missing is asked, even where it changes something only together with what is asked before it.
  const all = new Set([...asked, ...names.filter((name) => missing.has(name) && !kept.has(name))]);
  return [...all].map((fact) => ({
    fact,
    because: isAssumed(fact) ? 'assumed' : 'missing',
    isOnlyTold: isOnlyTold(fact),
  }));
}

/** Facts contradict each other: those of them that nobody said. */
function assumedIn(
  rules: Rules,
  contradicting: readonly Rule[],
  isAssumed: CaseFacts['isAssumed'],
): string[] {
  const compared = rules.sections.contradictions.rules
    .filter(({ rule }) => contradicting.includes(rule))
    .flatMap(({ leaves }) => leaves.flatMap((index) => leafAt(rules, index).facts));
  return rules.layout.facts.filter((fact) => compared.includes(fact) && isAssumed(fact));
}
