/** The claims of a rule file: what is applied for by itself, and which remedies with it. */
import type { ProblemList } from './problems.ts';
import type { RuleFile } from './rule-file-schema.ts';
import type { Claim } from './rule-set.ts';
import type { Scope } from './scope.ts';
import { sectionOfClaim } from './sections.ts';
import type { Path } from './source.ts';

/** The one claim of a file that has `claimState`. */
const ONE = { id: 'claimState', label: '請求', section: 'claimState', clauses: [] };

export function readClaims(scope: Scope, { claimState, claims, remedies }: RuleFile): Claim[] {
  if (claimState !== undefined) return [{ ...ONE, remedies: remedies.map(({ id }) => id) }];
  const claimOf = new Map<string, string>();
  return Object.entries(claims ?? {}).map(([id, { label, clause, remedies: ids }]) => {
    const path = ['claims', id];
    for (const [i, remedy] of ids.entries()) {
      const at = [...path, 'remedies', i];
      const other = claimOf.get(remedy);
      if (scope.refer('remedy', remedy, at) && other !== undefined)
        scope.problems.add('duplicate-id', at, {
          ja: `補償「${remedy}」は、請求「${other}」と「${id}」の両方にあります。どちらか一つに書いてください。`,
          en: `The remedy "${remedy}" is in both claims "${other}" and "${id}". Write it in one of them.`,
        });
      claimOf.set(remedy, id);
    }
    return { id, label, section: sectionOfClaim(id), clauses: scope.clauses(clause, path), remedies: ids };
  });
}

/** What may be said in one of two ways is not said in both. */
export function refuseTwoWays(problems: ProblemList<Path>, file: RuleFile): void {
  if (file.claimState !== undefined && file.claims !== undefined)
    problems.add('wrong-shape', ['claimState'], {
      ja: '請求の状態は、claimState（請求が一つのとき）か claims（いくつもあるとき）のどちらかに書きます。',
      en: 'Write claimState for one claim, or claims for several, not both.',
      ofKey: true,
    });
  if (file.amount === undefined) return;
  for (const [i, { id, amount }] of file.remedies.entries())
    if (amount !== undefined)
      problems.add('wrong-shape', ['remedies', i, 'amount'], {
        ja: `額は、全体（amount）か補償ごと（remedies の「${id}」など）のどちらかに書きます。補償ごとに書けば、全体の額はその合計になります。`,
        en: `Write the amount of the whole (amount) or of each remedy, such as "${id}", not both. The whole is the sum of the remedies' amounts.`,
        ofKey: true,
      });
}
