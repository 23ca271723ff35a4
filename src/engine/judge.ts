/** One pass over the sections: what each rule says of these facts, some of them perhaps unknown. */
import { SECTION_NAMES, SECTIONS, type Section } from '../rulebook/rule-set.ts';
import { type Truth, truthOf } from './operators.ts';
import type { CompiledRule, Program } from './program.ts';
import type { RuleOutcome, Sides } from './rule-runner.ts';
import { type Conclusions, NONE, resolveOperand, type Value, type Values, type Wanted } from './values.ts';

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
  sides(leaf: number): Sides;
}

export async function judge(program: Program, values: Values): Promise<Standing> {
  const concluded = new Map<string, Conclusions>();
  const truths: (Truth | undefined)[] = [];
  const wanted: (Wanted | undefined)[] = [];

  const leftOf = (index: number): Value => {
    const leaf = leafAt(program, index);
    return (leaf.source === 'conclusion' ? concluded.get(leaf.fact) : values.get(leaf.fact)) ?? NONE;
  };
  const rightOf = (index: number): Wanted => {
    const known = wanted[index];
    if (known !== undefined) return known;
    const right = resolveOperand(leafAt(program, index).operand, values, program.ruleSet);
    wanted[index] = right;
    return right;
  };
  const sides = (index: number): Sides => ({ left: leftOf(index), right: rightOf(index) });
  const truth = (index: number): Truth => {
    const known = truths[index];
    if (known !== undefined) return known;
    const told = truthOf(leafAt(program, index).operator, leftOf(index), rightOf(index));
    truths[index] = told;
    return told;
  };

  const sections = {} as Record<Section, SectionStanding>;
  for (const section of SECTION_NAMES) {
    const standing: SectionStanding = { section, rules: [], holding: [], open: [] };
    for (const compiled of program.sections[section]) {
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
  return { sections, truths, sides };
}

function leafAt(program: Program, index: number) {
  const compiled = program.leaves[index];
  if (!compiled) throw new Error(`no leaf ${index}`);
  return compiled.leaf;
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
