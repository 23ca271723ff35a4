/** What makes a file a draft, and what that allows. */
import { expect, it } from 'vitest';
import { placeholderLines, seemsDraft } from '../../src/rulebook/draft.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { fixture, RULE_FILE, smallVocabulary } from './fixtures.ts';

const served = fixture('rules.yaml');
const draft = served.replace(/^incident:.*$/m, '$&\nstatus: draft');
const marked = draft.replace(/^title:.*$/m, 'title: 〔要記入〕題');
const NEXT = RULE_FILE.replace('.yaml', '.draft.yaml');
const read = (file: string, text: string, origin: 'file' | 'past' = 'file') => {
  const { ruleSet, problems } = readRuleSet(file, text, smallVocabulary(), origin);
  return { isDraft: ruleSet?.isDraft ?? null, codes: problems.map(({ code }) => code) };
};

it.each<[name: string, file: string, text: string, isDraft: boolean | null, codes: string[]]>([
  ['a served file', RULE_FILE, served, false, []],
  ['a draft', RULE_FILE, draft, true, []],
  ['one with something to be filled in', RULE_FILE, marked, true, []],
  ['one beside the served file', NEXT, draft, true, []],
  ['the same when it is no draft any more', NEXT, served, null, ['file-name-mismatch']],
  ['a mark that is left', RULE_FILE, marked.replace('status: draft\n', ''), null, ['placeholder']],
  ['another status', RULE_FILE, draft.replace('status: draft', 'status: drft'), null, ['wrong-shape']],
])('%s', (_, file, text, isDraft, codes) => expect(read(file, text)).toEqual({ isDraft, codes }));

it('a text that was stored stays readable', () =>
  expect(read(RULE_FILE, marked.replace('status: draft\n', ''), 'past')).toEqual({
    isDraft: false,
    codes: [],
  }));

it('of a broken file its name and its line tell', () => {
  expect(seemsDraft('a.yaml', 'x: [\nstatus: draft # 下書き\n')).toBe(true);
  expect(seemsDraft('a.yaml', 'x: [\nstatus: "draft"\r\n')).toBe(true);
  expect(seemsDraft('a.draft.yaml', 'x: [')).toBe(true);
  expect(seemsDraft('a.yaml', 'x: [\n# status: draft\nnote: "status: draft"\n  status: draft\n')).toBe(false);
});

it('marks are looked for in values and comments', () =>
  expect(placeholderLines('a: 〔要記入〕\nb: 1\nc: 2 # 〔要記入〕 〔要記入〕\n')).toEqual([1, 3]));
