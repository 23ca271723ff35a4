/** The solver's findings about small rule sets, against trying every case. */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prove } from '../../src/analysis/findings/prove.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { resolveExpression } from '../../src/engine/facts/values.ts';
import type { Rule, RuleSet } from '../../src/rulebook/rule-set.ts';
import { type SectionKind, sectionsOfKind } from '../../src/rulebook/sections.ts';
import { ruleSetOf } from '../engine/small.ts';
import { runs } from '../fixtures/runs.ts';
import { type Answered, answer, everyCase } from './enumeration.ts';
import { choices, choicesInTime, generated, generatedInTime, vocabulary } from './generated.ts';

/** What moving a deadline does, days on which the contact rests, deadlines that are over, and how rules are written are tried nowhere here. */
const UNTRIED: readonly string[] = [
  ...['deadline-without-effect', 'closed-on-deadline', 'unbound-deadline', 'could-be-one'],
];

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

/** Codes with what they are about, as sorted texts. */
function expected(ruleSet: RuleSet, all: readonly Answered[]): string[] {
  const found: string[] = [];
  const consistent = all.filter(({ isContradictory }) => !isContradictory);
  const some = (test: (one: Answered) => boolean): boolean => consistent.some(test);
  const inSection = (section: string): Rule[] => ruleSet.rules.filter((rule) => rule.section === section);
  const ofKind = (kind: SectionKind): Rule[] => ruleSet.rules.filter((rule) => rule.kind === kind);
  const note = (code: string, ...about: string[]): void => void found.push([code, ...about].join(' '));
  const name = ({ section, id }: Rule): string => `${section}/${id}`;

  if (consistent.length === 0) note('always-contradictory', ...inSection('contradictions').map(name));
  for (const rule of ruleSet.rules) {
    if (['state', 'claim', 'outcome', 'amount'].includes(rule.kind)) {
      if (rule.when === null || some(({ speaks }) => speaks(rule))) continue;
      note(some(({ holds }) => holds(rule)) ? 'shadowed' : 'never-holds', name(rule));
    } else {
      const relevant = rule.section === 'contradictions' ? all : consistent;
      if (!relevant.some(({ holds }) => holds(rule))) note('never-holds', name(rule));
    }
  }
  const usedByContradiction = JSON.stringify(inSection('contradictions').map(({ when }) => when)).includes(
    '"named"',
  );
  for (const condition of ruleSet.conditions.keys()) {
    const relevant = usedByContradiction ? all : consistent;
    if (!relevant.some(({ named }) => !named(condition))) note('always-true', `conditions/${condition}`);
    if (!relevant.some(({ named }) => named(condition))) note('always-false', `conditions/${condition}`);
  }
  const [a, b] = inSection('eligibility');
  if (a && b) {
    if (some(({ holds }) => holds(a)) && !some(({ holds }) => holds(a) !== holds(b)))
      note('same-meaning', name(a), name(b));
    const [onlyA, onlyB] = [
      some(({ holds }) => holds(a) && !holds(b)),
      some(({ holds }) => holds(b) && !holds(a)),
    ];
    if (some(({ holds }) => holds(a) && holds(b))) {
      if (onlyA === onlyB) note('overlap', name(a), name(b));
      else if (onlyB) note('contained', name(a), name(b));
      else note('contained', name(b), name(a));
    }
  }
  for (const rule of inSection('assumptions'))
    if (!some(({ holds }) => !holds(rule))) note('said-to-all', name(rule));
  for (const { name: section } of sectionsOfKind(ruleSet, 'state', 'claim', 'outcome')) {
    const last = inSection(section).at(-1);
    if (last && last.when === null && inSection(section).length > 1 && some(({ speaks }) => speaks(last)))
      note('falls-to-last', name(last));
  }
  for (const { name: section } of sectionsOfKind(ruleSet, 'state', 'claim', 'outcome')) {
    for (const word of new Set(inSection(section).map(({ concludes }) => concludes))) {
      const rules = inSection(section).filter(({ concludes }) => concludes === word);
      if (rules.length > 1 && !some(({ speaks }) => rules.some(speaks)))
        note('unreached', `${section}/${word}`);
    }
    const mentioned = [
      ...JSON.stringify(ruleSet.rules).matchAll(
        new RegExp(
          `"fact":"${section.replace('.', '\\.')}","operator":"[a-zA-Z]+","operand":{"kind":"literal","value":([^}]*),"text"`,
          'g',
        ),
      ),
    ];
    for (const word of new Set(mentioned.flatMap(([, value]) => [JSON.parse(value ?? '')].flat())))
      if (!inSection(section).some(({ concludes }) => concludes === word))
        note('unreached', `${section}/${word}`);
  }
  for (const state of ofKind('claim')) {
    const told =
      (key: 'nextSteps' | 'deadlines') =>
      ({ speaks }: Answered): boolean =>
        ruleSet.rules.some(
          (rule) =>
            ['outcome', 'state', 'claim', 'advice'].includes(rule.kind) &&
            rule[key].length > 0 &&
            speaks(rule),
        );
    const isIn =
      (section: string) =>
      ({ speaks }: Answered): boolean =>
        inSection(section).some(speaks);
    const gap = (test: (one: Answered) => boolean): boolean => some((one) => one.speaks(state) && test(one));
    if (state.concludes === 'unknown' && gap((one) => isIn('eligibility')(one) || isIn('remedies')(one)))
      note('no-claim-state', name(state));
    if (state.concludes === 'done') continue;
    if (gap((one) => isIn('eligibility')(one) && !isIn('remedies')(one) && !told('nextSteps')(one)))
      note('nothing-offered', name(state));
    if (gap((one) => isIn('remedies')(one) && !told('nextSteps')(one))) note('no-next-step', name(state));
    if (gap((one) => isIn('remedies')(one) && !told('deadlines')(one))) note('no-deadline', name(state));
  }
  for (const rule of ofKind('amount')) {
    const { value = null } = rule.amount ?? {};
    if (value && some(({ speaks, values }) => speaks(rule) && Number(resolveExpression(value, values)) < 0))
      note('negative-amount', name(rule));
  }
  for (const { name: section, remedy } of sectionsOfKind(ruleSet, 'amount')) {
    const amounts = inSection(section);
    const hasNone = ({ speaks }: Answered): boolean =>
      amounts.length > 0 && !amounts.some(speaks) && inSection('eligibility').some(speaks);
    for (const rule of inSection('remedies').filter(({ id }) => remedy === null || remedy === id))
      if (some((one) => one.speaks(rule) && hasNone(one))) note('no-amount', name(rule));
  }
  for (const { name: id, label, condition } of ruleSet.conditions.values())
    if (label === null && !(condition.kind === 'leaf' && condition.label))
      note('no-label', `conditions/${id}`);
  if (ruleSet.contact === null && some(({ speaks }) => inSection('remedies').some(speaks)))
    note('no-contact', 'contact');
  return found.sort();
}

const FAMILIES: [of: string, arbitrary: typeof generated, tried: typeof choices, usual: number][] = [
  ['all kinds', generated, choices, 120],
  ['what is counted', generatedInTime, choicesInTime, 60],
];

it.each(FAMILIES)(
  'finds what trying every case finds, and nothing else: %s',
  async (_, arbitrary, tried, usual) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ pool, written }) => {
        const ruleSet = ruleSetOf(written, vocabulary);
        const all = everyCase(pool, tried).map((values) => answer(ruleSet, values));
        const findings = await prove(ruleSet, solver);
        expect(findings.map(({ verdict }) => verdict)).not.toContain('undecided');
        const found = findings
          .filter(({ code }) => !UNTRIED.includes(code))
          .map(({ code, about }) => [code, ...about].join(' '));
        expect(found.sort()).toEqual(expected(ruleSet, all));
      }),
      { numRuns: runs(usual) },
    );
  },
  runs(600_000),
);
