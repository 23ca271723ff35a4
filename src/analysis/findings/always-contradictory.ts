/** Contradictions that hold of everybody: nothing else would ever be concluded. */
import { aboutRule, rulesOf } from '../rule-set-parts.ts';
import { ALWAYS } from '../search/properties.ts';
import { type Check, reportIfNever } from './finding.ts';

export const alwaysContradictory: Check = {
  code: 'always-contradictory',
  severity: 'error',
  questions({ ruleSet, properties }) {
    const [first] = rulesOf(ruleSet, 'contradictions');
    if (!first) return [];
    return [
      {
        property: properties.consistent(ALWAYS),
        report: (answer) =>
          reportIfNever(answer, {
            position: first.position,
            about: rulesOf(ruleSet, 'contradictions').map(aboutRule),
            ja: 'どんな場合も矛盾とされ、だれにも答えが出ません。',
            en: 'Every case is called contradictory, so nobody gets an answer.',
          }),
      },
    ];
  },
};
