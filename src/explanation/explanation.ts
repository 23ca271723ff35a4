import { readLoggedAnswer } from '../engine/answer/answer-schema.ts';
import type { RuleExplanation } from '../engine/answer/decision.ts';
import { type Decision, READABLE } from '../engine/answer/fields.ts';
import { deadlineText, instantText } from '../engine/answer/wording.ts';
import { decide } from '../engine/decide.ts';
import { type CaseFacts, type FactProblem, readFacts } from '../engine/facts/read-facts.ts';
import { judge } from '../engine/judge/judge.ts';
import type { Program } from '../engine/program.ts';
import { toOffsetDateTime } from '../rulebook/calendar.ts';
import { type RuleSet, SECTION_NAMES, SECTIONS } from '../rulebook/rule-set.ts';
import { differenceOf } from './difference.ts';
import { factsByOrigin, factValues } from './fact-values.ts';
import type { ConditionInWords, Explanation, Head, SectionExplanation } from './model.ts';
import { linesOf, type RuleLines } from './rule-lines.ts';
import { quoteOf, ruleInWords } from './rules.ts';
import { sectionTitle } from './words.ts';

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

/** What can no longer be explained: the version's vocabulary does not know the facts, or the logged answer is none. */
type Unexplained = { kind: 'unreadable-facts'; problems: FactProblem[] } | { kind: 'unreadable-answer' };

/**
 * Judges the facts again and explains how. The program is compiled from the texts of the decision's version, of which `ruleText`
 * is the rule file to the byte.
 */
export async function explanationOf({
  decision,
  program,
  ruleText,
}: {
  decision: LoggedDecision;
  program: Program;
  ruleText: string;
}): Promise<Explanation | Unexplained> {
  const { ruleSet } = program;
  const written: unknown = JSON.parse(decision.facts);
  const { facts, problems } = readFacts(ruleSet.vocabulary, written, decision.asOf.getTime());
  if (facts === null) return { kind: 'unreadable-facts', problems };

  const logged = readLoggedAnswer(decision.answer);
  if (logged === null) return { kind: 'unreadable-answer' };
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
    SECTION_NAMES.map((section) => ({
      section,
      title: sectionTitle(section, ruleSet),
      takes: SECTIONS[section],
      rules: rules
        .filter(({ isConcluding, inWords }) => isConcluding === are && inWords.rule.startsWith(`${section}/`))
        .map(({ inWords }) => inWords),
    })).filter((each) => each.rules.length > 0);
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

function headOf(decision: LoggedDecision, commit: string | null, ruleSet: RuleSet): Head {
  const { id, prefecture, incident, version, asOf, decidedAt, reference, engineVersion } = decision;
  const { title, timeZone } = ruleSet;
  const instant = (date: Date): Head['asOf'] => ({
    text: instantText(date.getTime(), timeZone),
    at: toOffsetDateTime(date.getTime(), timeZone),
  });
  return {
    ...{ id, title, prefecture, incident, asOf: instant(asOf), decidedAt: instant(decidedAt), timeZone },
    ruleFile: `rules/${prefecture}/${incident}.yaml`,
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
        text: deadlineText(deadline, values, { ...ruleSet, contact: null }),
        clauses: quoteOf(ruleSet, deadline.clauses),
        ...lines.entryAt(deadline.position),
      })),
  };
}
