/** Findings that the rule file accepts, each with a reason, and acceptances that nothing needs any more. */
import type { Acceptance } from '../../rulebook/rule-set.ts';
import type { Finding } from './finding.ts';

/** What `hosho test --mutate` finds, and not these proofs. */
export const MUTANT = 'mutant';

/** An error is never accepted: it is put right. */
export function accept(findings: readonly Finding[], acceptances: readonly Acceptance[]): Finding[] {
  const used = new Set<Acceptance>();
  const marked = findings.map((finding) => {
    const acceptance = acceptances.find((one) => isAbout(one, finding));
    if (acceptance === undefined || finding.severity === 'error') return finding;
    used.add(acceptance);
    return { ...finding, accepted: acceptance.reason };
  });
  return [...marked, ...acceptances.filter((one) => !used.has(one) && one.finding !== MUTANT).map(needless)];
}

/** Named in full (section/id) or by the id alone, in any order. */
function isAbout({ finding: code, about }: Acceptance, finding: Finding): boolean {
  return (
    code === finding.code &&
    about.length === finding.about.length &&
    finding.about.every((subject) => about.some((name) => name === subject || subject.endsWith(`/${name}`)))
  );
}

const needless = ({ finding, about, position }: Acceptance): Finding => ({
  code: 'needless-acceptance',
  severity: 'warning',
  verdict: 'proved',
  position,
  about: [finding, ...about],
  ja: `「${finding}」（${about.join('、')}）という指摘はありません。受け入れる必要のない行です。`,
  en: `There is no finding "${finding}" about ${about.join(', ')} to accept.`,
  example: null,
  accepted: null,
});
