/** The rules that were looked at, in words: what each wants, what was seen, and where both are written. */
import type { ConditionExplanation, RuleExplanation } from '../engine/answer/decision.ts';
import { instantText, operandText } from '../engine/answer/wording.ts';
import { factsOf, factsOfExpression, resolveOperand, type Values } from '../engine/facts/values.ts';
import { opposite } from '../engine/judge/condition.ts';
import type { Truth } from '../engine/judge/operators.ts';
import { amountText } from '../notice/wording.ts';
import { type ValueType, WANTED } from '../rulebook/operators.ts';
import { deadlineBefore, deadlinesBefore, type Occurrence, occurrences } from '../rulebook/references.ts';
import type { Leaf, Operand, Rule, RuleSet } from '../rulebook/rule-set.ts';
import { type Section, type SectionKind, sectionNamed } from '../rulebook/sections.ts';
import type { FactValueOf } from './fact-values.ts';
import type { RuleLines } from './rule-lines.ts';

export interface RuleParts {
  ruleSet: RuleSet;
  values: Values;
  lines: RuleLines;
  factValue: FactValueOf;
}

export type Quote = ReturnType<typeof quotesOf>[number];

/** `noticeLines`: lines of the public notice, "29" or "42-44". */
export const quotesOf = ({ clauses }: RuleSet, ids: readonly string[]) =>
  ids.flatMap((id) => {
    const clause = clauses.get(id);
    return clause ? [{ clause: id, noticeLines: clause.lines, text: clause.text }] : [];
  });

/** What is written once in the rule file, and referred to by its name. */
export interface Reference {
  name: string;
  line: number;
}

export type RuleInWords = ReturnType<typeof ruleInWords>;

export function ruleInWords(parts: RuleParts, rule: Rule, explained: RuleExplanation, isConcluding: boolean) {
  const { ruleSet, lines, factValue } = parts;
  const { id, label, concludes } = rule;
  return {
    /** section/id */
    rule: explained.rule,
    ...{ id, label, concludes },
    concludesText: concludesText(rule, ruleSet),
    truth: explained.truth,
    truthText: ruleTruthText(explained.truth, isConcluding),
    clauses: quotesOf(ruleSet, rule.clauses),
    ...lines.blockAt(rule.position),
    /** Of an amount that was concluded: the facts it is worked out from. */
    amountFrom: isConcluding && rule.amount?.value ? factsOfExpression(rule.amount.value).map(factValue) : [],
    /** What made it so: of a rule that fails, the conditions that are not met. Empty for a rule without conditions. */
    conditions: conditionsInWords(parts, rule, explained),
  };
}

const namesOf = (way: readonly Reference[]): string => way.map(({ name }) => name).join();
/** `at` of its explanation ends with its line and column. The two ends of a range in a table stand at one place. */
const isOf = ({ position: { line, column }, operator }: Leaf, explained: ConditionExplanation): boolean =>
  explained.at.endsWith(`:${line}:${column}`) && explained.operator === operator;

function conditionsInWords(parts: RuleParts, rule: Rule, explained: RuleExplanation): ConditionInWords[] {
  const mattered = occurrences(rule.when, parts.ruleSet).filter(({ leaf }) =>
    explained.conditions.some((one) => isOf(leaf, one)),
  );
  const said = new Map<string, ConditionInWords>();
  for (const [i, occurrence] of mattered.entries()) {
    const { leaf, isReversed } = occurrence;
    const through = occurrence.through.map(({ name, position }) => ({ name, line: position.line }));
    const condition = explained.conditions[i];
    if (!condition || !isOf(leaf, condition))
      throw new Error(`${explained.rule}: its conditions are explained in another order`);
    const met = isReversed ? opposite(condition.truth) : condition.truth;
    // The same comparison may stand in a rule twice, and matter in one place only.
    if (met !== explained.truth) continue;
    const key = JSON.stringify([condition.at, leaf.operator, isReversed, condition.label, condition.clause]);
    const known = said.get(key);
    if (!known) said.set(key, conditionInWords(parts, condition, occurrence, through, met));
    else if (!known.through.some((way) => namesOf(way) === namesOf(through))) known.through.push(through);
  }
  return [...said.values()];
}

export type ConditionInWords = ReturnType<typeof conditionInWords>;

function conditionInWords(
  { ruleSet, values, lines, factValue }: RuleParts,
  { label, truth, clause }: ConditionExplanation,
  { leaf, isReversed }: Occurrence,
  through: Reference[],
  met: Truth,
) {
  const { fact, operator, operand, position } = leaf;
  return {
    label,
    seen: factValue(fact),
    operator,
    wantedText: wantedText(leaf, isReversed, values, ruleSet),
    /** What else it was compared with: other facts of the case. */
    comparedWith: factsOf(operand, ruleSet.deadlines).map(factValue),
    /** Of the comparison as its line says it. */
    truth,
    /** The line stands under `not`: the rule wants it not to hold. */
    isReversed,
    /** Of what the rule wants. */
    met,
    metText: MET[met],
    clause: quotesOf(ruleSet, clause === null ? [] : [clause])[0] ?? null,
    /** The named conditions from the rule to the line, outermost first; several ways where several lead there. */
    through: [through],
    /** The deadlines compared with. */
    deadlines: deadlinesIn(operand).flatMap((id) => withThoseBefore(id, ruleSet)),
    ...lines.blockAt(position),
  };
}

function deadlinesIn(operand: Operand): string[] {
  if (operand.kind === 'moment') return deadlineBefore(operand.moment);
  return operand.kind === 'deadline' ? [operand.deadline] : [];
}

/** The deadline, and those that its days are counted from. */
function withThoseBefore(id: string, ruleSet: RuleSet): Reference[] {
  const deadline = ruleSet.deadlines.get(id);
  if (!deadline) return [];
  const before = deadlinesBefore(deadline).flatMap((each) => withThoseBefore(each, ruleSet));
  return [{ name: id, line: deadline.position.line }, ...before];
}

const TITLES: Partial<Record<SectionKind, string>> = {
  contradictions: '事実の食い違い',
  advice: 'あわせてお知らせすること',
  assumptions: '告知に書かれていないことの扱い',
};

export const sectionTitle = ({ kind, label }: Section): string => TITLES[kind] ?? label.ja;

function concludesText(rule: Rule, ruleSet: RuleSet): string {
  const { section, kind, label, concludes } = rule;
  const title = sectionTitle(sectionNamed(ruleSet, section));
  switch (kind) {
    case 'contradictions':
    case 'assumptions':
      return `${title}：${label}`;
    case 'eligibility':
      return `${title}：(${concludes}) ${label}`;
    case 'advice':
      return `${title}：${rule.nextSteps.map((step) => ruleSet.vocabulary.nextSteps.get(step) ?? step).join('、')}`;
    case 'amount':
      return `${title}：${amountText(rule, ruleSet) ?? label}`;
    default:
      return `${title}：「${label}」`;
  }
}

function ruleTruthText(truth: Truth, isConcluding: boolean): string {
  if (isConcluding) return truth === 'true' ? '当てはまる' : 'わからない事実がどうであっても、この結論になる';
  if (truth === 'true') return '当てはまるが、結論には使われていない';
  return truth === 'false' ? '当てはまらない' : '決まらない';
}

const MET: Record<Truth, string> = { true: '満たす', false: '満たさない', unknown: 'わからない' };

/** What a rule wants of the fact that a condition looks at; the opposite of the condition where it is reversed. */
function wantedText(leaf: Leaf, isReversed: boolean, values: Values, ruleSet: RuleSet): string {
  const { operator, operand } = leaf;
  const wanted = WANTED[operator];
  if (operator === 'isPresent') {
    const isWanted = operand.kind === 'literal' && operand.value === true;
    return wanted[isWanted === isReversed ? 1 : 0];
  }
  // Until when the contact can be asked is advice; a condition does not look at it.
  const text = operandText(operand, values, { ...ruleSet, contact: null }) + exactly(leaf, values, ruleSet);
  const phrase = wanted[isReversed ? 1 : 0].replace('○', () => text);
  return isReversed && holdsOfNothing(leaf, ruleSet) ? `${phrase}（ないときを含む）` : phrase;
}

/** Is the fact, or an instant compared with, one that may not exist? Every order comparison with it is false, so its opposite holds. */
function holdsOfNothing({ fact, operand }: Leaf, { vocabulary, deadlines }: RuleSet): boolean {
  const mayBeNone = (name: string, ...types: ValueType[]): boolean => {
    const definition = vocabulary.facts.get(name);
    return definition?.absent.kind === 'none' && types.includes(definition.type);
  };
  // On the other side, a number that does not exist counts as 0.
  return (
    mayBeNone(fact, 'instant', 'integer') ||
    factsOf(operand, deadlines).some((other) => mayBeNone(other, 'instant'))
  );
}

/** The instant that decides, where the notice gives the time only in words. */
function exactly({ operator, operand }: Leaf, values: Values, ruleSet: RuleSet): string {
  if (operand.kind !== 'deadline' || !ruleSet.deadlines.get(operand.deadline)?.text) return '';
  const period = resolveOperand(operand, values, ruleSet);
  if (typeof period !== 'object' || !('start' in period)) return '';
  return operator === 'before' || operator === 'onOrAfter'
    ? `［判定では${instantText(period.start, ruleSet.timeZone)}から］`
    : `［判定では${instantText(period.end, ruleSet.timeZone)}より前まで］`;
}
