/** One pass over the sections: what each rule comes to for these facts, some of them perhaps unknown. */
import type { Section } from '../../rulebook/sections.ts';
import { type Conclusions, NONE, type Slots } from '../facts/values.ts';
import { decisiveComparisons, evaluateCondition, type KnownTruths, namedConditions } from './condition.ts';
import { type Truth, truthOf } from './operators.ts';
import type {
  CompiledLeaf,
  CompiledRule,
  CompiledSection,
  RememberedSection,
  Rules,
  SectionResult,
} from './rules.ts';
import { leafAt } from './rules.ts';

/** Of all sections, or of those that were asked for. */
export interface SectionResults {
  /** By name, in the order in which they were judged. */
  sections: ReadonlyMap<string, SectionResult>;
  /** Truth of the comparisons of facts, by index. */
  truths: readonly Truth[];
  /** What later rules read of the sections, by name. */
  concluded: ReadonlyMap<string, Conclusions>;
}

/** A case that differs from another in these facts, and what that one came to. */
interface Change {
  from: SectionResults;
  facts: ReadonlySet<string>;
}

/** A case on its way through the sections. */
export class SectionPass {
  readonly truths: readonly Truth[];
  readonly concluded = new Map<string, Conclusions>();
  private readonly sections = new Map<string, SectionResult>();
  private readonly texts = new Map<string, string>();
  private readonly known: KnownTruths;
  private readonly rules: Rules;
  private readonly change: Change | undefined;

  constructor(rules: Rules, slots: Slots, change?: Change) {
    this.rules = rules;
    this.change = change;
    const truth = ({ comparison, facts }: CompiledLeaf, index: number): Truth | undefined =>
      change && !facts.some((fact) => change.facts.has(fact))
        ? change.from.truths[index]
        : comparison?.truth(slots);
    this.truths = rules.leaves.map((leaf, index) => truth(leaf, index) ?? 'unknown');
    this.known = knownTruths(rules, this);
  }

  /** What the section came to before the change, where its rules read nothing that changed. */
  unchanged({ section, facts, reads }: CompiledSection): SectionResult | undefined {
    if (!this.change) return undefined;
    const { from, facts: changed } = this.change;
    const isSame = (name: string): boolean => this.concluded.get(name) === from.concluded.get(name);
    const isUntouched = !facts.some((fact) => changed.has(fact)) && reads.every(isSame);
    return isUntouched ? from.sections.get(section.name) : undefined;
  }

  /** What the section comes to, remembered by what its rules read: comparisons of facts, and earlier conclusions. */
  evaluate(section: CompiledSection): RememberedSection {
    const { leaves, reads, place } = section;
    const truths = packTruths(leaves.length, (i) => this.truths[leaves[i] ?? 0] ?? 'unknown');
    let key = `s${String.fromCharCode(place)}${truths}`;
    for (const name of reads) key += this.texts.get(name) ?? '';
    const known = this.rules.remembered.get(key);
    if (typeof known === 'object') return known;
    const result = sectionResult(section, (rule) => this.walkRule(rule));
    const made: RememberedSection = { result, disagreements: null };
    this.rules.remembered.set(key, made);
    return made;
  }

  walkRule({ rule }: CompiledRule): Truth {
    return evaluateCondition(rule.when, this.known);
  }

  /** What one rule reads, as a text: how its comparisons turn out. */
  keyOfRule(section: CompiledSection, place: number): string {
    const leaves = section.rules[place]?.leaves ?? [];
    const truths = packTruths(leaves.length, (i) => truthAt(this.rules, this, leaves[i] ?? 0));
    // Keys of sections begin with an s: the two can never be the same.
    return `rule ${section.place} ${place} ${truths}`;
  }

  /** Later sections read what this one concluded. */
  add(result: SectionResult): void {
    this.sections.set(result.section, result);
    for (const { name, conclusions, text } of result.concluded) {
      this.concluded.set(name, conclusions);
      this.texts.set(name, text);
    }
  }

  results(): SectionResults {
    return { sections: this.sections, truths: this.truths, concluded: this.concluded };
  }
}

/** By the walk alone: for the many ways of filling unknown facts, each a change of one before. */
export function evaluateSections(
  rules: Rules,
  slots: Slots,
  asked: Iterable<CompiledSection>,
  change?: Change,
): SectionResults {
  const pass = new SectionPass(rules, slots, change);
  for (const section of asked) pass.add(pass.unchanged(section) ?? pass.evaluate(section).result);
  return pass.results();
}

/** What a section comes to, given what its rules come to. */
export function sectionResult(
  { section, rules }: CompiledSection,
  truthOfRule: (rule: CompiledRule, place: number) => Truth,
): SectionResult {
  const truths: Truth[] = [];
  const holding: CompiledRule[] = [];
  const open: CompiledRule[] = [];
  for (const [place, compiled] of rules.entries()) {
    const truth = truthOfRule(compiled, place);
    truths.push(truth);
    if (truth === 'true') holding.push(compiled);
    else if (truth === 'unknown') open.push(compiled);
    if (truth === 'true' && section.takes === 'first') break;
  }
  const concluded = conclusionsOf(section, holding, open).map(([name, conclusions]) => {
    const { must, may } = conclusions;
    return { name, conclusions, text: JSON.stringify([[...must], [...may]]) };
  });
  return { section: section.name, truths, holding, open, concluded };
}

/** Truths in one character: 3^10 is below 2^16. */
export const PER_CHARACTER = 10;
/** A character code with one truth more. */
export const withTruth = (code: number, truth: Truth): number =>
  code * 3 + (truth === 'true' ? 1 : truth === 'unknown' ? 2 : 0);

/** So many truths as a short text. */
function packTruths(count: number, truthAt: (place: number) => Truth): string {
  const codes: number[] = [];
  for (let first = 0; first < count; first += PER_CHARACTER) {
    let code = 0;
    for (let place = first; place < Math.min(count, first + PER_CHARACTER); place++)
      code = withTruth(code, truthAt(place));
    codes.push(code);
  }
  return String.fromCharCode(...codes);
}

/** Of a comparison of facts, or of what earlier sections concluded. */
export function truthAt(
  rules: Rules,
  { truths, concluded }: Pick<SectionResults, 'truths' | 'concluded'>,
  index: number,
): Truth {
  const { leaf } = leafAt(rules, index);
  if (leaf.source === 'fact') return truths[index] ?? 'unknown';
  const { operator, operand } = leaf;
  const wanted = operand.kind === 'literal' ? operand.value : NONE;
  return truthOf(operator, concluded.get(leaf.fact) ?? NONE, wanted);
}

/** What a case says of its comparisons, after the sections were judged. */
export const knownTruths = (
  rules: Rules,
  results: Pick<SectionResults, 'truths' | 'concluded'>,
): KnownTruths =>
  namedConditions(rules.ruleSet.conditions, (leaf) => truthAt(rules, results, rules.indexOf(leaf)));

/** The comparisons that made a rule hold, fail or stay open, by index. */
export const decisiveIndexes = (
  rules: Rules,
  { rule }: CompiledRule,
  known: KnownTruths,
): ReadonlySet<number> =>
  new Set(decisiveComparisons(rule.when, rules.ruleSet.conditions, known).map(rules.indexOf));

/** What later sections read: category and remedy as sets, states as one of those possible. */
function conclusionsOf(
  { conclusion: name, takes }: Section,
  holding: readonly CompiledRule[],
  open: readonly CompiledRule[],
): [name: string, Conclusions][] {
  if (name === null) return [];
  const both = [...open, ...holding];
  const must = new Set(holding.map(({ rule }) => rule.concludes));
  const may = new Set(both.map(({ rule }) => rule.concludes));
  if (takes === 'collect') return [[name, { kind: 'conclusions', must, may, single: false }]];
  const ids = new Set(both.map(({ rule }) => rule.id));
  return [
    [name, { kind: 'conclusions', must, may, single: true }],
    [`${name}.rule`, { kind: 'conclusions', must: ids, may: ids, single: true }],
  ];
}
