import { isUtf8 } from 'node:buffer';
import { type CaseFacts, readFacts } from '../engine/facts/read-facts.ts';
import { BoundedList, quoted } from '../rulebook/bounded-list.ts';
import { nearest } from '../rulebook/problems.ts';
import type { Vocabulary } from '../rulebook/vocabulary.ts';
import { isReference, readAsOf } from './case-fields.ts';
import { type CaseReader, GOOD } from './case-reader.ts';
import type { Chunk } from './chunks.ts';
import {
  badAsOf,
  badReference,
  type LineProblem,
  type LineProblems,
  lineProblem,
  notText,
  ofFact,
  tooLong,
} from './line-problem.ts';

export interface NdjsonOptions {
  /** For cases that name no instant; epoch milliseconds. */
  asOf: number;
  recordBytes: number;
  /** Whether everything but the reference is passed over. */
  referencesOnly?: boolean;
}

const LF = 0x0a;
const FIELDS = ['facts', 'reference', 'asOf'];
type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A case a line: { facts, reference?, asOf? }, or the facts alone; facts grouped or by dotted names. */
export class NdjsonCases implements CaseReader {
  line = 0;
  blank = 0;
  reference: string | null = null;
  problems: LineProblems = GOOD;
  facts: CaseFacts;

  private readonly vocabulary: Vocabulary;
  private readonly options: NdjsonOptions;
  private readonly noFacts: CaseFacts;
  private given: unknown = {};
  private bytes: Buffer = Buffer.alloc(0);
  private isUtf8 = true;
  private at = 0;
  private nextLine = 1;

  constructor(vocabulary: Vocabulary, options: NdjsonOptions) {
    this.vocabulary = vocabulary;
    this.options = options;
    const { facts } = readFacts(vocabulary, {}, options.asOf);
    if (!facts) throw new Error('no facts are always good facts');
    this.noFacts = facts;
    this.facts = facts;
  }

  begin({ bytes, line }: Chunk): void {
    this.bytes = bytes;
    this.isUtf8 = isUtf8(bytes);
    this.at = 0;
    this.nextLine = line;
    this.blank = 0;
  }

  next(): boolean {
    const { bytes } = this;
    while (this.at < bytes.length) {
      const start = this.at;
      const feed = bytes.indexOf(LF, start);
      const end = feed === -1 ? bytes.length : feed;
      this.at = end + 1;
      this.line = this.nextLine++;
      if (this.readLine(start, end)) return true;
      this.blank += 1;
    }
    return false;
  }

  keptFacts(): CaseFacts {
    return this.facts;
  }

  factsText(): string {
    return JSON.stringify(this.given);
  }

  /** false where there is nothing on the line. */
  private readLine(start: number, end: number): boolean {
    this.reference = null;
    const { recordBytes } = this.options;
    if (end - start > recordBytes) return this.refuse(tooLong(recordBytes));
    if (!this.isUtf8 && !isUtf8(this.bytes.subarray(start, end))) return this.refuse(notText('utf-8'));
    const text = this.bytes.toString('utf8', start, end);
    if (text.trim() === '') return false;
    let written: unknown;
    try {
      written = JSON.parse(text);
    } catch {
      return this.refuse(lineProblem('not-json', 'not JSON', 'JSON として読めません'));
    }
    if (!isObject(written))
      return this.refuse(lineProblem('wrong-type', 'must be an object', '一行に一件を { } で書いてください'));
    this.readCase(Object.hasOwn(written, 'facts') ? written : { facts: written });
    return true;
  }

  private readCase(written: Json): void {
    const problems = new BoundedList<LineProblem>();
    for (const key of Object.keys(written)) if (!FIELDS.includes(key)) problems.add(() => unknownKey(key));
    let { asOf } = this.options;
    if (written.asOf !== undefined) {
      const instant = typeof written.asOf === 'string' ? readAsOf(written.asOf) : null;
      if (instant === null) problems.add(() => badAsOf);
      else asOf = instant;
    }
    if (written.reference !== undefined) {
      if (typeof written.reference === 'string' && isReference(written.reference))
        this.reference = written.reference;
      else problems.add(() => badReference);
    }
    if (this.options.referencesOnly) {
      this.problems = GOOD;
      return;
    }
    this.given = grouped(written.facts, problems);
    const read = readFacts(this.vocabulary, this.given, asOf);
    problems.addAll({ listed: read.problems.map(ofFact), more: read.moreProblems });
    this.facts = read.facts ?? this.noFacts;
    this.problems = problems.listed.length === 0 ? GOOD : problems;
  }

  private refuse(problem: LineProblem): true {
    this.problems = { listed: [problem], more: 0 };
    return true;
  }
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
