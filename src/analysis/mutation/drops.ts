/** One brand, step, deadline or item less. */
import { type RuleSet, SECTION_NAMES } from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import { aboutRule, rulesOf } from '../rule-set-parts.ts';
import { type FileChange, isGroup, valueAt } from './edit.ts';

export function droppedParts(data: unknown, ruleSet: RuleSet): FileChange[] {
  return [
    ...entries(data, ['brands'], (label) => `交換先「${label}」をなくす`),
    ...listItems(data, 'information', (list, label) => `「${list}」から「${label}」を外す`),
    ...listItems(data, 'lists', (list, label) => `一覧「${list}」から「${label}」を外す`),
    ...SECTION_NAMES.flatMap((section) =>
      rulesOf(ruleSet, section).flatMap((rule, i) =>
        partsOfRule(data, [section, i], `規則「${aboutRule(rule)}」`, ruleSet),
      ),
    ),
  ];
}

function partsOfRule(
  data: unknown,
  path: Path,
  rule: string,
  { vocabulary, deadlines }: RuleSet,
): FileChange[] {
  const list = (key: string, ja: (id: string) => string): FileChange[] => {
    const at = [...path, ...key.split('.')];
    const written = valueAt(data, at);
    return Array.isArray(written)
      ? written.map((id, i) => dropped([...at, i], `${rule}で、${ja(String(id))}`))
      : [];
  };
  const information = [...path, 'requiredInformation'];
  return [
    ...list('nextSteps', (id) => `次にすること「${vocabulary.nextSteps.get(id) ?? id}」を示さない`),
    ...list('deadlines', (id) => `期限「${deadlines.get(id)?.label ?? id}」を示さない`),
    ...list('brands', (id) => `交換先「${id}」をなくす`),
    ...list('requiredInformation.only', (id) => `用意する情報「${id}」を示さない`),
    ...(valueAt(data, information) === undefined
      ? []
      : [dropped(information, `${rule}で、用意する情報を示さない`)]),
  ];
}

function listItems(data: unknown, group: string, ja: (list: string, label: string) => string): FileChange[] {
  const lists = valueAt(data, [group]);
  return Object.entries(isGroup(lists) ? lists : {}).flatMap(([id, list]) => {
    const label = valueAt(list, ['label']);
    return entries(data, [group, id, 'items'], (item) => ja(String(label ?? id), item));
  });
}

function entries(data: unknown, path: Path, ja: (label: string) => string): FileChange[] {
  const written = valueAt(data, path);
  return Object.entries(isGroup(written) ? written : {}).map(([id, label]) =>
    dropped([...path, id], ja(String(label))),
  );
}

const dropped = (path: Path, ja: string): FileChange => ({
  path,
  value: undefined,
  kind: 'dropped',
  ja,
  en: `drop ${path.join('/')}`,
});
