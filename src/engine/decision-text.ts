/** A decision as JSON, without making its object: what many decisions have in common is written once. */
import { answerAmount, answerDeadlines, answerInformation } from './answer.ts';
import type { Conclusion } from './conclude.ts';
import type { DecideOptions } from './decide.ts';
import type { Program } from './program.ts';
import type { CaseFacts } from './read-facts.ts';

type Said = Conclusion['said'];

/**
 * The members of the decision that follow `asOf`, in the order of `toDecision`, without the braces around them:
 * `"outcome":"…",…,"reasons":[…]`.
 */
export function decisionText(
  program: Program,
  facts: CaseFacts,
  conclusion: Conclusion,
  { explanation }: DecideOptions,
): string {
  const { values } = facts;
  const [beforeAmount, beforeDeadlines, beforeContact, last] = partsOf(conclusion.said);
  const information = answerInformation(program.ruleSet, values, conclusion.information);
  return (
    `${beforeAmount},"amount":${JSON.stringify(answerAmount(conclusion.amount, values))},${beforeDeadlines}` +
    `,"deadlines":${listOf(answerDeadlines(program.deadlines, conclusion.deadlines, values))}` +
    `,"requiredInformation":${listOf(information)},${beforeContact}` +
    `,"contact":${textOf(program.contactAt(Number(facts.slots[0])))},${last}` +
    (explanation ? `,"explanation":${JSON.stringify(conclusion.explain(facts))}` : '')
  );
}

const parts = new WeakMap<Said, [string, string, string, string]>();

/** What is the same for every case of the pattern, cut where something else comes between. */
function partsOf(said: Said): [string, string, string, string] {
  const known = parts.get(said);
  if (known) return known;
  const { outcome, outcomeLabel, categories, remedies, voucherState, claimState, nextSteps, ...rest } = said;
  const { missingFacts, contradictions, citations, assumptions, reasons } = rest;
  const written: [string, string, string, string] = [
    membersOf({ outcome, outcomeLabel, categories, remedies }),
    membersOf({ voucherState, claimState, nextSteps }),
    membersOf({ missingFacts, contradictions }),
    membersOf({ citations, assumptions, reasons }),
  ];
  parts.set(said, written);
  return written;
}

const membersOf = (object: object): string => JSON.stringify(object).slice(1, -1);

const texts = new WeakMap<object, string>();

/** For objects that decisions share, and that nobody changes. */
function textOf(shared: object | null): string {
  if (shared === null) return 'null';
  let text = texts.get(shared);
  if (text === undefined) {
    text = JSON.stringify(shared);
    texts.set(shared, text);
  }
  return text;
}

const listOf = (items: readonly object[]): string => `[${items.map(textOf).join()}]`;
