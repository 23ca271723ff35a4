/**
 * One condition, decided by json-rules-engine. The only importer of it.
 *
 * json-rules-engine knows true and false; a condition here also knows "cannot be told". So each is given to it as two
 * rules, with every `not` moved to the parts: once as "holds" and once as "fails". A part that is unknown satisfies
 * neither, and so does the condition. One priority: nothing is short-circuited. One engine per condition and run: an
 * engine shared by runs that overlap skips rules silently as soon as one run ends while another is about to begin.
 */
import { Engine, type NestedCondition, type RuleResult, type TopLevelCondition } from 'json-rules-engine';
import type { Operator } from '../rulebook/operators.ts';
import type { Condition, Leaf } from '../rulebook/rule-set.ts';
import { type Truth, truthOf } from './operators.ts';
import type { Value, Wanted } from './values.ts';

/** What json-rules-engine is to see of a part: the two sides of a comparison, or the truth of a named condition and true. */
export interface Sides {
  left: Value;
  right: Wanted;
}

export interface Outcome {
  truth: Truth;
  /** The parts that made it so: those that hold, those that fail, or those that cannot be told. */
  mattered: readonly number[];
}

export interface RuleRunner {
  run(sidesOf: (part: number) => Sides): Promise<Outcome>;
}

/** What a part of a condition is. */
export type Told = Leaf | Extract<Condition, { kind: 'named' }>;

const FAILS = 'fails:';

/** `placeOf` numbers the parts, from 0. */
export function createRuleRunner(condition: Condition, placeOf: (part: Told) => number): RuleRunner {
  const places = new Set<number>();
  const operators = new Set<Operator>();
  const build = (node: Condition, rail: 'holds' | 'fails'): NestedCondition => {
    switch (node.kind) {
      case 'leaf':
      case 'named': {
        const place = placeOf(node);
        places.add(place);
        const operator = node.kind === 'leaf' ? node.operator : 'equal';
        operators.add(operator);
        return {
          name: String(place),
          fact: `left:${place}`,
          operator: rail === 'holds' ? operator : FAILS + operator,
          value: { fact: `right:${place}` },
        };
      }
      case 'not':
        return build(node.of, rail === 'holds' ? 'fails' : 'holds');
      default: {
        const of = node.of.map((part) => build(part, rail));
        return (node.kind === 'all') === (rail === 'holds') ? { all: of } : { any: of };
      }
    }
  };
  // json-rules-engine wants a group at the top.
  const top = (rail: 'holds' | 'fails'): TopLevelCondition => ({ all: [build(condition, rail)] });
  const [holds, fails] = [top('holds'), top('fails')];
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
  return {
    async run(sidesOf) {
      const facts: Record<string, unknown> = {};
      for (const place of places) {
        const { left, right } = sidesOf(place);
        facts[`left:${place}`] = left;
        facts[`right:${place}`] = right;
      }
      // Not kept: what it says is remembered, so it is seldom asked again.
      const { results, failureResults } = await newEngine().run(facts);
      const [result] = results;
      if (results.length > 1) throw new Error('a condition held and failed at once');
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

/** The parts under a condition that succeeded, by way of conditions that succeeded. */
function succeeded(node: ResultNode): number[] {
  if (node.result !== true) return [];
  return node.all || node.any ? succeededBelow(node) : [Number(node.name)];
}

/** json-rules-engine leaves the result of a rule's topmost group unset. */
const succeededBelow = ({ all, any }: ResultNode): number[] => (all ?? any ?? []).flatMap(succeeded);

/** The parts that succeed on neither rail. */
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
