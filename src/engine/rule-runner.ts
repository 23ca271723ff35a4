/**
 * One rule, decided by json-rules-engine. The only importer of it.
 *
 * json-rules-engine knows true and false; a rule here also knows "cannot be told". So each rule is given to it twice,
 * with every `not` moved to the leaves: once as "holds" and once as "fails". A leaf whose fact is unknown satisfies
 * neither, and so does the rule. One priority: nothing is short-circuited. One engine per rule and run: an engine
 * shared by runs that overlap skips rules silently as soon as one run ends while another is about to begin.
 */
import { Engine, type NestedCondition, type RuleResult, type TopLevelCondition } from 'json-rules-engine';
import type { Operator } from '../rulebook/operators.ts';
import type { Condition, Leaf, RuleSet } from '../rulebook/rule-set.ts';
import { type Truth, truthOf } from './operators.ts';
import type { Value, Wanted } from './values.ts';

/** The two sides of a leaf's comparison, as json-rules-engine is to see them. */
export interface Sides {
  left: Value;
  right: Wanted;
}

export interface RuleOutcome {
  truth: Truth;
  /** Indexes of the leaves that made it so: those that hold, those that fail, or those that cannot be told. */
  mattered: readonly number[];
}

export interface RuleRunner {
  /** Indexes into the rule set's leaves, each once. */
  leaves: readonly number[];
  run(sides: (leaf: number) => Sides): Promise<RuleOutcome>;
}

const FAILS = 'fails:';

export function createRuleRunner(
  condition: Condition,
  ruleSet: Pick<RuleSet, 'conditions'>,
  indexOf: (leaf: Leaf) => number,
): RuleRunner {
  const leaves = new Set<number>();
  const operators = new Set<Operator>();
  const build = (node: Condition, rail: 'holds' | 'fails'): NestedCondition => {
    switch (node.kind) {
      case 'leaf': {
        const index = indexOf(node);
        leaves.add(index);
        operators.add(node.operator);
        const operator = rail === 'holds' ? node.operator : FAILS + node.operator;
        return { name: String(index), fact: `left:${index}`, operator, value: { fact: `right:${index}` } };
      }
      case 'not':
        return build(node.of, rail === 'holds' ? 'fails' : 'holds');
      case 'named': {
        const named = ruleSet.conditions.get(node.name);
        if (!named) throw new Error(`condition ${node.name} is not in the rule set`);
        return build(named.condition, rail);
      }
      default: {
        const of = node.of.map((part) => build(part, rail));
        return (node.kind === 'all') === (rail === 'holds') ? { all: of } : { any: of };
      }
    }
  };
  // json-rules-engine wants a group at the top.
  const top = (rail: 'holds' | 'fails'): TopLevelCondition => ({ all: [build(condition, rail)] });
  const [holds, fails] = [top('holds'), top('fails')];
  const indexes = [...leaves];
  const newEngine = (): Engine => {
    const engine = new Engine();
    for (const name of operators) {
      engine.addOperator(name, (left: Value, right: Wanted) => truthOf(name, left, right) === 'true');
      engine.addOperator(
        FAILS + name,
        (left: Value, right: Wanted) => truthOf(name, left, right) === 'false',
      );
    }
    engine.addRule({ name: 'holds', conditions: holds, event: { type: 'holds' } });
    engine.addRule({ name: 'fails', conditions: fails, event: { type: 'fails' } });
    return engine;
  };
  // INVARIANT: an engine here has finished its run.
  const idle: Engine[] = [];

  return {
    leaves: indexes,
    async run(sides) {
      const facts: Record<string, unknown> = {};
      for (const index of indexes) {
        const { left, right } = sides(index);
        facts[`left:${index}`] = left;
        facts[`right:${index}`] = right;
      }
      const engine = idle.pop() ?? newEngine();
      const { results, failureResults } = await engine.run(facts);
      idle.push(engine);
      const [result] = results;
      if (results.length > 1) throw new Error('a rule held and failed at once');
      if (!result) return { truth: 'unknown', mattered: undecided(failureResults) };
      return {
        truth: result.name === 'holds' ? 'true' : 'false',
        mattered: [...new Set(succeededBelow(result.conditions))],
      };
    },
  };
}

interface ResultNode {
  name?: string;
  result?: boolean;
  all?: ResultNode[];
  any?: ResultNode[];
}

/** The leaves under a condition that succeeded, by way of conditions that succeeded. */
function succeeded(node: ResultNode): number[] {
  if (node.result !== true) return [];
  return node.all || node.any ? succeededBelow(node) : [Number(node.name)];
}

/** json-rules-engine leaves the result of a rule's topmost group unset. */
const succeededBelow = ({ all, any }: ResultNode): number[] => (all ?? any ?? []).flatMap(succeeded);

/** The leaves that succeed on neither rail. */
function undecided(results: RuleResult[]): number[] {
  const truths = new Map<number, boolean>();
  const collect = (node: ResultNode): void => {
    const parts = node.all ?? node.any;
    if (parts) parts.forEach(collect);
    else truths.set(Number(node.name), (truths.get(Number(node.name)) ?? false) || node.result === true);
  };
  for (const result of results) collect(result.conditions);
  return [...truths].filter(([, told]) => !told).map(([index]) => index);
}
