/** The page and the text: the same rules in both, and nothing in them that the rules or the caller could write. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/explanation/explanation.ts';
import { explanationHtml } from '../../src/explanation/html.ts';
import type { RuleInWords } from '../../src/explanation/rules.ts';
import { explanationText } from '../../src/explanation/text.ts';
import { descendants, parseXml, visibleText } from '../notice/xml.ts';
import { fixture, RULE_FILE, smallVocabulary } from '../rulebook/fixtures.ts';
import { casesOf, explained, LOGGED, logged, RULE_FILES, versionOf } from './logged.ts';

const rulesOf = ({ concluding, notConcluding }: Explanation): RuleInWords[] =>
  [...concluding, ...notConcluding].flatMap(({ rules }) => rules);
/** The body of a page as XML. */
const bodyOf = (html: string) => parseXml(/<body>[\s\S]*<\/body>/.exec(html)?.[0] ?? '');
const squeezed = (text: string): string => text.replaceAll(/\s+/g, '');

describe.each(RULE_FILES)('%s', (file) => {
  const version = versionOf(file);
  let explanation: Explanation;
  let html: string;
  let text: string;
  beforeAll(async () => {
    const [example] = casesOf(file);
    if (!example) throw new Error('no case');
    explanation = await explained({ decision: await logged(version, example), ...version });
    html = explanationHtml(explanation);
    text = explanationText(explanation);
  });

  it('is well formed, needs nothing from elsewhere, and can be read aloud', () => {
    const elements = descendants(bodyOf(html));
    expect(html).toMatch(/^<!doctype html>\n<html lang="ja">/);
    expect(html).not.toMatch(/<(script|link|img|iframe|object|embed)\b|@import|url\(|\bsrc=/);
    const named = (name: string) => elements.filter((element) => element.name === name);
    expect(named('h1')).toHaveLength(1);
    for (const table of named('table')) expect(table.children[0]?.name).toBe('caption');
    for (const cell of named('th')) expect(cell.attributes.scope).toMatch(/^(col|row)$/);
    const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = elements.flatMap(({ attributes }) => [
      ...(attributes.href ? [attributes.href.replace('#', '')] : []),
      ...(attributes['aria-labelledby'] ? [attributes['aria-labelledby']] : []),
    ]);
    expect(targets.length).toBeGreaterThan(10);
    for (const target of targets) expect(ids).toContain(target);
    const levels = elements.flatMap(({ name }) => (/^h\d$/.test(name) ? [Number(name.slice(1))] : []));
    for (const [i, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1);
  });

  it('tells the same rules in the same order as page and as text', () => {
    const told = (said: string): string[] => said.match(/規則 [\w/.-]+・\d+行目/g) ?? [];
    const wanted = rulesOf(explanation).map(({ rule, line }) => `規則 ${rule}・${line}行目`);
    expect(told(visibleText(html))).toEqual(wanted);
    expect(told(text)).toEqual(wanted);
  });

  it('hides no rule that concluded, and folds the others', () => {
    const folded = descendants(bodyOf(html)).filter(({ name }) => name === 'details');
    const inFolds = folded.map((element) => element.text).join();
    for (const { rules } of explanation.concluding)
      for (const { rule } of rules) expect(inFolds).not.toContain(`規則 ${rule}・`);
    for (const { rules } of explanation.notConcluding)
      for (const { rule } of rules) expect(inFolds).toContain(`規則 ${rule}・`);
  });

  it('shows every condition whole, in both', () => {
    const page = squeezed(visibleText(html));
    const plain = squeezed(text);
    for (const { conditions, clauses, lines } of rulesOf(explanation)) {
      for (const condition of conditions) {
        const { seen, wantedText, clause, metText, comparedWith } = condition;
        const facts = [seen, ...comparedWith];
        const said = [wantedText, metText, clause?.text ?? '', ...facts.map(({ pointer }) => pointer ?? '')];
        const written = [...condition.lines, ...lines].map((line) => line.text);
        for (const each of [...said, ...written, ...clauses.map((quote) => quote.text)]) {
          expect(page).toContain(squeezed(each));
          expect(plain).toContain(squeezed(each));
        }
      }
    }
  });

  it('says that it is the answer that was given', () => {
    for (const said of [visibleText(html), text]) {
      expect(said).toContain('記録された回答と同じです');
      expect(said).not.toContain('ご注意');
      expect(said).not.toMatch(/undefined|\[object|NaN/);
    }
  });
});

it('warns before anything else where the answer would be another', async () => {
  const [file] = RULE_FILES;
  const version = versionOf(file);
  const [example] = casesOf(file);
  if (!example) throw new Error('no case');
  const decision = await logged(version, example);
  const answer = JSON.stringify({ ...JSON.parse(decision.answer), outcome: 'x', outcomeLabel: '別の結論' });
  const explanation = await explained({ decision: { ...decision, answer }, ...version });
  for (const said of [visibleText(explanationHtml(explanation)), explanationText(explanation)]) {
    const [warning, head] = [said.indexOf('ご注意'), said.indexOf(LOGGED.id)];
    expect(warning).toBeGreaterThan(0);
    expect(warning).toBeLessThan(head);
    expect(said).toContain(
      `記録された回答の結論は「別の結論」、判定し直した結果の結論は「${explanation.difference?.outcome.again}」です`,
    );
    expect(said).not.toContain('記録された回答と同じです');
  }
});

describe('texts of the rules and of the caller', () => {
  const EVIL = `</code><script>alert(1)</script>&"'\u001b[31m`;
  const NAMES = ['見本の告知', '対象の方', '長かった方', '返金', '申請期限', '期限内'];
  const explainWith = async (evil: string, note: string): Promise<Explanation> => {
    const text = NAMES.reduce(
      (before, name) => before.replaceAll(`: ${name}`, `: ${JSON.stringify(evil + name)}`),
      fixture('everything.yaml'),
    );
    const version = versionOf(RULE_FILE, text, smallVocabulary());
    const facts = { case: { note, hours: 48, startedAt: '2023-04-01T00:00:00+09:00' } };
    const decision = await logged(version, { asOf: '2023-04-15T12:00:00+09:00', facts });
    return explained({ decision: { ...decision, reference: note }, ...version });
  };

  it('are no markup', async () => {
    const elements = (html: string): string[] => descendants(bodyOf(html)).map(({ name }) => name);
    const printable = EVIL.replace('\u001b', '');
    const page = explanationHtml(await explainWith(printable, EVIL));
    expect(elements(page)).toEqual(elements(explanationHtml(await explainWith('', 'plain'))));
    for (const name of NAMES) expect(visibleText(page)).toContain(printable + name);
    expect(visibleText(page)).toContain(EVIL.replace('\u001b', '\ufffd'));
  });

  it('begin no part of the text, and command no terminal', async () => {
    const text = explanationText(await explainWith('', `${EVIL}\n■ 回答の内容\r\n  結論`));
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(text.match(/^■ 回答の内容/gm)).toHaveLength(1);
  });
});
