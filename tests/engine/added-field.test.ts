/** The exercise of docs/contributing.md: a field added to the table is everywhere, and older logs are read as before. */

import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { casesFileSchema } from '../../src/analysis/cases/cases-file.ts';
import { summaryOf, unmetExpectations } from '../../src/analysis/cases/decide-case.ts';
import { answerChanges } from '../../src/analysis/diff/answer-changes.ts';
import { replay as replayDecision } from '../../src/audit/replay.ts';
import { answerText } from '../../src/commands/evaluate/answer-text.ts';
import { openIo } from '../../src/commands/terminal/io.ts';
import { answerJsonSchema, readLoggedAnswer } from '../../src/engine/answer/answer-schema.ts';
import { decide } from '../../src/engine/decide.ts';
import { storedRules } from '../../src/rule-files/stored-rules.ts';
import { casesOf, explained, logged, RULE_FILES, versionOf } from '../explanation/logged.ts';
import { wordsOf } from '../support/words.ts';
import { factsOf } from './small.ts';

vi.mock('../../src/engine/answer/fields/conclusions.ts', async (original) => {
  const { CONCLUSIONS } = await original<typeof import('../../src/engine/answer/fields/conclusions.ts')>();
  // The mock is made before the imports above.
  const zod = await import('zod');
  const { field } = await import('../../src/engine/answer/field.ts');
  const summary = field({
    schema: zod.z.string(),
    whereAbsent: '',
    make: ({ conclusion: { outcome } }) => `要約 ${outcome}`,
    says: [{ label: { ja: '要約', en: 'summary' }, items: (text: string) => (text === '' ? [] : [text]) }],
  });
  return { CONCLUSIONS: { ...CONCLUSIONS, summary } };
});

const [, FILE] = RULE_FILES;
const version = versionOf(FILE);
const { program } = version;
const [example] = casesOf(FILE);
if (!example) throw new Error('no case');
const decision = await decide(program, factsOf(program, example.facts, example.asOf), { explanation: false });
const summary = `要約 ${decision.outcome}`;
const withSummary = await logged(version, example);
const { summary: _, ...members } = z.looseObject({}).parse(JSON.parse(withSummary.answer));
/** As it was logged before there was the field. */
const older = { ...withSummary, answer: JSON.stringify(members) };

it('is in the answer, its JSON, its schema and the terminal', () => {
  expect(decision).toMatchObject({ summary });
  expect(JSON.parse(withSummary.answer)).toMatchObject({ summary });
  expect(answerJsonSchema()).toMatchObject({ properties: { summary: { type: 'string' } } });
  const io = openIo({ lang: 'en', color: false, out() {}, err() {} });
  expect(answerText(io, { title: '', asOfText: '' }, decision)).toContain(`\nSummary  ${summary}\n`);
});

it('can be expected by a case', () => {
  const file = (expected: object) => ({
    ...{ prefecture: 'p', incident: 'i' },
    cases: [{ id: 'a', title: 't', asOf: example.asOf, facts: {}, expect: expected }],
  });
  expect(casesFileSchema.safeParse(file({ summary })).success).toBe(true);
  expect(casesFileSchema.safeParse(file({ summary: 1 })).success).toBe(false);
  expect(casesFileSchema.parse(file({})).cases[0]?.expect).toEqual({});
  const said = summaryOf(decision, program.ruleSet);
  expect(unmetExpectations({ summary }, said)).toEqual([]);
  expect(unmetExpectations({ summary: '別' }, said).map(({ field }) => field)).toEqual(['summary']);
});

it('is told by explanations, and of answers that differ', async () => {
  const { answered } = await explained({ decision: withSummary, ...version });
  expect(answered).toContainEqual({ field: '要約', values: [summary] });
  const other = readLoggedAnswer(withSummary.answer.replace(summary, '別'));
  if (other === null) throw new Error('no answer');
  expect(answerChanges(other.decision, decision)).toEqual([
    { field: { ja: '要約', en: 'summary' }, removed: ['別'], added: [summary] },
  ]);
});

it('does not make an older decision look changed', async () => {
  const { isSame, answered } = await explained({ decision: older, ...version });
  expect(isSame).toBe(true);
  expect(answered.map(({ field }) => field)).not.toContain('要約');
  expect(readLoggedAnswer(older.answer)?.decision).toMatchObject({ summary: '' });
});

it('lets an older decision replay the same, and a missing field of before not', async () => {
  const { prefecture, incident } = program.ruleSet;
  const ruleText = readFileSync(FILE, 'utf8');
  const vocabularyText = wordsOf(ruleText);
  const texts = { prefecture, incident, ruleText, vocabularyText, commit: null, authoredAt: null };
  const store = { findVersion: async (_: string, __: string, version: string) => ({ ...texts, version }) };
  const rules = { store, readStored: storedRules() };
  const seal = { chain: '', seq: 1, factsHash: '', answerHash: '', previous: '', hash: '' };
  const replay = (answer: object) =>
    replayDecision(rules, {
      ...older,
      ...seal,
      outcome: '',
      categories: [],
      salt: '',
      answer: JSON.stringify(answer),
    });
  expect(await replay(members)).toEqual({ result: 'same' });
  const { reasons: __, ...incomplete } = members;
  expect(await replay(incomplete)).toMatchObject({ differences: [{ pointer: '/reasons' }] });
});
