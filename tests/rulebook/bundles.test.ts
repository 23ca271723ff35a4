/** Guidance that is named once is as if it were written in each rule that names it. */
import { describe, expect, it } from 'vitest';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { fixture, RULE_FILE, smallVocabulary, summary } from './fixtures.ts';

const base = fixture('rules.yaml')
  .replace(
    'eligibility:',
    'information:\n  papers: { clause: C1, items: { a: 甲 } }\n  more: { clause: C1, items: { b: 乙 } }\neligibility:',
  )
  .replace(
    '- { id: denied,',
    '- { id: review, when: in-time, requiredInformation: more }\n  - { id: denied,',
  );
const GUIDANCE = `guidance:
  desk: { nextSteps: [ask], deadlines: [application], requiredInformation: papers }
  form: { nextSteps: [apply] }
`;
const read = (waiting: string, guidance = GUIDANCE) =>
  readRuleSet(
    RULE_FILE,
    guidance + base.replace('- id: waiting', `- { id: waiting, ${waiting} }`),
    smallVocabulary(),
  );
function guided(waiting: string, guidance?: string) {
  const { ruleSet, problems } = read(waiting, guidance);
  const rule = ruleSet?.rules.find(({ id }) => id === 'waiting');
  expect(problems.filter(({ code }) => code !== 'unused')).toEqual([]);
  const { nextSteps, deadlines, information } = rule ?? {};
  return { nextSteps, deadlines, information };
}

describe('is what is written out', () => {
  it.each<[guide: string, written: string]>([
    ['guide: desk', 'nextSteps: [ask], deadlines: [application], requiredInformation: papers'],
    ['guide: [desk, form]', 'nextSteps: [ask, apply], deadlines: [application], requiredInformation: papers'],
    ['guide: form, nextSteps: [ask]', 'nextSteps: [apply, ask]'],
    [
      'guide: desk, nextSteps: [ask, apply]',
      'nextSteps: [ask, apply], deadlines: [application], requiredInformation: papers',
    ],
    [
      'guide: desk, requiredInformation: more',
      'nextSteps: [ask], deadlines: [application], requiredInformation: more',
    ],
  ])('%s', (guide, written) => expect(guided(guide)).toEqual(guided(written, '')));
});

it('what is wrong is told where it is written', () => {
  const codes = (waiting: string, guidance: string) => {
    const { problems } = read(waiting, guidance);
    return summary(problems).filter(
      ({ at, code }) => code !== 'unused' || at.startsWith('2:') || at.startsWith('3:'),
    );
  };
  expect(codes('guide: dsk', GUIDANCE)).toMatchObject([
    { code: 'unused', at: '2:3' },
    { code: 'unused', at: '3:3' },
    { code: 'unknown-word', suggestion: 'desk' },
  ]);
  expect(codes('guide: [desk, form]', GUIDANCE.replace('[ask]', '[aks]'))).toEqual([
    { code: 'unknown-word', at: '2:23', suggestion: 'ask' },
  ]);
  expect(
    codes(
      'guide: [desk, form]',
      GUIDANCE.replace('requiredInformation: papers', 'requiredInformation: paper'),
    ),
  ).toEqual([{ code: 'unknown-list', at: '2:76', suggestion: 'papers' }]);
});
