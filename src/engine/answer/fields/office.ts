/** What an office does with a case: the one place that says "pay". */
import { placeIn } from '../../../rulebook/worklists.ts';
import * as shapes from '../decision.ts';
import { field } from '../field.ts';
import { worklistOf } from '../worklist.ts';
import { CONCLUSIONS } from './conclusions.ts';
import { GROUNDS } from './grounds.ts';
import { STATES } from './states.ts';

const WORKLISTS = {
  payment: { ja: '支払一覧', en: 'pay' },
  review: { ja: '確認一覧', en: 'review' },
  none: { ja: 'なし', en: 'nothing' },
};

export const OFFICE = {
  worklist: field<shapes.Worklist | null>({
    schema: shapes.worklist.nullable(),
    whereAbsent: null,
    make: (from) =>
      worklistOf(
        {
          outcome: CONCLUSIONS.outcome.make(from),
          outcomeLabel: CONCLUSIONS.outcomeLabel.make(from),
          claims: STATES.claims.make(from),
          amount: CONCLUSIONS.amount.make(from),
          isMissingFacts: from.conclusion.missing.size > 0,
          contradictions: () => GROUNDS.contradictions.make(from),
          reasons: () => GROUNDS.reasons.make(from),
        },
        from.conclusion.ruleSet.vocabulary.worklists,
      ),
    varies(conclusion) {
      const { outcome, claims, ruleSet } = conclusion;
      const { worklists } = ruleSet.vocabulary;
      const states = claims.map(({ state }) => state);
      if (worklists === null || placeIn(worklists, outcome, states).list !== 'payment') return false;
      return CONCLUSIONS.amount.varies?.(conclusion) ?? false;
    },
    says: [
      {
        label: { ja: '事務の扱い', en: 'worklist' },
        items: (worklist) => (worklist ? [`${WORKLISTS[worklist.id].ja}（${worklist.why}）`] : []),
        // It follows from outcome, claim state and amount.
        ...{ follows: 4, expect: null },
      },
    ],
    terminal: {
      lines: (worklist, { lang, aside }) =>
        worklist ? [WORKLISTS[worklist.id][lang] + (lang === 'ja' ? aside(worklist.why) : '')] : [],
    },
  }),
};
