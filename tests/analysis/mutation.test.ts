/** Small mistakes in a rule file, and the cases that notice them. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCasesFile } from '../../src/analysis/cases/cases-file.ts';
import { knownAnswers } from '../../src/analysis/cases/decide-case.ts';
import { mutantsOf, readMutant } from '../../src/analysis/mutation/mutants.ts';
import { affectedCases, detectMutant, type Fate, mutate } from '../../src/analysis/mutation/mutate.ts';
import { suggest } from '../../src/analysis/mutation/suggest.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { compile } from '../../src/engine/program.ts';
import { readSource } from '../../src/rulebook/read-rule-set.ts';
import { longForm } from '../../src/rulebook/short-form.ts';
import { parseSource } from '../../src/rulebook/source.ts';
import { fixture, RULE_FILE, smallVocabulary, vocabularyOf } from '../rulebook/fixtures.ts';
import { allWords } from '../support/words.ts';
import { casesOf, category, equal, flag, mutableOf, other, type Small } from './small-cases.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

type Written = Record<string, unknown>;

const idsOf = (written: Written): string[] => {
  const { source, program } = mutableOf(written);
  return mutantsOf(source, program.ruleSet).map(({ id }) => id);
};
/** Those of the part of the file that a test is about. */
const idsAbout = (written: Written, start: string): string[] =>
  idsOf(written).filter((id) => id.startsWith(start));

async function fates(written: Written, ...cases: Small[]): Promise<Map<string, Fate>> {
  const { mutated } = await mutate(mutableOf(written), casesOf(...cases), async () => solver);
  return new Map(mutated.map(({ mutant, fate }) => [mutant.id, fate]));
}

const deadlines = {
  day: { until: '2023-04-28', label: '期限', clause: 'C1' },
  minute: { from: '2023-05-02 09:00', label: '開始', clause: 'C1' },
  counted: { until: { after: { fact: 'case.startedAt' }, days: 8 }, label: '8日', clause: 'C1' },
};
const claimState = [{ id: 'waiting', nextSteps: ['apply', 'ask'], deadlines: ['day'] }];
const isAfter = (deadline: string) => ({ fact: 'asOf', operator: 'after', value: { deadline } });
const contact = {
  ...{ id: 'centre', name: '窓口', tel: '0120-000-000', clause: 'C1', hoursText: '平日 10:00～18:00' },
  hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: 'closed', open: '10:00', close: '18:00' }],
};

describe('the mutants of a file', () => {
  it('move each deadline by its smallest unit', () => {
    expect(idsAbout({ deadlines }, 'deadlines/')).toEqual([
      'deadlines/day/until:earlier',
      'deadlines/day/until:later',
      'deadlines/minute/from:earlier',
      'deadlines/minute/from:later',
      'deadlines/counted/until:earlier',
      'deadlines/counted/until:later',
    ]);
    const { source, program, vocabulary } = mutableOf({ deadlines });
    const moved = mutantsOf(source, program.ruleSet).flatMap((mutant) => {
      const read = mutant.id.startsWith('deadlines') ? readMutant(source, mutant, vocabulary) : null;
      return read
        ? [[...read.deadlines.values()].map(({ from, until }) => JSON.stringify([from, until])).join()]
        : [];
    });
    expect(moved).toHaveLength(6);
    for (const [i, part] of ['-04-27', '-04-29"', '08:59', '09:01', '"days":7', '"days":9'].entries())
      expect(moved[i]).toContain(part);
  });

  it('move each number by one, and turn each comparison round and at its edge', () => {
    const when = {
      fact: 'case.paidYen',
      operator: 'greaterThan',
      value: { sum: [{ fact: 'case.refundedYen' }, 5] },
    };
    expect(idsAbout({ eligibility: category({ all: [when, flag] }) }, 'eligibility/')).toEqual([
      'eligibility/A/when:any',
      'eligibility/A/when/all/0:negated',
      'eligibility/A/when/all/0:dropped',
      'eligibility/A/when/all/0/operator:edge',
      'eligibility/A/when/all/0/value/sum/1:less',
      'eligibility/A/when/all/0/value/sum/1:more',
      'eligibility/A/when/all/1:dropped',
      'eligibility/A/when/all/1/operator:negated',
    ]);
  });

  it('name in Japanese what is compared how, as the guide does', () => {
    const { source, program } = mutableOf({
      deadlines,
      eligibility: category({ all: [isAfter('day'), flag] }),
    });
    const edge = mutantsOf(source, program.ruleSet).find(({ id }) => id.endsWith('operator:edge'));
    expect(edge?.ja).toMatch(/境目を変える（「[^a-z]+」を「[^a-z]+」に）/i);
  });

  it('drop brands, steps, deadlines, items and members of lists, and the contact', () => {
    const found = idsOf({
      ...{ deadlines, claimState, contact, brands: { x: 'エックス', y: 'ワイ' } },
      information: { papers: { label: '書類', clause: 'C1', items: { a: '甲', b: '乙' } } },
      eligibility: category({ fact: 'case.kind', operator: 'in', value: ['one', 'two'] }),
      advice: [{ id: 'papers', when: flag, requiredInformation: 'papers' }],
    }).filter((id) => id.endsWith(':dropped'));
    expect(found).toEqual(
      expect.arrayContaining([
        'brands/x:dropped',
        'claimState/waiting/nextSteps/apply:dropped',
        'claimState/waiting/deadlines/day:dropped',
        'information/papers/items/a:dropped',
        'advice/papers/requiredInformation:dropped',
        'eligibility/A/when/value/one:dropped',
        'contact:dropped',
        'contact/hours/0/days/mon:dropped',
      ]),
    );
  });

  it('take one condition and one deadline for another, all for any, and put rules below the next', () => {
    const found = idsOf({
      ...{ deadlines: { ...deadlines, later: { until: '2023-05-28', label: '次の期限', clause: 'C1' } } },
      conditions: { one: { label: '一', ...flag }, two: { label: '二', ...other } },
      eligibility: category({ any: [{ condition: 'one' }, { all: [{ condition: 'two' }, isAfter('day')] }] }),
      claimState: [
        { id: 'over', concludes: 'waiting', when: isAfter('day'), deadlines: ['day'] },
        { id: 'open', concludes: 'waiting', when: flag },
        { id: 'waiting' },
      ],
    });
    expect(found).toEqual(
      expect.arrayContaining([
        'eligibility/A/when:all',
        'eligibility/A/when/any/1:any',
        'eligibility/A/when/any/0:dropped',
        'eligibility/A/when/any/1/all/1:dropped',
        'eligibility/A/when/any/0/condition:another',
        'eligibility/A/when/any/1/all/1/value/deadline:another',
        'claimState/over/deadlines/day:another',
        'claimState/over:below',
      ]),
    );
    // The last rule has no condition, and so has to be the last; a deadline with a beginning is of another kind.
    expect(found).not.toContain('claimState/open:below');
    expect(found.filter((id) => id.startsWith('deadlines/minute') && id.endsWith('another'))).toEqual([]);
  });

  it('turn each flag round, move each month, and miswrite the contact', () => {
    const counted = { after: { fact: 'case.startedAt' }, months: 2, endOfMonth: true };
    const found = idsOf({
      ...{ contact, claimState },
      deadlines: {
        ...deadlines,
        counted: { until: counted, label: '翌々月末', clause: 'C1', enquiries: true },
      },
      amount: [{ id: 'fixed', yen: 100, final: false }],
    });
    expect(found).toEqual(
      expect.arrayContaining([
        'deadlines/counted/enquiries:false',
        'deadlines/counted/until/endOfMonth:false',
        'deadlines/counted/until/months:earlier',
        'deadlines/counted/until/months:later',
        'amount/fixed/final:true',
        ...['name', 'tel', 'hoursText'].map((key) => `contact/${key}:miswritten`),
      ]),
    );
  });

  it('have names of their own, and the lines of what they change', () => {
    const { source, program } = mutableOf({ deadlines, claimState, contact });
    const mutants = mutantsOf(source, program.ruleSet);
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
    const lines = source.text.split('\n');
    for (const { id, position } of mutants) {
      const written = { 'deadlines/day/until:later': '2023-04-28', 'contact/hours/0/open:later': '10:00' }[
        id
      ];
      if (written) expect(lines[position.line - 1]).toContain(written);
    }
    expect(mutants.map(({ id }) => id)).toContain('contact/hours/0/open:later');
  });
});

describe('a mutant', () => {
  const written = {
    deadlines,
    claimState,
    outcome: [{ id: 'denied', when: isAfter('day') }, { id: 'granted' }],
  };
  const [lastDay, nextDay] = ['2023-04-28T23:59:00+09:00', '2023-04-29T00:00:00+09:00'];

  it('is noticed where what a case expects no longer comes', async () => {
    const found = await fates(
      written,
      { facts: { flag: true }, asOf: lastDay, expect: { outcome: 'granted' } },
      { facts: { flag: true }, asOf: nextDay, expect: { outcome: 'denied' } },
    );
    const earlier = found.get('deadlines/day/until:earlier');
    expect(earlier?.kind === 'noticed' && earlier.by.id).toBe('case-1');
    const later = found.get('deadlines/day/until:later');
    expect(later?.kind === 'noticed' && later.by.id).toBe('case-2');
  });

  it('lives where a case has another answer and does not ask for it', async () => {
    const found = await fates(written, {
      facts: { flag: true },
      asOf: lastDay,
      expect: { outcome: 'granted' },
    });
    const fate = found.get('deadlines/day/until:later');
    expect(fate?.kind === 'alive' && fate.unasked?.add).toEqual({
      deadlineTexts: { day: '2023年4月28日(金)まで' },
    });
    const step = found.get('claimState/waiting/nextSteps/ask:dropped');
    expect(step?.kind === 'alive' && step.unasked?.add).toEqual({ nextSteps: ['apply', 'ask'] });
  });

  it('lives where there is a case that nobody wrote', async () => {
    const found = await fates(
      { ...written, eligibility: category({ all: [flag, other] }) },
      { facts: { flag: false, other: false }, expect: { categories: [] } },
    );
    const fate = found.get('eligibility/A/when/all/1/operator:negated');
    expect(fate?.kind === 'alive' && fate.unasked).toBe(null);
    expect(fate?.kind === 'alive' && fate.example?.facts.case?.flag).toBe(true);
  });

  it('that changes no answer is proved to mean the same', async () => {
    // Who has the flag is taken by the first, whatever the second says of it.
    const outcome = [
      { id: 'denied', when: flag },
      { id: 'granted', when: { any: [other, flag] } },
      { id: 'review' },
    ];
    const found = await fates(
      { outcome },
      { facts: { flag: true, other: true }, expect: { outcome: 'denied' } },
    );
    expect(found.get('outcome/granted/when/any/0/operator:negated')?.kind).toBe('alive');
    const same = await fates(
      {
        advice: [
          { id: 'a', when: flag, nextSteps: ['ask'] },
          { id: 'b', when: flag, nextSteps: ['ask'] },
        ],
      },
      { facts: { flag: true } },
    );
    expect(same.get('advice/b/nextSteps/ask:dropped')?.kind).toBe('same');
  });

  it('that is no sound rule file is found by the check', async () => {
    const excluded = { papers: { label: '書類', clause: 'C1', items: { a: '甲', b: '乙' } } };
    const advice = [{ id: 'a', when: flag, requiredInformation: { list: 'papers', only: ['a'] } }];
    const found = await fates({ information: excluded, advice }, { facts: {} });
    expect(found.get('information/papers/items/a:dropped')?.kind).toBe('found-by-check');
  });

  it('may be accepted with a reason; what needs no reason is said', async () => {
    const accepted = [
      { finding: 'mutant', about: ['contact/hours/0/open:later'], reason: '理由' },
      { finding: 'mutant', about: ['contact:dropped'], reason: '理由' },
      { finding: 'overlap', about: ['A', 'B'], reason: '理由' },
    ];
    const noon = '2023-04-28T12:00:00+09:00';
    const cases = casesOf({ facts: {}, asOf: noon, expect: { contact: { openNow: true } } });
    const { mutated, needless } = await mutate(mutableOf({ contact, accepted }), cases, async () => solver);
    const fateOf = (id: string) => mutated.find(({ mutant }) => mutant.id === id)?.fate;
    expect(fateOf('contact/hours/0/open:later')).toEqual({ kind: 'accepted', reason: '理由' });
    expect(fateOf('contact:dropped')?.kind).toBe('noticed');
    expect(needless.map(({ about }) => about)).toEqual([['contact:dropped']]);
    const closing = fateOf('contact/hours/0/close:later');
    expect(closing?.kind === 'alive' && closing.example?.asOf).toMatch(/T18:00:00\+09:00$/);
  });
});

it('passes over no case that could notice a mutant', async () => {
  const file = 'rules/sample/network-outage-2024.yaml';
  const vocabulary = vocabularyOf(allWords());
  const written = parseSource(file, readFileSync(file, 'utf8'));
  const { ruleSet } = readSource(written, vocabulary);
  const casesFile = file.replace('.yaml', '.cases.yaml');
  const { cases } = readCasesFile(casesFile, readFileSync(casesFile, 'utf8'));
  if (!ruleSet || !cases) throw new Error('the sample cannot be read');
  const source = longForm(written, ruleSet.vocabulary);
  const known = await knownAnswers(compile(ruleSet), cases.cases);
  let passedOver = 0;
  for (const mutant of mutantsOf(source, ruleSet)) {
    const other = readMutant(source, mutant, vocabulary);
    if (other === null) continue;
    const touched = new Set(affectedCases(mutant, other, known));
    const rest = known.filter((one) => !touched.has(one));
    passedOver += rest.length;
    expect([mutant.id, await detectMutant(other, rest)]).toEqual([mutant.id, { by: null, unasked: null }]);
  }
  expect(passedOver).toBeGreaterThan(1000);
});

describe('suggested cases', () => {
  const written = {
    ...{ deadlines, claimState, contact, brands: { x: 'エックス', y: 'ワイ' } },
    eligibility: category({ all: [flag, other, { not: isAfter('day') }] }),
    advice: [{ id: 'more', when: equal('case.kind', 'two'), nextSteps: ['ask'] }],
    remedies: [
      {
        id: 'points',
        clause: 'C1',
        label: 'ポイント',
        when: { fact: 'category', operator: 'isPresent', value: true },
        brands: 'all',
      },
    ],
    assumptions: [
      { id: 'G1', text: 'みなし', when: { fact: 'outcome', operator: 'equal', value: 'granted' } },
    ],
  };

  it('close everything, with the answers of the engine, and are not asked for again', async () => {
    const mutable = mutableOf(written);
    const file = casesOf({ facts: { flag: true, other: true }, expect: { outcome: 'granted' } });
    const { cases, additions, open } = await suggest(mutable, file, solver);
    expect(open).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
    expect(additions.map(({ example }) => example.id)).toEqual(['case-1']);
    const [first] = file.cases;
    if (!first) throw new Error('there is a case');
    const added = { ...first, expect: { ...first.expect, ...additions[0]?.expect } };
    expect(Object.keys(added.expect).length).toBeGreaterThan(1);
    const complete = { ...file, cases: [added, ...cases] };
    expect(await suggest(mutable, complete, solver)).toEqual({ cases: [], additions: [], open: [] });
  });
});

it('of a table each amount is changed, and the condition of its rule once; all are read', () => {
  const written = parseSource(RULE_FILE, fixture('everything.yaml'));
  const { ruleSet } = readSource(written, smallVocabulary());
  if (!ruleSet) throw new Error('the fixture cannot be read');
  const source = longForm(written, ruleSet.vocabulary);
  const mutants = mutantsOf(source, ruleSet).filter(({ id }) => id.startsWith('amount/by-kind'));
  expect(mutants.map(({ id }) => id.slice('amount/by-kind.'.length))).toEqual([
    'one.ge48/yen:less',
    'one.ge48/yen:more',
    'one.ge24-lt48/yen:less',
    'one.ge24-lt48/yen:more',
    'one.ge48/when/all/0:negated',
    'one.ge48/when/all/0/condition:another',
  ]);
  for (const mutant of mutants) expect(readMutant(source, mutant, smallVocabulary())).not.toBeNull();
});
