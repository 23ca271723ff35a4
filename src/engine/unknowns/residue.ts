/**
 * What is left of a rule set when some facts are known: of each rule that cannot be told yet, its condition without what is told.
 * Two cases with the same residue come to the same, whatever their unknown facts turn out to be. Contradictions and readings of
 * the notice are no part of it.
 */
import { AS_OF } from '../../rulebook/basics.ts';
import type { Condition, Section } from '../../rulebook/rule-set.ts';
import type { Slots } from '../facts/values.ts';
import { type CompiledRule, leafAt, type Rules } from '../judge/rules.ts';
import { type SectionResults, truthAt } from '../judge/sections.ts';

export interface Residue {
  /** The same text, the same residue. */
  text: string;
  /** The comparisons of facts that are left of a rule, by index. */
  leavesOf(rule: CompiledRule): ReadonlySet<number>;
  /** Of all rules, each perhaps more than once. */
  leaves: readonly number[];
}

/** A condition of which something is left, as written before under its number. */
interface Left {
  id: number;
  leaves: ReadonlySet<number>;
}

const NOTHING: ReadonlySet<number> = new Set();

/** `sections`: in the order in which they are judged. What is written is kept until `clear`. */
export function createResidues(rules: Rules, sections: readonly Section[]) {
  const written = new Map<string, Left>();
  const write = (text: string, leaves: () => ReadonlySet<number>): Left => {
    const before = written.get(text);
    if (before) return before;
    const left = { id: written.size, leaves: leaves() };
    written.set(text, left);
    return left;
  };

  function residueOf(slots: Slots, results: SectionResults): Residue {
    const named = new Map<string, Left | boolean>();

    function leftOf(condition: Condition | null): Left | boolean {
      if (condition === null) return true;
      switch (condition.kind) {
        case 'leaf':
          return ofLeaf(rules.indexOf(condition));
        case 'named':
          return ofNamed(condition.name);
        case 'not': {
          const left = leftOf(condition.of);
          return typeof left === 'boolean' ? !left : write(`!${left.id}`, () => left.leaves);
        }
        default:
          return ofGroup(condition.of, condition.kind === 'any');
      }
    }

    function ofNamed(name: string): Left | boolean {
      const before = named.get(name);
      if (before !== undefined) return before;
      const left = leftOf(rules.ruleSet.conditions.get(name)?.condition ?? null);
      named.set(name, left);
      return left;
    }

    /** `decisive` decides alone. */
    function ofGroup(of: readonly Condition[], decisive: boolean): Left | boolean {
      const parts = new Set<Left>();
      for (const one of of) {
        const left = leftOf(one);
        if (left === decisive) return decisive;
        if (typeof left !== 'boolean') parts.add(left);
      }
      const [only, ...others] = parts;
      if (only === undefined) return !decisive;
      if (others.length === 0) return only;
      const text = [...parts].map(({ id }) => id).join(decisive ? '|' : '&');
      return write(text, () => new Set([...parts].flatMap(({ leaves }) => [...leaves])));
    }

    function ofLeaf(index: number): Left | boolean {
      const truth = truthAt(rules, results, index);
      if (truth !== 'unknown') return truth === 'true';
      const { leaf, facts, isMixed } = leafAt(rules, index);
      if (leaf.source !== 'fact') return write(`c${index}`, () => NOTHING);
      // What is known on one side bounds the other.
      const beside = isMixed ? [AS_OF, ...facts].map((fact) => slots[rules.layout.slotOf(fact)]) : [];
      return write(`f${index} ${beside.map(String).join()}`, () => new Set([index]));
    }

    const ofRules = new Map<CompiledRule, ReadonlySet<number>>();
    let text = '';
    for (const section of sections) {
      for (const [place, truth] of results.sections[section].truths.entries()) {
        const compiled = rules.sections[section].rules[place];
        if (truth === 'true') text += `${place} `;
        if (truth !== 'unknown' || !compiled) continue;
        const left = leftOf(compiled.rule.when);
        text += typeof left === 'boolean' ? `${place}?${left} ` : `${place}?${left.id} `;
        ofRules.set(compiled, typeof left === 'boolean' ? NOTHING : left.leaves);
      }
      text += ';';
    }
    return {
      text,
      leavesOf: (rule) => ofRules.get(rule) ?? NOTHING,
      leaves: [...ofRules.values()].flatMap((leaves) => [...leaves]),
    };
  }

  return { of: residueOf, clear: (): void => written.clear() };
}
