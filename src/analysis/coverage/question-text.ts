/** What the cases should show, in words. */
import type { CoverageQuestion } from './questions.ts';

const ownerJa = (about: string): string =>
  about.startsWith('conditions/') ? `条件「${about.slice('conditions/'.length)}」` : `規則「${about}」`;

/** 規則「outcome/lapsed」が当てはまる */
export function coverageJa({ showing, about, comparison }: CoverageQuestion): string {
  const owner = ownerJa(about);
  switch (showing) {
    case 'taken':
      return `${owner}が当てはまる`;
    case 'not-taken':
      return `${owner}が当てはまらない`;
    case 'decides-true':
      return `${comparison?.ja}が成り立つことで、${owner}が決まる`;
    case 'decides-false':
      return `${comparison?.ja}が成り立たないことで、${owner}が決まる`;
  }
}

export function coverageEn({ showing, about, comparison }: CoverageQuestion): string {
  switch (showing) {
    case 'taken':
      return `${about} holds`;
    case 'not-taken':
      return `${about} does not hold`;
    case 'decides-true':
      return `${about} is decided by ${comparison?.en} being true`;
    case 'decides-false':
      return `${about} is decided by ${comparison?.en} being false`;
  }
}
