/** The same words for two things: one of them was copied and not changed. */
import type { Position } from '../../rulebook/basics.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import type { WrittenRuleSet } from '../written-rule-set.ts';
import { textFinding } from './text-finding.ts';

interface Words {
  about: string;
  text: string;
  position: Position;
}

export function sameWords({ ruleSet, at }: WrittenRuleSet): Finding[] {
  const { vocabulary } = ruleSet;
  const facts = [...vocabulary.facts.values()];
  const words = (about: string, text: string | null, position: Position): Words[] =>
    text === null ? [] : [{ about, text, position }];
  // A notice may say the same twice, and call two deadlines alike.
  const groups: readonly [ja: string, en: string, words: Words[], severity?: Severity][] = [
    ['見出し', 'label', facts.flatMap((fact) => words(`facts/${fact.name}`, fact.label, fact.position))],
    ['質問', 'question', facts.flatMap((fact) => words(`facts/${fact.name}`, fact.question, fact.position))],
    [
      '引用',
      'quote',
      [...ruleSet.clauses.values()].flatMap(({ id, text }) =>
        words(`clauses/${id}`, text, at(['clauses', id])),
      ),
      'information',
    ],
    ['見出し', 'label', labelsOf(ruleSet, 'contradictions')],
    ['見出し', 'label', labelsOf(ruleSet, 'eligibility')],
    ['見出し', 'label', labelsOf(ruleSet, 'remedies')],
    [
      '見出し',
      'label',
      [...ruleSet.deadlines.values()].flatMap(({ id, label, position }) =>
        words(`deadlines/${id}`, label, position),
      ),
      'information',
    ],
    [
      '見出し',
      'label',
      [...ruleSet.conditions.values()].flatMap(({ name, label, position }) =>
        words(`conditions/${name}`, label, position),
      ),
    ],
  ];
  return groups.flatMap(([ja, en, all, severity]) =>
    repeated(all, ja, en).map((finding) => ({ ...finding, severity: severity ?? finding.severity })),
  );
}

const labelsOf = ({ rules }: RuleSet, section: string): Words[] =>
  rules
    .filter((rule) => rule.section === section)
    .map(({ id, label, position }) => ({ about: `${section}/${id}`, text: label, position }));

function repeated(all: readonly Words[], ja: string, en: string): Finding[] {
  const first = new Map<string, Words>();
  return all.flatMap((one) => {
    const key = one.text.replace(/\s/g, '');
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, one);
      return [];
    }
    const about = [other.about, one.about];
    return textFinding(
      'same-words',
      { position: one.position, about },
      {
        ja: `「${other.about}」と「${one.about}」の${ja}が同じです（${one.text}）。写して直し忘れていませんか。`,
        en: `"${other.about}" and "${one.about}" have the same ${en} (${one.text}). Was one copied and not changed?`,
      },
    );
  });
}
