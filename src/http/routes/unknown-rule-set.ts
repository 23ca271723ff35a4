import { keyOf } from '../../rule-files/load.ts';
import type { RuleSetRegistry } from '../../rule-files/registry.ts';
import { quoted } from '../../rulebook/bounded-list.ts';
import { nearest } from '../../rulebook/problems.ts';
import type { FieldError, HttpProblem } from '../problems.ts';

export interface RuleSetName {
  prefecture: string;
  incident: string;
}

const nameOf = ({ prefecture, incident }: RuleSetName): string => keyOf(prefecture, incident);
/** As a caller wrote it. */
const shown = ({ prefecture, incident }: RuleSetName): string => keyOf(quoted(prefecture), quoted(incident));

/** `suggestion` is the nearest <prefecture>/<incident>. */
export function unknownRuleSet(asked: RuleSetName, known: RuleSetName[], suggestion: string | null) {
  // The wrong half of the name, as far as it can be told.
  const field = known.some(({ prefecture }) => prefecture === asked.prefecture) ? 'incident' : 'prefecture';
  const error: FieldError = {
    pointer: `/${field}`,
    code: 'unknown-rule-set',
    detail: `there is no rule set ${shown(asked)}`,
    detailJa: `「${shown(asked)}」というルールはありません`,
    ...(suggestion !== null && { suggestion }),
  };
  const names = known.map(({ prefecture, incident }) => ({ prefecture, incident }));
  const detail =
    suggestion === null ? 'The rule sets served are listed in `known`.' : `Did you mean ${suggestion}?`;
  return {
    name: 'unknown-rule-set',
    detail,
    errors: [error],
    members: { known: names },
  } satisfies HttpProblem;
}

/** The same for a path, which has no JSON Pointers. */
export function unknownRuleSetPath(asked: RuleSetName, shelf: RuleSetRegistry): HttpProblem {
  const known = shelf.all().map(({ ruleSet }) => ruleSet);
  const { errors: _, ...problem } = unknownRuleSet(asked, known, nearest(nameOf(asked), known.map(nameOf)));
  return problem;
}
