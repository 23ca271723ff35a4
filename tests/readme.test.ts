/** The README's example is asked as it stands there, and must be answered as it says. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { answerText } from '../src/commands/evaluate/answer-text.ts';
import { openIo } from '../src/commands/terminal/io.ts';
import { valueText } from '../src/engine/answer/wording.ts';
import { decide } from '../src/engine/decide.ts';
import { readFacts } from '../src/engine/facts/read-facts.ts';
import { keyOf, loadLibrary } from '../src/rule-files/load.ts';
import { AS_OF } from '../src/rulebook/basics.ts';
import { parseInstant } from '../src/rulebook/calendar.ts';

const english = readFileSync('README.md', 'utf8');
const japanese = readFileSync('README.ja.md', 'utf8');
const block = (text: string, fence: string, nth = 0): string =>
  [...text.matchAll(new RegExp(`\`\`\`${fence}\\n([\\s\\S]*?)\`\`\``, 'g'))][nth]?.[1] ?? '';

async function decideFor(request: { prefecture: string; incident: string; asOf: string; facts: unknown }) {
  const found = (await loadLibrary('rules')).ruleSets.get(keyOf(request.prefecture, request.incident));
  if (!found) throw new Error('no rule set');
  const asOf = parseInstant(request.asOf) ?? Number.NaN;
  const { facts } = readFacts(found.ruleSet.vocabulary, request.facts, asOf);
  if (!facts) throw new Error('bad facts');
  return { found, asOf, decision: await decide(found.program, facts, { explanation: false }) };
}

test('the request of the README is answered as the README says', async () => {
  const request = JSON.parse(/-d '(\{[\s\S]*?\})'/.exec(english)?.[1] ?? '');
  const { decision } = await decideFor(request);
  expect(decision).toMatchObject(JSON.parse(block(english, 'json')));
});

test('the Japanese README shows the answer as the command prints it', async () => {
  const facts: unknown = JSON.parse(block(japanese, 'json'));
  const { found, asOf, decision } = await decideFor({
    prefecture: 'yamaguchi',
    incident: '2023-02-24',
    asOf: '2023-04-15T12:00:00+09:00',
    facts,
  });
  const { title } = found.ruleSet;
  const io = openIo({ out: () => undefined, err: () => undefined, color: false, lang: 'ja' });
  const printed = answerText(io, { title, asOfText: valueText(AS_OF, asOf, found.ruleSet) }, decision);
  expect(printed).toContain(block(japanese, 'text').trim());
  expect(block(japanese, 'text').trim()).toContain(title);
});
