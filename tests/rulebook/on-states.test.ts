/** An outcome or a reading of the notice that stands on a state is as if it were written in its own section. */
import { describe, expect, it } from 'vitest';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { fixture, RULE_FILE, smallVocabulary, summary } from './fixtures.ts';

const IN_TIME = '{ id: waiting, when: in-time';
const file = (waiting: string, { outcome = '', assumptions = '' } = {}): string =>
  fixture('rules.yaml')
    .replace('- id: waiting', `- ${IN_TIME}${waiting} }\n  - { id: closed, clause: C1 }`)
    .replace('  - id: granted', `${outcome}  - id: granted`)
    .concat(assumptions && `assumptions:\n${assumptions}`);
const read = (...written: Parameters<typeof file>) =>
  readRuleSet(RULE_FILE, file(...written), smallVocabulary());

/** All that was read of the rules, but for where it stands. */
function rulesOf(ruleSet: RuleSet | null) {
  return JSON.parse(
    JSON.stringify(ruleSet?.rules ?? null, (key, value) => (key === 'position' ? undefined : value)),
  );
}
const same = (a: Parameters<typeof file>, b: Parameters<typeof file>) => {
  const [one, other] = [read(...a), read(...b)];
  expect([one.problems, other.problems]).toEqual([[], []]);
  expect(rulesOf(one.ruleSet)).toEqual(rulesOf(other.ruleSet));
};
const TAKEN = 'when: { claimState.rule: waiting }';

describe('is what is written out', () => {
  it('an outcome, behind those with conditions and before the last', () =>
    same(
      [', outcome: denied, clause: C1'],
      [', clause: C1', { outcome: `  - { id: waiting, concludes: denied, clause: C1, ${TAKEN} }\n` }],
    ));
  it('a reading, with the clause of its state', () =>
    same(
      [', clause: C1, assumes: { id: R1, text: 甲とした。 }'],
      [', clause: C1', { assumptions: `  - { id: R1, clause: C1, text: 甲とした。, ${TAKEN} }\n` }],
    ));
  it('several readings, with clauses of their own, before those of the section', () => {
    const own = '  - { id: R3, text: 丙とした。, when: in-time }\n';
    same(
      [
        ', assumes: [{ id: R1, text: 甲とした。 }, { id: R2, clause: C1, text: 乙とした。 }]',
        { assumptions: own },
      ],
      [
        '',
        {
          assumptions: `  - { id: R1, text: 甲とした。, ${TAKEN} }\n  - { id: R2, clause: C1, text: 乙とした。, ${TAKEN} }\n${own}`,
        },
      ],
    );
  });
  it('a reading on an outcome', () => {
    const outcome = (assumes: string) => ({
      outcome: `  - { id: late, concludes: denied, when: in-time${assumes} }\n`,
    });
    same(
      ['', outcome(', assumes: { id: R1, text: 甲とした。 }')],
      [
        '',
        { ...outcome(''), assumptions: '  - { id: R1, text: 甲とした。, when: { outcome.rule: late } }\n' },
      ],
    );
  });
});

describe('what is wrong is told where it is written', () => {
  const problems = (...written: Parameters<typeof file>) => {
    const lines = file(...written).split('\n');
    return summary(read(...written).problems).map(({ code, at, suggestion }) => {
      const [line = 0, column = 0] = at.split(':').map(Number);
      return [code, lines[line - 1]?.slice(column - 1).split(/[\s,}\]]/)[0], suggestion];
    });
  };
  it.each<[what: string, written: Parameters<typeof file>, wanted: unknown]>([
    ['no such outcome', [', outcome: denid'], [['unknown-word', 'denid', 'denied']]],
    ['no such clause', [', assumes: { id: R1, clause: C9, text: 甲 }'], [['unknown-clause', 'C9', 'C1']]],
    [
      'no such clause of the state, told once',
      [', clause: C9, outcome: denied'],
      [['unknown-clause', 'C9', 'C1']],
    ],
    ['a reading without its text', [', assumes: { id: R1 }'], [['missing-key', 'assumes:', null]]],
    [
      'two readings of one name',
      [', assumes: { id: R1, text: 甲 }', { assumptions: '  - { id: R1, text: 乙, when: in-time }\n' }],
      [['duplicate-id', 'R1', null]],
    ],
    [
      'an outcome named as one with a condition',
      [', outcome: denied', { outcome: '  - { id: waiting, concludes: denied, when: in-time }\n' }],
      [['duplicate-id', 'waiting', null]],
    ],
    [
      'a step of a bundle that several rules name, told once',
      [
        ', guide: desk }\n  - { id: other, concludes: waiting, when: in-time, guide: desk',
        { assumptions: '  []\nguidance: { desk: { nextSteps: [aks] } }\n' },
      ],
      [['unknown-word', 'aks', 'ask']],
    ],
    [
      'the guidance of an outcome behind it',
      ['', { outcome: '  - { id: late, concludes: denied, when: in-time, guide: dsk }\n' }],
      [['unknown-word', 'dsk', null]],
    ],
    [
      'the last outcome, which such ones come before',
      [
        ', outcome: denied',
        { outcome: '  - { id: x, concludes: denid, when: in-time, nextSteps: [aks] }\n' },
      ],
      [
        ['unknown-word', 'denid', 'denied'],
        ['unknown-word', 'aks', 'ask'],
      ],
    ],
  ])('%s', (_, written, wanted) => expect(problems(...written)).toEqual(wanted));

  it('an outcome on another kind of state', () => {
    const text = fixture('rules.yaml').replace('{ id: denied,', '{ id: denied, outcome: denied,');
    const found = readRuleSet(RULE_FILE, text, smallVocabulary()).problems;
    expect(summary(found)).toMatchObject([{ code: 'unknown-key' }]);
  });
});
