/** One pass over the sections: what each rule says of these facts, some of them perhaps unknown. */
import { type Leaf, SECTION_NAMES, SECTIONS, type Section } from '../rulebook/rule-set.ts';
import type { CompiledCondition, Finding, Part } from './compile-condition.ts';
import { type Truth, truthOf } from './operators.ts';
import type { Sides } from './rule-runner.ts';
import { type CompiledRule, leafAt, type Rules, type SectionStanding } from './rules.ts';
import type { Slots } from './slots.ts';
import { type Conclusions, NONE, UNKNOWN, type Wanted } from './values.ts';

export interface Standing {
  sections: Record<Section, SectionStanding>;
  /** Truth of the comparisons of facts, by index. */
  truths: (Truth | undefined)[];
  /** What later rules read of the sections, by name. */
  concluded: ReadonlyMap<string, Conclusions>;
}

export async function judge(rules: Rules, slots: Slots): Promise<Standing> {
  const concluded = new Map<string, Conclusions>();
  const texts = new Map<string, string>();
  const truths: (Truth | undefined)[] = [];
  const sections = {} as Record<Section, SectionStanding>;
  for (const section of SECTION_NAMES) {
    const { leaves, reads, memory } = rules.sections[section];
    const pattern: (number | string)[] = [];
    for (const index of leaves) {
      const truth = truths[index] ?? leafAt(rules, index).comparison?.truth(slots) ?? 'unknown';
      truths[index] = truth;
      pattern.push(CODES[truth]);
    }
    for (const name of reads) pattern.push(texts.get(name) ?? '');
    let standing = memory.get(pattern);
    if (!standing) {
      standing = await judgeSection(rules, section, slots, { truths, concluded });
      memory.set(pattern, standing);
    }
    sections[section] = standing;
    for (const { name, conclusions, text } of standing.concluded) {
      concluded.set(name, conclusions);
      texts.set(name, text);
    }
  }
  return { sections, truths, concluded };
}

const CODES: Record<Truth, number> = { false: 0, true: 1, unknown: 2 };

/** Of a comparison of facts, or of what earlier sections concluded. */
export function truthAt(
  rules: Rules,
  { truths, concluded }: Pick<Standing, 'truths' | 'concluded'>,
  index: number,
): Truth {
  const { leaf } = leafAt(rules, index);
  if (leaf.source === 'fact') return truths[index] ?? 'unknown';
  return truthOf(leaf.operator, concluded.get(leaf.fact) ?? NONE, wantedOfConclusion(leaf));
}

const wantedOfConclusion = ({ operand }: Leaf): Wanted => (operand.kind === 'literal' ? operand.value : NONE);

/** Of a rule without a condition. */
const ALWAYS: Finding = { truth: 'true', mattered: [], id: 0 };

type Before = Pick<Standing, 'truths' | 'concluded'>;

async function judgeSection(
  rules: Rules,
  section: Section,
  slots: Slots,
  before: Before,
): Promise<SectionStanding> {
  const named = new Map<CompiledCondition, Finding>();
  for (;;) {
    const told = tellSection(rules, section, before, named);
    if (!('unasked' in told)) return told;
    await told.unasked.learn(
      (part) => findingOf(rules, before, named, part),
      (part) => sidesOf(rules, slots, before, named, part),
    );
  }
}

/** Or the condition that json-rules-engine has to be asked about before. */
function tellSection(
  rules: Rules,
  section: Section,
  before: Before,
  named: Map<CompiledCondition, Finding>,
): SectionStanding | { unasked: CompiledCondition } {
  let unasked: CompiledCondition | undefined;
  const find = (part: Part): Finding => findingOf(rules, before, named, part);
  const tell = (condition: CompiledCondition): Finding | undefined => {
    for (const part of condition.parts) {
      if (part.kind === 'leaf' || named.has(part.condition)) continue;
      const finding = tell(part.condition);
      if (!finding) return undefined;
      named.set(part.condition, finding);
    }
    const finding = condition.recall(find);
    if (!finding) unasked = condition;
    return finding;
  };

  const findings: Finding[] = [];
  const holding: CompiledRule[] = [];
  const open: CompiledRule[] = [];
  for (const compiled of rules.sections[section].rules) {
    const finding = compiled.condition === null ? ALWAYS : tell(compiled.condition);
    if (!finding) break;
    findings.push(finding);
    if (finding.truth === 'true') holding.push(compiled);
    else if (finding.truth === 'unknown') open.push(compiled);
    if (finding.truth === 'true' && SECTIONS[section] === 'first') break;
  }
  if (unasked) return { unasked };
  const concluded = conclusionsOf(section, holding, open).map(([name, conclusions]) => {
    const { must, may } = conclusions;
    return { name, conclusions, text: JSON.stringify([[...must], [...may]]) };
  });
  return { section, findings, holding, open, concluded };
}

function findingOf(
  rules: Rules,
  before: Before,
  named: ReadonlyMap<CompiledCondition, Finding>,
  part: Part,
): Finding {
  if (part.kind === 'leaf') return leafAt(rules, part.index).findings[truthAt(rules, before, part.index)];
  const finding = named.get(part.condition);
  if (!finding) throw new Error('a named condition is told before what is made of it');
  return finding;
}

/** What json-rules-engine is to see of a part. */
function sidesOf(
  rules: Rules,
  slots: Slots,
  before: Before,
  named: ReadonlyMap<CompiledCondition, Finding>,
  part: Part,
): Sides {
  if (part.kind === 'named') {
    const { truth } = findingOf(rules, before, named, part);
    return { left: truth === 'unknown' ? UNKNOWN : truth === 'true', right: true };
  }
  const { leaf, comparison } = leafAt(rules, part.index);
  return comparison
    ? { left: slots[rules.layout.slotOf(leaf.fact)] ?? NONE, right: comparison.wanted(slots) }
    : { left: before.concluded.get(leaf.fact) ?? NONE, right: wantedOfConclusion(leaf) };
}

/** What later sections read: category and remedy as sets, states as one of those possible. */
function conclusionsOf(
  section: Section,
  holding: readonly CompiledRule[],
  open: readonly CompiledRule[],
): [name: string, Conclusions][] {
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
