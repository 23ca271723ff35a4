/** Words of a fact that contradict what it is: its unit. */
import type { FactDefinition } from '../../rulebook/facts.ts';
import type { Finding } from '../findings/finding.ts';
import type { WrittenRuleSet } from '../written-rule-set.ts';
import { textFinding } from './text-finding.ts';

export const factWords = ({ ruleSet: { vocabulary } }: WrittenRuleSet): Finding[] =>
  [...vocabulary.facts.values()].flatMap((fact) => askedInAnotherUnit(fact));

/** What a question asks for, 何時間, with its units as people write them. */
const ASKED: readonly [RegExp, readonly string[]][] = [
  [/何時間/, ['時間']],
  [/何分(?!の)/, ['分']],
  [/何日(?!に|の|ですか)/, ['日']],
  [/何(?:か|カ|ヶ|ケ|箇)月/, ['か月', 'カ月', 'ヶ月', 'ケ月', '箇月']],
  [/何年間/, ['年']],
  [/何人|何名/, ['人', '名']],
  [/何泊/, ['泊']],
  [/何回/, ['回']],
  [/何件/, ['件']],
  [/何枚/, ['枚']],
  [/何(?:%|％|パーセント)/, ['%', '％', 'パーセント']],
  [/何円/, ['円']],
];

function askedInAnotherUnit({ name, unit, question, position }: FactDefinition): Finding[] {
  if (unit === null) return [];
  const asked = ASKED.filter(([pattern]) => pattern.test(question));
  if (asked.length === 0 || asked.some(([, units]) => units.includes(unit))) return [];
  const [wanted] = asked[0]?.[1] ?? [];
  return [
    textFinding(
      'contradicts-itself',
      { position, about: [`facts/${name}`] },
      {
        ja: `単位は「${unit}」ですが、質問は「${wanted}」で答える文です（${question}）。`,
        en: `The unit is "${unit}", but the question asks for "${wanted}" (${question}).`,
      },
    ),
  ];
}
