/** What can be concluded and stands in no worklist: of a bulk run somebody has to look at each such line. */
import type { Rule } from '../../rulebook/rule-set.ts';
import { sectionsOfKind } from '../../rulebook/sections.ts';
import { NO_WORKLISTS, namesOf } from '../../rulebook/worklists.ts';
import { aboutRule, rulesOfKind } from '../rule-set-parts.ts';
import { any } from '../search/properties.ts';
import type { Check, Checks } from './finding.ts';

/** The sections whose conclusions say on which list a line goes, and what the lists call them. */
const GROUPS = [
  ['outcome', 'outcomes'],
  ['claim', 'claimStates'],
] as const;

/** An outcome or a claim state that somebody gets and no list names. Without any lists there is nothing to name it. */
const noWorklist: Check = ({ ruleSet, properties: { consistent, isTaken } }) =>
  GROUPS.flatMap(([kind, group]) => {
    const [section] = sectionsOfKind(ruleSet, kind);
    if (!section) return [];
    const { worklists } = ruleSet.vocabulary;
    const listed = namesOf(worklists ?? NO_WORKLISTS, group);
    const unlisted = new Map<string, Rule[]>();
    for (const rule of worklists ? rulesOfKind(ruleSet, kind) : [])
      if (!listed.has(rule.concludes))
        unlisted.set(rule.concludes, [...(unlisted.get(rule.concludes) ?? []), rule]);
    return [...unlisted].flatMap(([id, rules]) =>
      rules.slice(0, 1).map((first) => ({
        property: consistent(any(rules.map(isTaken))),
        about: [aboutRule(first)],
        report: async ({ kind }) => {
          if (kind === 'none') return [];
          const label = section.words?.get(id) ?? id;
          const example = `worklists: { review: { ${group}: [${id}] } }`;
          return [
            {
              position: first.position,
              about: [aboutRule(first)],
              ja: `${first.sectionLabel.ja}「${label}」（${id}）が、一括判定のどの一覧にもありません。その行はすべて、理由を付けて確認一覧に載ります。vocabulary に、載せる一覧（payment、review、none のどれか）を書いてください（例：${example}）。`,
              en: `No worklist names the ${first.sectionLabel.en} "${id}": in bulk runs all of its lines go to the review list, with that as the reason. Say in vocabulary on which list they belong, payment, review or none (for example ${example}).`,
              verdict: kind === 'shown' ? 'refuted' : 'undecided',
              example: null,
            },
          ];
        },
      })),
    );
  });

export const WORKLISTS: Checks = [['no-worklist', noWorklist]];
