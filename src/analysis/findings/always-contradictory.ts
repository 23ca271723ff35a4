/** Contradictions that hold of everybody: nothing else would ever be concluded. */
import { ALWAYS } from '../search/properties.ts';
import { type Check, whenNever } from './finding.ts';
import { aboutRule, rulesOf } from './rule-text.ts';

export const alwaysContradictory: Check = {
  code: 'always-contradictory',
  severity: 'error',
  questions({ ruleSet, sayings }) {
    const [first] = rulesOf(ruleSet, 'contradictions');
    if (!first) return [];
    return [
      {
        goal: sayings.consistent(ALWAYS),
        say: (answer) =>
          whenNever(answer, {
            position: first.position,
            about: rulesOf(ruleSet, 'contradictions').map(aboutRule),
            ja: 'どんな場合も矛盾とされ、だれにも答えが出ません。',
            en: 'Every case is called contradictory, so nobody gets an answer.',
          }),
      },
    ];
  },
};
