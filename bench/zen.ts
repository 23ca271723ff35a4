/**
 * The peer zen-engine: a JDM graph of one decision table for each section, in order, hit policy collect or first; a table puts
 * what it concludes beside the facts, where later ones read it.
 *
 * The fastest form of those tried: one column whose cell is the whole condition (a column for each distinct part of a condition
 * takes 1.6 × as long, every comparison told once beforehand by expression nodes 1.9 ×); the facts as one object, which the nodes
 * pass on without copying (flat beside the conclusions: 1.3 ×); the result reduced to the conclusions in the end.
 */
import { overrideConfig, ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';
import type { Rule } from '../src/rulebook/rule-set.ts';
import type { CaseValues, PeerSection, Test } from './two-valued.ts';

const text = (value: unknown): string => JSON.stringify(value);

/** Conclusions are read from the table that makes them. */
const CONCLUSIONS: Record<string, string> = {
  outcome: 'outcome.concludes',
  voucherState: 'voucherState.concludes',
  claimState: 'claimState.concludes',
  outcome_rule: 'outcome.rule',
  voucherState_rule: 'voucherState.rule',
  claimState_rule: 'claimState.rule',
};
const COLLECTED: Record<string, string> = { category: 'eligibility', remedy: 'remedies' };
const read = (name: string): string => CONCLUSIONS[name] ?? `facts.${name}`;

function expression(test: Test): string {
  switch (test.kind) {
    case 'all':
    case 'any':
      return `(${test.of.map(expression).join(test.kind === 'all' ? ' and ' : ' or ')})`;
    case 'not':
      return `not (${expression(test.of)})`;
    case 'equal':
      return `${read(test.name)} == ${text(test.value)}`;
    case 'in':
      return `${read(test.name)} in ${text(test.values)}`;
    case 'includesText':
      return `contains(${read(test.name)}, ${text(test.text)})`;
    case 'range': {
      const edge = (bound: number | string): string | number =>
        typeof bound === 'string' ? read(bound) : bound;
      const least = test.from === null ? [] : [`${read(test.name)} >= ${edge(test.from)}`];
      const most = test.to === null ? [] : [`${read(test.name)} < ${edge(test.to)}`];
      return `(${[...least, ...most].join(' and ')})`;
    }
    case 'anyOf':
    case 'allOf': {
      const table = COLLECTED[test.name];
      const has = (item: string): string =>
        table
          ? `some(${table}, #.concludes == ${text(item)})`
          : `contains(${read(test.name)}, ${text(item)})`;
      return `(${test.items.map(has).join(test.kind === 'anyOf' ? ' or ' : ' and ')})`;
    }
    case 'within':
      return `all(${read(test.name)}, # in ${text(test.items)})`;
    case 'moreThan':
      return `len(${read(test.name)}) > ${test.count}`;
    case 'present':
      return present(test);
  }
}

function present({ name, as }: Extract<Test, { kind: 'present' }>): string {
  if (as === 'boolean') return `${read(name)} != null`;
  if (as === 'number') return `${read(name)} >= 0`;
  return as === 'text' ? `${read(name)} != ""` : `len(${COLLECTED[name] ?? read(name)}) > 0`;
}

const node = (id: string, type: string, content: object) => ({
  id,
  name: id,
  type,
  content,
  position: { x: 0, y: 0 },
});
const passOn = { inputField: null, executionMode: 'single' };

function table({ section, mode, rules }: PeerSection) {
  return node(section, 'decisionTableNode', {
    ...passOn,
    passThrough: true,
    outputPath: section,
    hitPolicy: mode,
    inputs: [{ id: 'when', name: 'when', type: 'expression' }],
    outputs: ['concludes', 'rule'].map((field) => ({ id: field, name: field, field })),
    rules: rules.map(({ rule, test }) => ({
      _id: rule.id,
      when: test === null ? '' : expression(test),
      concludes: text(rule.concludes),
      rule: text(rule.id),
    })),
  });
}

/** `evaluate` gives what holds, by section: one, or a list, with the rule's id. */
export function zenEngine(sections: readonly PeerSection[]) {
  const tables = sections.filter(({ rules }) => rules.length > 0);
  const expressions = tables.map(({ section }) => ({ id: section, key: section, value: section }));
  const nodes = [
    node('request', 'inputNode', {}),
    ...tables.map(table),
    node('conclusions', 'expressionNode', { ...passOn, passThrough: false, outputPath: null, expressions }),
    node('response', 'outputNode', {}),
  ];
  const edges = nodes
    .slice(1)
    .map(({ id }, i) => ({ id, type: 'edge', sourceId: nodes[i]?.id, targetId: id }));
  overrideConfig({ nodesInContext: false });
  const content = { contentType: 'application/vnd.gorules.decision', nodes, edges };
  const decision = new ZenEngine().createDecision(
    new ZenDecisionContent(Buffer.from(JSON.stringify(content))),
  );
  return {
    contextOf: (facts: CaseValues): { facts: CaseValues } => ({ facts }),
    evaluate: async (context: { facts: CaseValues }): Promise<Record<string, Rule[]>> =>
      heldOf(sections, (await decision.evaluate(context)).result),
    /** Without making rules of the answer: as fast as it goes. */
    run: (context: { facts: CaseValues }): Promise<unknown> => decision.evaluate(context),
  };
}

function heldOf(sections: readonly PeerSection[], result: unknown): Record<string, Rule[]> {
  const held = sections.map(({ section, rules }) => {
    const answer: unknown =
      typeof result === 'object' && result !== null ? Reflect.get(result, section) : null;
    const rows: unknown[] = Array.isArray(answer) ? answer : [answer];
    const ids = rows.map((row) =>
      typeof row === 'object' && row !== null ? Reflect.get(row, 'rule') : null,
    );
    return [section, rules.flatMap(({ rule }) => (ids.includes(rule.id) ? [rule] : []))] as const;
  });
  return Object.fromEntries(held);
}
