/**
 * What is left of a rule set when some facts are known: of each rule that cannot be told yet, its condition without what is told.
 * Two cases with the same residue come to the same, whatever their unknown facts turn out to be. Contradictions and readings of
 * the notice are no part of it.
 */
import { AS_OF } from '../../rulebook/basics.ts';
import type { Condition } from '../../rulebook/rule-set.ts';
import type { Section } from '../../rulebook/sections.ts';
import type { Slots } from '../facts/values.ts';
import { type CompiledRule, leafAt, ofSection, type Rules } from '../judge/rules.ts';
import { type SectionResults, truthAt } from '../judge/sections.ts';

export interface Residue {
  /** The same text, the same residue. */
  text: string;
  /** What is left of a rule. */
  of(rule: CompiledRule): Left;
  /** The comparisons of facts that are left of all rules, by index. */
  leaves: ReadonlySet<number>;
}

/** A condition of which something is left. */
interface Left {
  text: string;
  /** Its comparisons by index, of facts and of what earlier sections conclude. */
  leaves: readonly number[];
}

/** `sections`: in the order in which they are judged. */
export function compileResidue(rules: Rules, sections: readonly Section[]) {
  return function residueOf(slots: Slots, results: SectionResults): Residue {
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
          return typeof left === 'boolean' ? !left : { text: `!${left.text}`, leaves: left.leaves };
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
      const parts = new Map<string, Left>();
      for (const one of of) {
        const left = leftOf(one);
        if (left === decisive) return decisive;
        if (typeof left !== 'boolean') parts.set(left.text, left);
      }
      const [only, ...others] = parts.values();
      if (only === undefined) return !decisive;
      if (others.length === 0) return only;
      return {
        text: `(${[...parts.keys()].join(decisive ? '|' : '&')})`,
        leaves: [...parts.values()].flatMap(({ leaves }) => leaves),
      };
    }

    function ofLeaf(index: number): Left | boolean {
      const truth = truthAt(rules, results, index);
      if (truth !== 'unknown') return truth === 'true';
      const { facts, isMixed } = leafAt(rules, index);
      // What is known on one side bounds the other.
      const beside = isMixed ? [AS_OF, ...facts].map((fact) => String(slots[rules.layout.slotOf(fact)])) : [];
      return { text: [index, ...beside].join(' '), leaves: [index] };
    }

    const ofRules = new Map<CompiledRule, Left>();
    let text = '';
    for (const { name } of sections) {
      const { rules: compiledRules } = ofSection(rules.sections, name);
      for (const [place, truth] of ofSection(results.sections, name).truths.entries()) {
        const compiled = compiledRules[place];
        if (truth === 'true') text += `${place} `;
        if (truth !== 'unknown' || !compiled) continue;
        const left = leftOf(compiled.rule.when);
        const open = typeof left === 'boolean' ? { text: String(left), leaves: [] } : left;
        text += `${place}?${open.text} `;
        ofRules.set(compiled, open);
      }
      text += ';';
    }
    const all = new Set([...ofRules.values()].flatMap(({ leaves }) => leaves));
    return { text, of: (rule) => ofRules.get(rule) ?? NOTHING, leaves: all };
  };
}

const NOTHING: Left = { text: '', leaves: [] };
