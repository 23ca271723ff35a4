import { isUtf8 } from 'node:buffer';
import { readFacts } from '../engine/facts/read-facts.ts';
import { REPEATED_KEY, repeatedKey, repeatedKeyWords } from '../engine/facts/repeated-key.ts';
import { factsToLog, SAID_LISTS, type SaidOfFacts } from '../engine/facts/said-facts.ts';
import { isObject } from '../rulebook/basics.ts';
import { BoundedList, quoted } from '../rulebook/bounded-list.ts';
import { readInstant } from '../rulebook/calendar.ts';
import { nearest } from '../rulebook/problems.ts';
import type { Vocabulary } from '../rulebook/vocabulary.ts';
import { type CaseReader, GOOD, isReference, only, type ReadCase, type ReadOptions } from './case-reader.ts';
import type { LineProblem } from './line-problem.ts';
import { badAsOf, badReference, lineProblem, notText, ofFact, tooLong } from './line-problem.ts';

const LF = 0x0a;
const FIELDS = ['facts', 'reference', 'asOf', ...SAID_LISTS];

const notJson = lineProblem('not-json', 'not JSON', 'JSON として読めません');
const notObject = lineProblem('wrong-type', 'must be an object', '一行に一件を { } で書いてください');

/** A case a line: { facts, reference?, asOf?, cannotTell?, none? }, or the facts alone; facts grouped or by dotted names. */
export function ndjsonCases(vocabulary: Vocabulary, options: ReadOptions): CaseReader {
  const { recordBytes, referencesOnly } = options;
  const noFacts = readFacts(vocabulary, {}, options.asOf).facts;
  if (!noFacts) throw new Error('no facts are always good facts');
  const nothing = { reference: null, facts: noFacts, problems: GOOD, factsText: () => '{}' };

  function readLine(bytes: Buffer, line: number): ReadCase | null {
    const refused = (problem: LineProblem): ReadCase => ({ ...nothing, line, problems: only(problem) });
    if (bytes.length > recordBytes) return refused(tooLong(recordBytes));
    if (!isUtf8(bytes)) return refused(notText('utf-8'));
    const text = bytes.toString();
    if (text.trim() === '') return null;
    let written: unknown;
    try {
      written = JSON.parse(text);
    } catch {
      return refused(notJson);
    }
    if (!isObject(written)) return refused(notObject);
    const isWhole = Object.hasOwn(written, 'facts');
    const repeated = repeatedKey(text, written);
    if (repeated !== null) {
      const { ja, en } = repeatedKeyWords(repeated);
      const pointer = `${isWhole ? '' : '/facts'}${repeated.pointer}`;
      return refused(lineProblem(REPEATED_KEY, en, ja, pointer));
    }
    return readCase(line, isWhole ? written : { facts: written });
  }

  function readCase(line: number, written: Record<string, unknown>): ReadCase {
    const problems = new BoundedList<LineProblem>();
    for (const key of Object.keys(written)) if (!FIELDS.includes(key)) problems.add(() => unknownKey(key));
    const asOf = typeof written.asOf === 'string' ? readInstant(written.asOf) : null;
    if (written.asOf !== undefined && asOf === null) problems.add(() => badAsOf);
    const isNamed = typeof written.reference === 'string' && isReference(written.reference);
    if (written.reference !== undefined && !isNamed) problems.add(() => badReference);
    const named = { ...nothing, line, reference: isNamed ? String(written.reference) : null };
    if (referencesOnly) return named;
    const given = grouped(written.facts, problems);
    const said = saidIn(written, problems);
    const read = readFacts(vocabulary, given, asOf ?? options.asOf, said);
    const { facts, problems: wrong, moreProblems } = read;
    problems.addAll({ listed: wrong.map(ofFact), more: moreProblems });
    return {
      ...named,
      facts: facts ?? nothing.facts,
      problems,
      factsText: () => JSON.stringify(factsToLog(given, said)),
    };
  }

  return {
    *read({ bytes, line: first }) {
      for (let at = 0, line = first; at < bytes.length; line++) {
        const feed = bytes.indexOf(LF, at);
        const end = feed === -1 ? bytes.length : feed;
        yield readLine(bytes.subarray(at, end), line);
        at = end + 1;
      }
    },
  };
}

/** Names of facts without a value. */
function saidIn(written: Record<string, unknown>, problems: BoundedList<LineProblem>): SaidOfFacts {
  const said: SaidOfFacts = {};
  for (const list of SAID_LISTS) {
    const names = written[list];
    if (names === undefined) continue;
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) said[list] = names;
    else problems.add(() => notNames(list));
  }
  return said;
}

/** `group.name` beside or instead of { group: { name } }. */
function grouped(facts: unknown, problems: BoundedList<LineProblem>): unknown {
  if (!isObject(facts) || !Object.keys(facts).some((key) => key.includes('.'))) return facts;
  const groups = new Map<string, unknown>(Object.entries(facts).filter(([key]) => !key.includes('.')));
  /** Of the groups that are written with dots. */
  const membersOf = new Map<string, Map<string, unknown>>();
  for (const [key, value] of Object.entries(facts)) {
    const dot = key.indexOf('.');
    if (dot === -1) continue;
    const [group, member] = [key.slice(0, dot), key.slice(dot + 1)];
    const written = groups.get(group) ?? {};
    if (!isObject(written)) continue;
    const members = membersOf.get(group) ?? new Map(Object.entries(written));
    if (members.has(member)) problems.add(() => givenTwice(key));
    membersOf.set(group, members.set(member, value));
    groups.set(group, written);
  }
  for (const [group, members] of membersOf) groups.set(group, Object.fromEntries(members));
  return Object.fromEntries(groups);
}

const notNames = (list: string): LineProblem =>
  lineProblem(
    'wrong-type',
    `${list} must be an array of names of facts`,
    `${list} には事実の名前を並べてください`,
    `/${list}`,
  );
const unknownKey = (key: string): LineProblem => ({
  ...lineProblem('unknown-key', `a case has no "${quoted(key)}"`, `「${quoted(key)}」という項目はありません`),
  suggestion: nearest(key, FIELDS),
});
function givenTwice(name: string): LineProblem {
  const shown = quoted(name);
  const pointer = `/facts/${shown.replace('.', '/')}`;
  return lineProblem(
    'duplicate-fact',
    `${shown} is given twice`,
    `「${shown}」が二度書かれています`,
    pointer,
  );
}
