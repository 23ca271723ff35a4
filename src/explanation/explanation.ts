/**
 * One logged decision, explained for a person who has nothing but this, by judging its facts again under the version of the rules
 * that it was made by: plain data, as the API answers it and as the page and the text show it. Words are Japanese.
 */
import canonicalize from 'canonicalize';
import { answerChanges } from '../analysis/diff/answer-changes.ts';
import { type LoggedAnswer, readLoggedAnswer } from '../engine/answer/answer-schema.ts';
import type { RuleExplanation } from '../engine/answer/decision.ts';
import { type Decision, FIELD_NAMES, FOLLOWING, fieldsSince, READABLE } from '../engine/answer/fields.ts';
import { deadlineWords, instantText } from '../engine/answer/wording.ts';
import { decide } from '../engine/decide.ts';
import { type CaseFacts, type FactProblem, readLoggedFacts } from '../engine/facts/read-facts.ts';
import { judge } from '../engine/judge/judge.ts';
import type { Program } from '../engine/program.ts';
import { toOffsetDateTime } from '../rulebook/calendar.ts';
import type { RuleSet } from '../rulebook/rule-set.ts';
import type { Section } from '../rulebook/sections.ts';
import { type FactValue, factsByOrigin, factValues } from './fact-values.ts';
import { type Excerpt, linesOf, type RuleLines } from './rule-lines.ts';
import type { ConditionInWords, Quote, RuleInWords } from './rules.ts';
import { quotesOf, ruleInWords, sectionTitle } from './rules.ts';

export interface Explanation {
  head: ReturnType<typeof headOf>;
  /** The public notice that the clauses quote. Dates as written in the rule file. */
  notice: RuleSet['source'];
  /** What the logged answer says, in words; nothing of what it does not say. */
  answered: { field: string; values: string[] }[];
  /** The facts, judged again, lead to the very answer that was logged. Otherwise the rules below explain another one. */
  isSame: boolean;
  /** null where it is the same. */
  difference: ReturnType<typeof differenceOf>;
  facts: { given: FactValue[]; assumed: FactValue[]; unknown: FactValue[] };
  /** The facts contradict each other: then no rule but a contradiction concludes anything. */
  isContradictory: boolean;
  /** The rules that concluded something, in the order of judging: each section reads what those before it concluded. */
  concluding: SectionExplanation[];
  /** The others that were looked at: those that fail, stay open, or hold without being used. */
  notConcluding: SectionExplanation[];
  /** The named conditions that the conditions are reached through, and the deadlines compared with, as written. */
  namedConditions: (Excerpt & { name: string; label: string | null })[];
  deadlines: (Excerpt & { id: string; label: string; text: string; clauses: Quote[] })[];
}

export interface SectionExplanation {
  /** Its name. */
  section: string;
  title: string;
  takes: Section['takes'];
  rules: RuleInWords[];
}

/** A decision as it was logged. */
export interface LoggedDecision {
  id: string;
  prefecture: string;
  incident: string;
  /** sha256 (64 hex digits). */
  version: string;
  asOf: Date;
  decidedAt: Date;
  reference: string | null;
  engineVersion: string;
  /** JSON. */
  facts: string;
  /** The answer that was given, as JSON: a Decision beside its `ruleSet`. */
  answer: string;
}

/** The version's vocabulary does not know the facts, or the logged answer is none. */
type Unexplained = { reason: 'unreadable-facts'; problems: FactProblem[] } | { reason: 'unreadable-answer' };

/**
 * Judges the facts again and explains how. The program is compiled from the texts of the decision's version, of which `ruleText`
 * is the rule file to the byte.
 */
export async function explanationOf(given: {
  decision: LoggedDecision;
  program: Program;
  ruleText: string;
}): Promise<Explanation | Unexplained> {
  const { decision, program, ruleText } = given;
  const { ruleSet } = program;
  const written: unknown = JSON.parse(decision.facts);
  const { facts, problems } = readLoggedFacts(ruleSet.vocabulary, written, decision.asOf.getTime());
  if (facts === null) return { reason: 'unreadable-facts', problems };

  const logged = readLoggedAnswer(decision.answer);
  if (logged === null) return { reason: 'unreadable-answer' };
  const again = await decide(program, facts, { explanation: true });
  const { concluded } = await judge(program, facts.slots);
  const restedOn = new Set(again.assumptions.flatMap(({ fact }) => fact ?? []));
  const factValue = factValues({ ruleSet, facts, written, concluded, restedOn });
  const lines = linesOf(ruleText);
  const concludes = concluding(again);
  const parts = { ruleSet, values: facts.values, lines, factValue };
  const rules = (again.explanation ?? []).flatMap((explained) => {
    const rule = ruleSet.rules.find(({ section, id }) => `${section}/${id}` === explained.rule);
    const isConcluding = concludes(explained);
    return rule ? [{ isConcluding, inWords: ruleInWords(parts, rule, explained, isConcluding) }] : [];
  });
  const sections = (are: boolean): SectionExplanation[] =>
    ruleSet.sections
      .map((section) => ({
        section: section.name,
        title: sectionTitle(section),
        takes: section.takes,
        rules: rules
          .filter(
            ({ isConcluding, inWords }) =>
              isConcluding === are && inWords.rule.startsWith(`${section.name}/`),
          )
          .map(({ inWords }) => inWords),
      }))
      .filter((each) => each.rules.length > 0);
  const conditions = rules.flatMap(({ inWords }) => inWords.conditions);
  const difference = differenceOf(logged, again);
  return {
    head: headOf(decision, logged.commit, ruleSet),
    notice: ruleSet.source,
    answered: READABLE.map(({ label, items }) => ({
      field: label.ja,
      values: items(logged.decision),
    })).filter(({ values }) => values.length > 0),
    isSame: difference === null,
    difference,
    facts: factsByOrigin(factValue, ruleSet),
    isContradictory: again.contradictions.length > 0,
    concluding: sections(true),
    notConcluding: sections(false),
    ...named(conditions, ruleSet, lines, facts),
  };
}

function headOf(decision: LoggedDecision, commit: string | null, { title, timeZone }: RuleSet) {
  const { id, prefecture, incident, version, asOf, decidedAt, reference, engineVersion } = decision;
  /** For people and for programs: in the rule set's time zone, RFC 3339 to the millisecond. */
  const instant = (date: Date) => ({
    text: instantText(date.getTime(), timeZone),
    at: toOffsetDateTime(date.getTime(), timeZone),
  });
  return {
    ...{ id, title, prefecture, incident, asOf: instant(asOf), decidedAt: instant(decidedAt), timeZone },
    /** Every line below is one of this file of this version. */
    ruleFile: `rules/${prefecture}/${incident}.yaml`,
    /** `engineVersion`: of the program that made the decision. */
    ...{ version, commit, engineVersion, reference },
  };
}

/** A rule concludes if the answer names it: among its reasons, or among its assumptions. */
function concluding({ reasons, assumptions }: Decision): (explained: RuleExplanation) => boolean {
  const named = new Set(reasons.map(({ rule }) => rule));
  const taken = new Set(assumptions.filter(({ fact }) => fact === undefined).map(({ text }) => text));
  return ({ rule, label }) => named.has(rule) || (rule.startsWith('assumptions/') && taken.has(label));
}

/** What the conditions refer to by name, in the order of the file. */
function named(
  conditions: readonly ConditionInWords[],
  ruleSet: RuleSet,
  lines: RuleLines,
  { values }: CaseFacts,
): Pick<Explanation, 'namedConditions' | 'deadlines'> {
  const passed = new Set(conditions.flatMap(({ through }) => through.flat().map(({ name }) => name)));
  const compared = new Set(conditions.flatMap(({ deadlines }) => deadlines.map(({ name }) => name)));
  return {
    namedConditions: [...ruleSet.conditions.values()]
      .filter(({ name }) => passed.has(name))
      .map(({ name, label, position }) => ({ name, label, ...lines.entryAt(position) })),
    deadlines: [...ruleSet.deadlines.values()]
      .filter(({ id }) => compared.has(id))
      .map((deadline) => ({
        ...{ id: deadline.id, label: deadline.label },
        text: deadlineWords(deadline, values, { ...ruleSet, contact: null }),
        clauses: quotesOf(ruleSet, deadline.clauses),
        ...lines.entryAt(deadline.position),
      })),
  };
}

/**
 * Where the facts, judged again, do not lead to the answer that was logged: field by field, what only the one and only the other
 * says. null where every member of the decision is the same JSON, whatever the order of its keys. Who asked when, and how far it was
 * explained, is no part of the decision; nor is a member that answers did not have yet when it was logged.
 */
function differenceOf({ decision: logged, members }: LoggedAnswer, again: Decision) {
  const since = fieldsSince(members);
  const differing = (['asOf', ...FIELD_NAMES] as const).filter(
    (name) =>
      !since.some((newer) => newer === name) &&
      canonicalize(members[name] ?? null) !== canonicalize(again[name] ?? null),
  );
  if (differing.length === 0) return null;
  const asOf = { field: { ja: '判定時点', en: 'judged as of' }, removed: [logged.asOf], added: [again.asOf] };
  const changes: { field: string; onlyLogged: string[]; onlyAgain: string[] }[] = [
    ...answerChanges(logged, again),
    ...(logged.asOf === again.asOf ? [] : [asOf]),
    ...answerChanges(logged, again, FOLLOWING),
  ].map(({ field, removed, added }) => ({ field: field.ja, onlyLogged: removed, onlyAgain: added }));
  const unsaid = { field: `言葉にならない部分（${differing.join('、')}）`, onlyLogged: [], onlyAgain: [] };
  return {
    /** Labels of the outcomes. */
    outcome: { logged: logged.outcomeLabel, again: again.outcomeLabel },
    changes: changes.length > 0 ? changes : [unsaid],
  };
}
