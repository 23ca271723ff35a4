/** The facts of a case as an array: one slot for each fact of the vocabulary, in its order, `asOf` first. */
import { AS_OF } from '../../rulebook/basics.ts';
import type { Vocabulary } from '../../rulebook/vocabulary.ts';
import type { Value, Values } from './values.ts';

export type Slots = readonly Value[];

export interface Layout {
  /** By slot. */
  facts: readonly string[];
  slotOf(fact: string): number;
  valuesOf(slots: Slots): Values;
}

export function layoutOf(vocabulary: Vocabulary): Layout {
  const facts = [AS_OF, ...vocabulary.facts.keys()];
  const slots = new Map(facts.map((fact, slot) => [fact, slot]));
  return {
    facts,
    slotOf(fact) {
      const slot = slots.get(fact);
      if (slot === undefined) throw new Error(`no fact ${fact}`);
      return slot;
    },
    valuesOf: (of) => ({ get: (fact) => of[slots.get(fact) ?? -1] }),
  };
}

/** A copy with one fact changed. */
export function withFact(slots: Slots, slot: number, value: Value): Slots {
  const copy = slots.slice();
  copy[slot] = value;
  return copy;
}
