/** What the cases should show, in words. */
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { CoverageQuestion } from './questions.ts';

/** 規則「outcome/lapsed」が当てはまる */
export function questionText({ showing, about, comparison }: CoverageQuestion): LocalizedText {
  const owner = about.startsWith('conditions/')
    ? `条件「${about.slice('conditions/'.length)}」`
    : `規則「${about}」`;
  switch (showing) {
    case 'taken':
      return { ja: `${owner}が当てはまる`, en: `${about} holds` };
    case 'not-taken':
      return { ja: `${owner}が当てはまらない`, en: `${about} does not hold` };
    case 'decides-true':
      return {
        ja: `${comparison?.ja}が成り立つことで、${owner}が決まる`,
        en: `${about} is decided by ${comparison?.en} being true`,
      };
    case 'decides-false':
      return {
        ja: `${comparison?.ja}が成り立たないことで、${owner}が決まる`,
        en: `${about} is decided by ${comparison?.en} being false`,
      };
  }
}
