/**
 * What an auditor does by hand: look up every pointer in the facts, every line in the rule file and every clause, with
 * nothing of the program.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { isMap, isNode, LineCounter, parse, parseDocument, visit } from 'yaml';
import type { Explanation } from '../../src/explanation/explanation.ts';
import type { FactValue } from '../../src/explanation/fact-values.ts';
import type { Excerpt } from '../../src/explanation/rule-lines.ts';
import type { ConditionInWords, RuleInWords } from '../../src/explanation/rules.ts';
import { splitWords } from '../../src/rulebook/word-texts.ts';
import { wordsOf } from '../support/words.ts';
import { type Case, casesOf, explained, logged, RULE_FILES, type Version, versionOf } from './logged.ts';

interface Sample {
  name: string;
  ruleFile: string;
  example: Case;
}

/** The first case of every outcome of every rule set. */
function samples(): Sample[] {
  const all = RULE_FILES.flatMap((ruleFile) =>
    casesOf(ruleFile).map((example) => ({ name: `${ruleFile} ${example.id}`, ruleFile, example })),
  );
  const kinds = all.map(({ ruleFile, example }) => `${ruleFile} ${example.expect.outcome}`);
  return all.filter((_, i) => kinds.indexOf(kinds[i] ?? '') === i);
}

/** RFC 6901; undefined where nothing is there. */
function lookUp(data: unknown, pointer: string): unknown {
  if (pointer === '') return data;
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const under = (value: unknown, step: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  return steps.reduce(under, data);
}

interface WrittenFact {
  type: string;
  unit?: string;
  values?: Record<string, string>;
  label: string;
  absent?: unknown;
}

/** How a person would read the value of a fact aloud. */
function aloud({ type, unit, values }: WrittenFact, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ';
  if (typeof value === 'number') return `${value.toLocaleString('en-US')}${type === 'yen' ? '円' : unit}`;
  if (Array.isArray(value)) return value.map((each) => values?.[each] ?? each).join('、') || 'なし';
  if (type !== 'instant') return values?.[String(value)] ?? String(value);
  const parts = new Intl.DateTimeFormat('ja-JP', {
    ...{ timeZone: 'Asia/Tokyo', year: 'numeric', month: 'numeric', day: 'numeric', weekday: 'short' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  }).formatToParts(new Date(String(value)));
  const part = (name: string): string => parts.find((each) => each.type === name)?.value ?? '';
  const seconds = part('second') === '00' ? '' : `:${part('second')}`;
  const day = `${part('year')}年${part('month')}月${part('day')}日(${part('weekday')})`;
  return `${day} ${part('hour')}:${part('minute')}${seconds}`;
}

/** The words of the guide for comparisons: behind a value, or as a key before it. */
const WORDS: Record<string, string> = {
  ...{ まで: 'onOrBefore', より前: 'before', から: 'onOrAfter', より後: 'after', と同じ: 'sameInstant' },
  ...{ 以上: 'greaterThanInclusive', より大きい: 'greaterThan', 以下: 'lessThanInclusive', 未満: 'lessThan' },
  ...{
    以外: 'notEqual',
    ある: 'isPresent',
    ない: 'isPresent',
    いずれでもない: 'notIn',
    を含む: 'includesText',
  },
  ...{
    すべてを含む: 'containsAll',
    だけ: 'subsetOf',
    件より多い: 'countGreaterThan',
    を含まない: 'doesNotContain',
  },
};

/** What `fact: value` may mean, as a person reads it: of a set a value is one that it contains. */
function readAloud(value: unknown): string[] {
  if (Array.isArray(value)) return ['in', 'containsAny'];
  if (typeof value === 'object' && value !== null) {
    const [key = ''] = Object.keys(value);
    return key === 'list' ? ['in', 'containsAny'] : [WORDS[key] ?? 'equal'];
  }
  const word =
    typeof value === 'string' ? Object.keys(WORDS).find((each) => value.endsWith(each)) : undefined;
  return word === undefined ? ['equal', 'contains'] : [WORDS[word] ?? ''];
}

interface Written {
  fact: unknown;
  operators: unknown[];
}

/** What a map of the file compares: in the long form one fact, in the short one those that are its keys. */
const comparedIn = (map: object): Written[] =>
  'operator' in map && 'fact' in map
    ? [{ fact: map.fact, operators: [map.operator] }]
    : Object.entries(map).map(([fact, value]) => ({ fact, operators: readAloud(value) }));

/** Of every comparison of a rule file, the number of the line on which it begins. */
function comparisonsOf(ruleText: string): (Written & { line: number })[] {
  const lineCounter = new LineCounter();
  const found: ReturnType<typeof comparisonsOf> = [];
  const document = parseDocument(ruleText, { lineCounter });
  visit(document, (_, node) => {
    if (!isMap(node)) return;
    const lineOf = (part: unknown): number =>
      lineCounter.linePos(isNode(part) ? (part.range?.[0] ?? 0) : 0).line;
    for (const [i, written] of comparedIn(node.toJS(document)).entries())
      found.push({ ...written, line: lineOf(node.has('operator') ? node : node.items[i]?.key) });
  });
  return found;
}

function raise(name: string): never {
  throw new Error(`there is no ${name}`);
}

function* within(value: unknown): Iterable<object> {
  if (typeof value !== 'object' || value === null) return;
  yield value;
  for (const each of Object.values(value)) yield* within(each);
}

interface Quoted {
  name: string;
  line: number;
  lines: Excerpt['lines'];
}

const rulesOf = ({ concluding, notConcluding }: Explanation): RuleInWords[] =>
  [...concluding, ...notConcluding].flatMap(({ rules }) => rules);

const sampled = samples();

it('the sample is 20 decisions or more, of all rule sets and every kind of outcome', () => {
  expect(sampled.length).toBeGreaterThanOrEqual(20);
  expect(new Set(sampled.map(({ ruleFile }) => ruleFile)).size).toBe(RULE_FILES.length);
  const outcomes = new Set(sampled.map(({ example }) => example.expect.outcome));
  for (const outcome of ['eligible', 'not-eligible', 'insufficient-information', 'contradictory-facts'])
    expect(outcomes).toContain(outcome);
});

/** Rule sets in hand: loading one takes longer than explaining a decision. */
const loaded = new Map(
  RULE_FILES.map((path): [string, { version: Version; comparisons: ReturnType<typeof comparisonsOf> }] => {
    const version = versionOf(path);
    return [path, { version, comparisons: comparisonsOf(version.ruleText) }];
  }),
);

describe.each(sampled)('$name', ({ ruleFile, example }) => {
  const { version, comparisons } = loaded.get(ruleFile) ?? raise(ruleFile);
  const lines = version.ruleText.split('\n');
  const file = parse(version.ruleText);
  const { shared, used } = splitWords(wordsOf(version.ruleText));
  const wordTexts = [shared, ...used.map(({ text }) => text)];
  const vocabulary: Record<string, WrittenFact> = {
    ...Object.assign({}, ...wordTexts.map((text) => parse(text).facts)),
    ...file.vocabulary?.facts,
  };
  let explanation: Explanation;
  beforeAll(async () => {
    explanation = await explained({ decision: await logged(version, example), ...version });
  });

  const checkLines = (written: Excerpt['lines']): void => {
    // Nothing that follows is quoted along.
    expect(written.at(-1)?.text).toMatch(/^\s*[^\s#]/);
    for (const { number, text } of written) expect(text).toBe(lines[number - 1]);
  };
  const checkClause = (clause: ConditionInWords['clause']): void => {
    if (clause === null) return;
    expect(file.clauses).toHaveProperty([clause.clause]);
    const { text, lines } = file.clauses[clause.clause];
    // A text that goes on on the next line has a space there for YAML, and none for a reader of Japanese.
    expect(clause.text.replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    expect(clause.noticeLines).toBe(String(lines));
  };
  const checkSeen = (seen: FactValue): void => {
    const written = vocabulary[seen.name];
    if (seen.pointer === null) {
      expect(written).toBeUndefined();
      expect(['asOf', 'conclusion']).toContain(seen.from);
      if (seen.from === 'asOf') expect(seen.text).toBe(aloud({ type: 'instant', label: '' }, example.asOf));
      return;
    }
    if (written === undefined) raise(seen.name);
    expect(seen.label).toBe(written.label);
    const given = lookUp(example.facts, seen.pointer);
    if (given !== undefined) {
      expect([seen.from, seen.value]).toEqual(['given', given]);
      expect(seen.text).toBe(aloud(written, given));
      return;
    }
    const { absent } = written;
    if (absent === undefined || absent === 'unknown') {
      expect([seen.from, seen.text, seen.value]).toEqual(['unknown', 'わからない', null]);
      return;
    }
    expect(seen.from).toBe('assumed');
    const all = Object.values(written.values ?? {}).join('、');
    const isNone = absent === 'none' && written.values?.none === undefined;
    expect(seen.text).toBe(isNone ? 'なし' : absent === 'all' ? all : aloud(written, absent));
  };

  interface Stated {
    id: string;
    clause?: unknown;
    outcome?: string;
    assumes?: Stated | Stated[];
  }
  const named: { rules: Stated[] }[] = Object.values(file.states ?? {});
  const states: Stated[] = [
    ...named.flatMap(({ rules }) => rules),
    ...['voucherState', 'claimState', 'outcome'].flatMap((each) => file[each] ?? []),
  ];
  /** The lines of outcomes and readings that stand on states. */
  const attached = new Set(
    lines.flatMap((text, i) => (/\boutcome: |\bassumes:|\bid: /.test(text) ? [i + 1] : [])),
  );
  /** The rules of a section, which may be a state or the amounts of a remedy of the file's naming. */
  const writtenIn = (section: string) => {
    const [group = '', name = ''] = section.split('.');
    if (group === 'states') return file.states[name].rules;
    if (group === 'amount' && name !== '')
      return [file.remedies.find(({ id }: { id: string }) => id === name).amount].flat();
    return file[section] ?? [];
  };
  /** A rule of a section, or what stands on a state for one, with the clause that counts for it. */
  const writtenRule = (section: string, id: string): { written: unknown; clause: unknown } => {
    const isIt = (each: { id: string }): boolean => each.id === id;
    const own = writtenIn(section).find(isIt);
    if (own) return { written: own, clause: own.clause };
    if (section === 'outcome') {
      const state = states.find((each) => isIt(each) && each.outcome !== undefined) ?? raise(id);
      return { written: state, clause: state.clause };
    }
    for (const state of states)
      for (const reading of [state.assumes ?? []].flat())
        if (isIt(reading)) return { written: reading, clause: reading.clause ?? state.clause };
    return raise(`${section}/${id}`);
  };

  it('every condition is where it is said to be, and saw what it is said to have seen', () => {
    const conditions = rulesOf(explanation).flatMap((rule) => rule.conditions);
    expect(conditions.length).toBeGreaterThan(0);
    for (const condition of conditions) {
      const { seen, operator, line, lines: quoted, clause, comparedWith } = condition;
      for (const each of [seen, ...comparedWith]) checkSeen(each);
      const isMeant = ({ fact, operators }: Written): boolean =>
        fact === seen.name && operators.includes(operator);
      checkLines(quoted);
      expect(quoted.map(({ number }) => number)).toContain(line);
      checkClause(clause);
      // An outcome or a reading that stands on a state: what it compares is that it stands there.
      if (seen.name.endsWith('.rule') && attached.has(line)) continue;
      // An amount of a remedy: that it is the remedy's.
      if (seen.name === 'remedy' && operator === 'contains' && /\bid: /.test(lines[line - 1] ?? '')) continue;
      expect(
        comparisons.some((each) => each.line === line && isMeant(each)),
        `${seen.name} ${operator} ${line}`,
      ).toBe(true);
      // The lines quoted are whole: read on their own, they hold the comparison.
      const alone = parse(quoted.map(({ text }) => text).join('\n'));
      expect([...within(alone)].flatMap(comparedIn).some(isMeant)).toBe(true);
    }
  });

  it('every rule is where it is said to be, and rests on the clauses that are quoted', () => {
    for (const rule of rulesOf(explanation)) {
      const [section = '', id = ''] = rule.rule.split('/');
      const { written, clause } = writtenRule(section, id);
      expect(clause === undefined ? [] : [clause].flat()).toEqual(rule.clauses.map((each) => each.clause));
      for (const each of rule.clauses) checkClause(each);
      expect(lines[rule.line - 1]).toMatch(new RegExp(`\\bid: ${id}\\b`));
      checkLines(rule.lines);
      const alone = parse(rule.lines.map(({ text }) => text).join('\n'));
      expect([...within(alone)]).toContainEqual(written);
    }
  });

  it('what the conditions refer to is quoted whole', () => {
    const conditions = rulesOf(explanation).flatMap((rule) => rule.conditions);
    const check = (
      kind: 'conditions' | 'deadlines',
      quoted: readonly Quoted[],
      referredTo: readonly { name: string; line: number }[],
    ): void => {
      expect(new Set(quoted.map(({ name }) => name))).toEqual(new Set(referredTo.map(({ name }) => name)));
      for (const { name, line, lines: written } of quoted) {
        checkLines(written);
        expect(parse(written.map(({ text }) => text).join('\n'))).toEqual({ [name]: file[kind][name] });
        for (const each of referredTo) if (each.name === name) expect(each.line).toBe(line);
      }
    };
    const { namedConditions, deadlines } = explanation;
    check(
      'conditions',
      namedConditions,
      conditions.flatMap(({ through }) => through.flat()),
    );
    check(
      'deadlines',
      deadlines.map(({ id, ...rest }) => ({ ...rest, name: id })),
      conditions.flatMap((each) => each.deadlines),
    );
    for (const { clauses } of deadlines) for (const clause of clauses) checkClause(clause);
  });

  it('every fact that was given is shown, and every other said to be missing', () => {
    const { facts } = explanation;
    const shown = [...facts.given, ...facts.assumed, ...facts.unknown];
    for (const seen of shown) checkSeen(seen);
    expect(shown.map(({ name }) => name).sort()).toEqual(Object.keys(vocabulary).sort());
  });
});
