/** What is found in the words of a file alone: nothing is proved of cases. */
import type { LocalizedText } from '../../rulebook/lang.ts';
import { type Finding, SEVERITIES, type TextCode } from '../findings/finding.ts';

export const textFinding = (
  code: TextCode,
  { position, about }: Pick<Finding, 'position' | 'about'>,
  { ja, en }: LocalizedText,
): Finding => ({
  ...{ code, severity: SEVERITIES[code], verdict: 'proved', position, about, ja, en },
  ...{ example: null, accepted: null },
});
