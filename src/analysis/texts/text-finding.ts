/** What is found in the words of a file alone: nothing is proved of cases. */
import type { Position } from '../../rulebook/basics.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import { type Finding, SEVERITIES, type TextCode } from '../findings/finding.ts';

/** A rule set with the places where its parts are written. */
export interface WrittenRuleSet {
  ruleSet: RuleSet;
  at(path: Path, key?: boolean): Position;
}

export const textFinding = (
  code: TextCode,
  { position, about }: Pick<Finding, 'position' | 'about'>,
  { ja, en }: LocalizedText,
): Finding => ({
  ...{ code, severity: SEVERITIES[code], verdict: 'proved', position, about, ja, en },
  ...{ example: null, accepted: null },
});
