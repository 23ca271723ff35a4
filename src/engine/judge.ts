/** One pass over the sections: what each rule says of these facts, some of them perhaps unknown. */
import { type Leaf, SECTION_NAMES, SECTIONS, type Section } from '../rulebook/rule-set.ts';
import { type Truth, truthOf } from './operators.ts';
import type { RuleOutcome, Sides } from './rule-runner.ts';
import type { CompiledLeaf, CompiledRule, Rules } from './rules.ts';
import type { Slots } from './slots.ts';
import { type Conclusions, NONE } from './values.ts';

export interface RuleStanding {
  compiled: CompiledRule;
  outcome: RuleOutcome;
}

/** What a section says. Sections that take the first rule that holds stop there. */
export interface SectionStanding {
  section: Section;
  /** Every rule looked at, in order. */
  rules: RuleStanding[];
  /** Rules that hold, or that may be the first to hold. */
  holding: CompiledRule[];
  open: CompiledRule[];
}

export interface Standing {
  sections: Record<Section, SectionStanding>;
  /** Truth of each leaf that was looked at, by index. */
  truths: (Truth | undefined)[];
  /** What later rules read of the sections, by name. */
  concluded: ReadonlyMap<string, Conclusions>;
}

export async function judge(rules: Rules, slots: Slots): Promise<Standing> {
  const concluded = new Map<string, Conclusions>();
  const truths: (Truth | undefined)[] = [];

  const sides = (index: number): Sides => {
    const { leaf, comparison } = leafAt(rules, index);
    if (comparison === null) {
      const right = leaf.operand.kind === 'literal' ? leaf.operand.value : NONE;
      return { left: concluded.get(leaf.fact) ?? NONE, right };
    }
    return { left: slots[rules.layout.slotOf(leaf.fact)] ?? NONE, right: comparison.wanted(slots) };
  };
  const truth = (index: number): Truth => {
    const known = truths[index];
    if (known !== undefined) return known;
    const { leaf, comparison } = leafAt(rules, index);
    const told = comparison ? comparison.truth(slots) : truthOfConclusion(leaf, sides(index));
    truths[index] = told;
    return told;
  };

  const sections = {} as Record<Section, SectionStanding>;
  for (const section of SECTION_NAMES) {
    const standing: SectionStanding = { section, rules: [], holding: [], open: [] };
    for (const compiled of rules.sections[section]) {
      let pattern = '';
      for (const index of compiled.leaves) pattern += truth(index)[0];
      const outcome = compiled.recall(pattern) ?? (await compiled.learn(pattern, sides));
      standing.rules.push({ compiled, outcome });
      if (outcome.truth === 'true') standing.holding.push(compiled);
      else if (outcome.truth === 'unknown') standing.open.push(compiled);
      if (outcome.truth === 'true' && SECTIONS[section] === 'first') break;
    }
    sections[section] = standing;
    for (const [name, conclusions] of conclusionsOf(standing)) concluded.set(name, conclusions);
  }
  return { sections, truths, concluded };
}

const truthOfConclusion = (leaf: Leaf, { left, right }: Sides): Truth => truthOf(leaf.operator, left, right);

function leafAt(rules: Rules, index: number): CompiledLeaf {
  const compiled = rules.leaves[index];
  if (!compiled) throw new Error(`no leaf ${index}`);
  return compiled;
}

/** What later sections read: category and remedy as sets, states as one of those possible. */
function conclusionsOf({ section, holding, open }: SectionStanding): [string, Conclusions][] {
  const must = new Set(holding.map((c) => c.rule.concludes));
  const may = new Set([...open, ...holding].map((c) => c.rule.concludes));
  switch (section) {
    case 'eligibility':
      return [['category', { kind: 'conclusions', must, may, single: false }]];
    case 'remedies':
      return [['remedy', { kind: 'conclusions', must, may, single: false }]];
    case 'voucherState':
    case 'claimState':
    case 'outcome': {
      const rules = new Set([...open, ...holding].map((c) => c.rule.id));
      return [
        [section, { kind: 'conclusions', must, may, single: true }],
        [`${section}.rule`, { kind: 'conclusions', must: rules, may: rules, single: true }],
      ];
    }
    default:
      return [];
  }
}
