import type { Acceptance } from '../../rulebook/rule-set.ts';
import { type Finding, SEVERITIES } from './finding.ts';

/**
 * Those that the rule file accepts with their reasons, and acceptances that nothing needs any more. An error is never
 * accepted: it is put right. `isAsked` says which codes were looked for: of others nothing is known.
 */
export function accept(
  findings: readonly Finding[],
  acceptances: readonly Acceptance[],
  isAsked: (code: string) => boolean,
): Finding[] {
  const used = new Set<Acceptance>();
  const marked = findings.map((finding) => {
    const acceptance = acceptances.find((one) => isAbout(one, finding));
    if (acceptance === undefined || finding.severity === 'error') return finding;
    used.add(acceptance);
    return { ...finding, accepted: acceptance.reason };
  });
  return [
    ...marked,
    ...acceptances
      .filter((one) => !used.has(one) && isAsked(one.finding))
      .map((one) => needless(one, isOfSeveral(one, findings))),
  ];
}

/** Named in full (section/id) or by the id alone, in any order. */
const isAbout = (
  { finding: code, about }: Pick<Acceptance, 'finding' | 'about'>,
  finding: Finding,
): boolean =>
  code === finding.code &&
  about.length === finding.about.length &&
  finding.about.every((subject) => about.some((name) => name === subject || subject.endsWith(`/${name}`)));

/** Whether what it names are findings of their own: each is accepted by itself. */
const isOfSeveral = ({ finding, about }: Acceptance, findings: readonly Finding[]): boolean =>
  about.length > 1 && about.every((name) => findings.some((one) => isAbout({ finding, about: [name] }, one)));

const needless = ({ finding, about, position }: Acceptance, isOfSeveral: boolean): Finding => ({
  code: 'needless-acceptance',
  severity: SEVERITIES['needless-acceptance'],
  verdict: 'proved',
  position,
  about: [finding, ...about],
  ja: `「${finding}」（${about.join('、')}）という指摘はありません。${isOfSeveral ? 'それぞれ別の指摘です。一つずつ分けて書いてください。' : '受け入れる必要のない行です。'}`,
  en: `There is no finding "${finding}" about ${about.join(', ')} to accept.${isOfSeveral ? ' They are findings of their own: accept each by itself.' : ''}`,
  example: null,
  accepted: null,
});
