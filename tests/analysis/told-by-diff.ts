/** What the closing sentence of `diff` claims, held against two answers to one case. */
import type { Change } from '../../src/analysis/diff/changes.ts';
import type { Diff } from '../../src/analysis/diff/diff.ts';
import { ASPECTS, type AspectName, COMPARED, type Decision } from '../../src/engine/answer/fields.ts';
import { type RuleSet, YEN } from '../../src/rulebook/rule-set.ts';
import { sectionOfClaim } from '../../src/rulebook/sections.ts';

export type Answers = readonly [was: Decision, is: Decision];
type Pair = readonly [before: RuleSet, after: RuleSet];

/** Does the sentence claim anything of a case in which these facts are given? */
export const isClaimedOf = ({ differences, absentOtherwise }: Diff, given: ReadonlySet<string>): boolean =>
  differences.every(({ verdict }) => verdict === 'refuted') &&
  absentOtherwise.every((fact) => given.has(fact));

/**
 * Every change that the diff denies. With facts missing nothing is proved of the answer itself, but its certain outcome is that
 * of everybody it may be about; and where nobody's answer changes, neither can it.
 */
export function deniedChanges({ differences }: Diff, pair: Pair, answers: Answers): string[] {
  const told = new Set(differences.map((one) => keyOf(one)));
  const isOnlyOutcome = isPartial(answers) && differences.length > 0;
  const found = isOnlyOutcome ? outcomeOfAll(pair, answers) : changesBetween(pair, answers);
  return found.map(keyOf).filter((key) => !told.has(key));
}

export const isPartial = (answers: Answers): boolean =>
  answers.some(({ missingFacts }) => missingFacts.length > 0);
export const isContradictory = ({ contradictions }: Decision): boolean => contradictions.length > 0;

function outcomeOfAll(pair: Pair, answers: Answers): Change[] {
  const isCertain = pair.every(
    ({ vocabulary: { whenUnknown, whenContradictory } }, i) =>
      ![whenUnknown.outcome, whenContradictory.outcome].includes(answers[i]?.outcome ?? ''),
  );
  return isCertain ? fieldChanges('outcome', pair, answers) : [];
}

function changesBetween(pair: Pair, answers: Answers): Change[] {
  const [was, is] = answers.map(isContradictory);
  if (was !== is) return [{ kind: is ? 'newly-contradictory' : 'no-longer-contradictory' }];
  if (was) return [];
  const [categoriesBefore, categoriesAfter] = answers.map(({ categories }) => categories.length);
  const always: Change[] = [...movedDeadlines(answers), ...otherAmounts(answers, 'value')];
  if (!categoriesBefore && categoriesAfter) always.push({ kind: 'newly-covered' });
  if (categoriesBefore && !categoriesAfter) always.push({ kind: 'no-longer-covered' });
  // Below the first level at which something changes, all else is a consequence.
  for (const level of [1, 2, 3]) {
    const fields = [...COMPARED].flatMap(([name, field]) => (field.level[0] === level ? name : []));
    const found = fields.flatMap((name) => fieldChanges(name, pair, answers));
    if (level === 3) found.push(...otherAmounts(answers, 'remark'));
    if (found.length > 0) return [...always, ...found];
  }
  return always;
}

function fieldChanges(field: AspectName, [before, after]: Pair, [was, is]: Answers): Change[] {
  const [old, recent] = [partsOf(field, was, before), partsOf(field, is, after)];
  if (COMPARED.get(field)?.isWord) {
    const [[from = null], [to = null]] = [old, recent];
    return from === to ? [] : [{ kind: 'changed', field, from, to }];
  }
  return [
    ...recent.filter((what) => !old.includes(what)).map((what): Change => ({ kind: 'added', field, what })),
    ...old.filter((what) => !recent.includes(what)).map((what): Change => ({ kind: 'removed', field, what })),
  ];
}

/** As the diff calls them: a word, ids, `remedy/brand`, `section/state`, or the texts of assumptions. */
function partsOf(field: AspectName, answer: Decision, ruleSet: RuleSet): string[] {
  if (field === 'assumptions')
    return answer.assumptions.filter(({ fact }) => fact === undefined).map(({ text }) => text);
  const value = ASPECTS.find(({ name }) => name === field)?.expect?.read(answer, ruleSet);
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [String(value)];
  if (Array.isArray(value)) return value.map(String);
  const sectionOf = (id: string): string =>
    field === 'states' ? `states.${id}` : field === 'claims' ? sectionOfClaim(id) : id;
  return Object.entries(value).flatMap(([id, parts]) =>
    [parts].flat().map((part) => `${sectionOf(id)}/${part}`),
  );
}

const movedDeadlines = ([was, is]: Answers): Change[] =>
  was.deadlines.flatMap((old): Change[] => {
    const recent = is.deadlines.find(({ id }) => id === old.id);
    if (!recent || old.approximate || recent.approximate) return [];
    const isMoved = old.startsAt !== recent.startsAt || old.endsAt !== recent.endsAt;
    return isMoved ? [{ kind: 'deadline-moved', deadline: old.id }] : [];
  });

interface Quantity {
  value: number | null;
  unit: string;
  final: boolean;
}

/** Of each remedy, and of the whole where it does not follow from them: more, less, or otherwise said to be so much. */
function otherAmounts([was, is]: Answers, what: 'value' | 'remark'): Change[] {
  const [old, recent] = [amountsOf(was), amountsOf(is)];
  const changed = [...new Set([...old.keys(), ...recent.keys()])].filter(
    (remedy) => JSON.stringify(old.get(remedy)) !== JSON.stringify(recent.get(remedy)),
  );
  const followed = changed.filter((remedy) => remedy !== null || changed.length === 1);
  return followed.flatMap((remedy): Change[] => {
    const [a, b] = [old.get(remedy), recent.get(remedy)];
    if (what === 'remark') return remarkOf(a) === remarkOf(b) ? [] : [{ kind: 'amount-otherwise', remedy }];
    const [before, after] = [a?.value ?? null, b?.value ?? null];
    if (before === null || after === null || before === after) return [];
    return [{ kind: before < after ? 'amount-raised' : 'amount-lowered', remedy }];
  });
}

const remarkOf = (amount: Quantity | undefined): string =>
  amount ? `${amount.value === null} ${amount.final} ${amount.unit}` : 'none';

function amountsOf({ amount, remedies }: Decision): Map<string | null, Quantity> {
  const found = new Map<string | null, Quantity>();
  if (amount) found.set(null, { value: amount.yen, unit: YEN, final: amount.final });
  for (const remedy of remedies) if (remedy.amount) found.set(remedy.id, remedy.amount);
  return found;
}

function keyOf(change: Change): string {
  if ('remedy' in change) return `${change.kind} ${change.remedy ?? 'whole'}`;
  if ('deadline' in change) return `${change.kind} ${change.deadline}`;
  if (change.kind === 'changed') return `${change.field} ${change.from} → ${change.to}`;
  return 'what' in change ? `${change.kind} ${change.field} ${change.what}` : change.kind;
}
