/** What an answer asks for: facts that are unknown, and facts that were assumed, where others could change it. */
import type { Rule } from '../../rulebook/rule-set.ts';
import { createMemory } from '../cache/memory.ts';
import type { CaseFacts } from '../facts/read-facts.ts';
import { UNKNOWN } from '../facts/values.ts';
import { leafAt, ofSection, type Rules } from '../judge/rules.ts';
import { compileQuestions } from '../unknowns/questions.ts';
import type { Conclusion } from './conclusion.ts';

export interface OpenQuestion {
  fact: string;
  because: 'missing' | 'assumed';
  /** No condition compares it, so that cases are decided alike that give it and that do not: asked where it is not given. */
  isOnlyTold: boolean;
}

/** In the order to ask. */
export type QuestionsOf = (facts: CaseFacts, conclusion: Conclusion) => readonly OpenQuestion[];

/** Kept for cases that are asked the same. */
const KEPT = 10_000;

/** `keyOf`: cases with the same key are asked the same. */
export function compileOpenQuestions(rules: Rules, keyOf: (facts: CaseFacts) => string): QuestionsOf {
  const { facts: names } = rules.layout;
  const { factsToAsk, factsTold } = compileQuestions(rules);
  const compared = new Set(rules.leaves.flatMap(({ facts }) => facts));
  const onlyTold = new Set([...factsTold].filter((fact) => !compared.has(fact)));
  const memory = createMemory<readonly OpenQuestion[]>(KEPT);

  /** One object for each, so that what is made of it can be kept with it. */
  const questions = new Map<string, OpenQuestion>();
  function questionOf(fact: string, because: OpenQuestion['because']): OpenQuestion {
    const key = `${because} ${fact}`;
    const question = questions.get(key) ?? { fact, because, isOnlyTold: onlyTold.has(fact) };
    questions.set(key, question);
    return question;
  }

  function find(
    { slots, isAssumed, cannotTell }: CaseFacts,
    { missing, contradicting }: Conclusion,
  ): OpenQuestion[] {
    const freed = slots.map((value, slot) => {
      const fact = names[slot] ?? '';
      return isAssumed(fact) || onlyTold.has(fact) ? UNKNOWN : value;
    });
    const kept = new Set(cannotTell);
    const asked =
      contradicting.length > 0 ? assumedIn(rules, contradicting, isAssumed) : factsToAsk(freed, kept);
    // What is missing is asked, even where it changes something only together with what is asked before it.
    const all = new Set([...asked, ...names.filter((name) => missing.has(name) && !kept.has(name))]);
    return [...all].map((fact) => questionOf(fact, isAssumed(fact) ? 'assumed' : 'missing'));
  }

  return (facts, conclusion) => {
    const key = keyOf(facts);
    const known = memory.get(key);
    if (known) return known;
    const found = find(facts, conclusion);
    memory.set(key, found);
    return found;
  };
}

/** Facts contradict each other: those of them that nobody said. */
function assumedIn(
  rules: Rules,
  contradicting: readonly Rule[],
  isAssumed: CaseFacts['isAssumed'],
): string[] {
  const compared = ofSection(rules.sections, 'contradictions')
    .rules.filter(({ rule }) => contradicting.includes(rule))
    .flatMap(({ leaves }) => leaves.flatMap((index) => leafAt(rules, index).facts));
  return rules.layout.facts.filter((fact) => compared.includes(fact) && isAssumed(fact));
}
