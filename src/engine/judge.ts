/** One pass over the sections: what each rule says of these facts, some of them perhaps unknown. */
import { type Leaf, SECTION_NAMES, SECTIONS, type Section } from '../rulebook/rule-set.ts';
import type { CompiledCondition, Part } from './compile-condition.ts';
import { type Truth, truthOf } from './operators.ts';
import type { Sides } from './rule-runner.ts';
import { type CompiledRule, leafAt, type RuleStanding, type Rules, type SectionStanding } from './rules.ts';
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

/** Of a condition; `mattered` by index of comparison. */
type Told = Pick<RuleStanding, 'truth' | 'mattered'>;
const ALWAYS: Told = { truth: 'true', mattered: [] };

async function judgeSection(
  rules: Rules,
  section: Section,
  slots: Slots,
  before: Pick<Standing, 'truths' | 'concluded'>,
): Promise<SectionStanding> {
  const known = new Map<CompiledCondition, Told>();
  const sidesOf = (part: Part, truth: Truth): Sides => {
    if (part.kind === 'named') return { left: truth === 'unknown' ? UNKNOWN : truth === 'true', right: true };
    const { leaf, comparison } = leafAt(rules, part.index);
    return comparison
      ? { left: slots[rules.layout.slotOf(leaf.fact)] ?? NONE, right: comparison.wanted(slots) }
      : { left: before.concluded.get(leaf.fact) ?? NONE, right: wantedOfConclusion(leaf) };
  };
  const tell = async (condition: CompiledCondition): Promise<Told> => {
    const told: Told[] = [];
    let pattern = '';
    for (const part of condition.parts) {
      const one =
        part.kind === 'leaf'
          ? { truth: truthAt(rules, before, part.index), mattered: [part.index] }
          : (known.get(part.condition) ?? (await tell(part.condition)));
      told.push(one);
      pattern += CODES[one.truth];
    }
    const { truth, mattered } =
      condition.recall(pattern) ??
      (await condition.learn(pattern, (place) => {
        const part = condition.parts[place];
        if (!part) throw new Error(`no part ${place}`);
        return sidesOf(part, told[place]?.truth ?? 'unknown');
      }));
    const result = {
      truth,
      mattered: [...new Set(mattered.flatMap((place) => told[place]?.mattered ?? []))],
    };
    known.set(condition, result);
    return result;
  };

  const looked: RuleStanding[] = [];
  const holding: CompiledRule[] = [];
  const open: CompiledRule[] = [];
  for (const compiled of rules.sections[section].rules) {
    const { truth, mattered } = compiled.condition === null ? ALWAYS : await tell(compiled.condition);
    looked.push({ compiled, truth, mattered });
    if (truth === 'true') holding.push(compiled);
    else if (truth === 'unknown') open.push(compiled);
    if (truth === 'true' && SECTIONS[section] === 'first') break;
  }
  const concluded = conclusionsOf(section, holding, open).map(([name, conclusions]) => {
    const { must, may } = conclusions;
    return { name, conclusions, text: JSON.stringify([[...must], [...may]]) };
  });
  return { section, rules: looked, holding, open, concluded };
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
