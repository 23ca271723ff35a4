/** How conditions are put together and in which order rules stand: one thing taken for another, left out, or out of its place. */
import { isObject } from '../../rulebook/basics.ts';
import { valueAt } from '../../rulebook/data.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Condition, RuleSet } from '../../rulebook/rule-set.ts';
import { SECTION_KINDS } from '../../rulebook/sections.ts';
import type { Path } from '../../rulebook/source.ts';
import { ownerJa, rulesOf, type WrittenCondition, writtenConditions } from '../rule-set-parts.ts';
import { dropped, type FileChange } from './edit.ts';

export const structureMutants = (data: unknown, ruleSet: RuleSet): FileChange[] => [
  ...writtenConditions(ruleSet).flatMap((written) => [
    // What a cell wants is its table's, which has mutants of its own.
    ...(written.rule?.cell ? [] : groupMutants(data, written.condition, written.path, written.about)),
    ...written.places.flatMap((place) => takenForAnother(place, written, ruleSet)),
  ]),
  ...ruleSet.rules.flatMap(({ section, id, deadlines }) => shownDeadlines(section, id, deadlines, ruleSet)),
  ...orderMutants(data, ruleSet),
];

const NAMES = { all: 'すべて', any: 'いずれか' } as const;

/** `all` taken for `any` and the other way round, and each of their parts left out, at whatever depth. */
function groupMutants(data: unknown, condition: Condition, path: Path, about: string): FileChange[] {
  if (condition.kind === 'not') return groupMutants(data, condition.of, [...path, 'not'], about);
  if (condition.kind !== 'all' && condition.kind !== 'any') return [];
  const { kind, of } = condition;
  const inside = of.flatMap((part, i) => groupMutants(data, part, [...path, kind, i], about));
  const written = valueAt(data, path);
  if (of.length < 2 || !isObject(written)) return inside;
  const other = kind === 'all' ? 'any' : 'all';
  const { [kind]: parts, ...rest } = written;
  const [ja, en] = [`${ownerJa(about)}の条件`, `the condition of ${about}`];
  return [
    {
      ...{ path, value: { ...rest, [other]: parts }, kind: other },
      ja: `${ja}の「${NAMES[kind]}」を「${NAMES[other]}」にする`,
      en: `${other} for ${kind} in ${en}`,
    },
    ...of.map((_, i) =>
      dropped([...path, kind, i], `${ja}から、${i + 1}番目を外す`, `drop part ${i + 1} of ${en}`),
    ),
    ...inside,
  ];
}

/** The one after it in the file, and of the last the first. */
const nextOf = <T>(all: readonly T[], one: T): T | undefined => {
  const next = all[(all.indexOf(one) + 1) % all.length];
  return next === one ? undefined : next;
};

/** Another named condition, another deadline that has the same sides. */
function takenForAnother(
  { part, path }: WrittenCondition['places'][number],
  { about }: WrittenCondition,
  ruleSet: RuleSet,
): FileChange[] {
  if (part.kind === 'named') {
    const owner = about.replace(/^conditions\//, '');
    const names = [...ruleSet.conditions.keys()].filter((name) => name === part.name || name !== owner);
    const other = nextOf(names, part.name);
    if (other === undefined) return [];
    const words = {
      ja: `${ownerJa(about)}で、条件「${part.name}」を「${other}」と取り違える`,
      en: `"${other}" for "${part.name}" in ${about}`,
    };
    return [{ path: [...path, 'condition'], value: other, kind: 'another', ...words }];
  }
  if (part.operand.kind !== 'deadline') return [];
  const to = [...path, 'value', 'deadline'];
  return anotherDeadline(to, part.operand.deadline, { ja: ownerJa(about), en: about }, ruleSet);
}

function anotherDeadline(path: Path, id: string, owner: LocalizedText, { deadlines }: RuleSet): FileChange[] {
  const sidesOf = (name: string): string => {
    const { from = null, until = null } = deadlines.get(name) ?? {};
    return `${from !== null} ${until !== null}`;
  };
  const alike = [...deadlines.keys()].filter((name) => sidesOf(name) === sidesOf(id));
  const other = nextOf(alike, id);
  if (other === undefined) return [];
  const labelOf = (name: string): string => deadlines.get(name)?.label ?? name;
  return [
    {
      ...{ path, value: other, kind: 'another' },
      ja: `${owner.ja}で、期限「${labelOf(id)}」を「${labelOf(other)}」と取り違える`,
      en: `"${other}" for "${id}" in ${owner.en}`,
    },
  ];
}

/** Another deadline than the one that a rule shows. */
function shownDeadlines(
  section: string,
  id: string,
  shown: readonly string[],
  ruleSet: RuleSet,
): FileChange[] {
  const path = ruleSet.sections.find(({ name }) => name === section)?.path ?? [];
  const at = rulesOf(ruleSet, section).findIndex((rule) => rule.id === id);
  const about = `${section}/${id}`;
  return shown.flatMap((deadline, i) => {
    const change = anotherDeadline(
      [...path, at, 'deadlines', i],
      deadline,
      { ja: `${ownerJa(about)}の示す期限`, en: `what ${about} shows` },
      ruleSet,
    );
    return change.filter(({ value }) => !shown.includes(String(value)));
  });
}

/** Where the first rule that holds is taken: each rule below the next one. */
const orderMutants = (data: unknown, ruleSet: RuleSet): FileChange[] =>
  ruleSet.sections
    .filter(({ kind }) => SECTION_KINDS[kind] === 'first')
    .flatMap(({ name, path }) => {
      const written = valueAt(data, path);
      if (!Array.isArray(written)) return [];
      const rules = rulesOf(ruleSet, name);
      return rules.flatMap((rule, i): FileChange[] => {
        const next = rules[i + 1];
        if (!next || next.when === null || rule.cell || next.cell) return [];
        const value = [...written.slice(0, i), written[i + 1], written[i], ...written.slice(i + 2)];
        const words = {
          ja: `${ownerJa(`${name}/${rule.id}`)}を、次の「${next.id}」の下に置く`,
          en: `put ${name}/${rule.id} below "${next.id}"`,
        };
        return [{ path: [...path, i], of: path, value, kind: 'below', ...words }];
      });
    });
