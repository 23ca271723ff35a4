/**
 * The peer: json-rules-engine as its manual shows it, on the same rule file, with flat facts. One engine for each section,
 * run in order; what a section concludes is a fact for the next. It takes the rule set's own operators, two-valued.
 */
import { Engine, type NestedCondition } from 'json-rules-engine';
import type { Program } from '../src/engine/program.ts';
import type { Condition, Rule } from '../src/rulebook/rule-set.ts';

interface Parts {
  truthOf(operator: string, left: unknown, right: unknown): string;
  resolveOperand(operand: unknown, values: unknown, ruleSet: unknown): unknown;
  operators: readonly string[];
}

export function plainEngine({ ruleSet, layout, leaves }: Program, parts: Parts) {
  const { truthOf, resolveOperand, operators } = parts;
  const build = (node: Condition): NestedCondition => {
    switch (node.kind) {
      case 'leaf': {
        const isFixed = leaves.some((l) => l.leaf === node && !l.isMixed) || node.operand.kind === 'literal';
        const value = isFixed
          ? resolveOperand(node.operand, { get: () => undefined }, ruleSet)
          : { fact: `operand ${JSON.stringify(node.operand)}` };
        return { fact: node.fact, operator: node.operator, value };
      }
      case 'named':
        return build(ruleSet.conditions.get(node.name)?.condition ?? { kind: 'all', of: [] });
      case 'not':
        return { not: build(node.of) };
      default:
        return node.kind === 'all' ? { all: node.of.map(build) } : { any: node.of.map(build) };
    }
  };
  const engines = ruleSet.sections.map(({ name: section, takes: mode }) => {
    const rules = ruleSet.rules.filter((rule) => rule.section === section);
    const engine = new Engine([], { allowUndefinedFacts: true });
    for (const name of operators) {
      engine.addOperator(name, (left: unknown, right: unknown) => truthOf(name, left, right) === 'true');
    }
    for (const rule of rules) {
      const conditions = { all: rule.when ? [build(rule.when)] : [] };
      engine.addRule({ name: rule.id, conditions, event: { type: rule.id } });
    }
    return { section, mode, rules, engine };
  });
  const operands = new Map(
    leaves.flatMap(({ leaf }) =>
      leaf.operand.kind === 'literal'
        ? []
        : [[`operand ${JSON.stringify(leaf.operand)}`, leaf.operand] as const],
    ),
  );

  /** The rules that hold, by section: the reasons. */
  return async (slots: readonly unknown[]): Promise<Record<string, Rule[]>> => {
    const facts: Record<string, unknown> = {};
    for (const [slot, fact] of layout.facts.entries()) facts[fact] = slots[slot];
    const values = { get: (fact: string) => facts[fact] };
    for (const [name, operand] of operands) facts[name] = resolveOperand(operand, values, ruleSet);
    const held: Record<string, Rule[]> = {};
    for (const { section, mode, rules, engine } of engines) {
      const { events } = await engine.run(facts);
      const names = new Set(events.map((event) => event.type));
      const holding = rules.filter((rule) => names.has(rule.id));
      const taken = mode === 'first' ? holding.slice(0, 1) : holding;
      held[section] = taken;
      const ids = new Set(taken.map((rule) => rule.concludes));
      const single = mode === 'first';
      const conclusions = { kind: 'conclusions', must: ids, may: ids, single };
      if (section === 'eligibility') facts.category = conclusions;
      if (section === 'remedies') facts.remedy = conclusions;
      facts[section] = conclusions;
      const ruleIds = new Set(taken.map((rule) => rule.id));
      facts[`${section}.rule`] = { kind: 'conclusions', must: ruleIds, may: ruleIds, single };
    }
    return held;
  };
}
