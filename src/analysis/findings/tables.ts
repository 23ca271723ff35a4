/** Tables of amounts: people for whom there is no cell, and people for whom there are two. */
import type { Condition, Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { sectionsOfKind } from '../../rulebook/sections.ts';
import { aboutRule, rulesOf } from '../rule-set-parts.ts';
import type { Property } from '../search/properties.ts';
import { all, any, no } from '../search/properties.ts';
import { pairsTogether } from './apart.ts';
import type { Check, CheckContext, Checks } from './finding.ts';
import { foundIfShown } from './finding.ts';

interface Use {
  section: string;
  remedy: string | null;
  rule: string;
  table: string;
  cells: Rule[];
}

/** The cells of each rule that names a table. */
function usesIn(ruleSet: RuleSet): Use[] {
  const uses = new Map<string, Use>();
  for (const { name: section, remedy } of sectionsOfKind(ruleSet, 'amount')) {
    for (const one of rulesOf(ruleSet, section)) {
      if (one.cell === null) continue;
      const { rule, table } = one.cell;
      const key = `${section}/${rule}`;
      const use = uses.get(key) ?? { section, remedy, rule, table, cells: [] };
      use.cells.push(one);
      uses.set(key, use);
    }
  }
  return [...uses.values()];
}

/** What the rule wants besides being of the table. */
function ownCondition({ when, cell }: Rule): Condition | null {
  const ownParts = cell?.ownParts ?? 0;
  return ownParts > 0 && when?.kind === 'all' ? { kind: 'all', of: when.of.slice(0, ownParts) } : null;
}

/** Whom the rule means to find in its table. */
function isMeant({ ruleSet, properties }: CheckContext, { cells: [first] }: Use): Property {
  const own = first ? ownCondition(first) : null;
  return own === null ? any(rulesOf(ruleSet, 'remedies').map(properties.isTaken)) : properties.condition(own);
}

/** Some table is meant for the person: where it has no cell, that is told of the table. */
export const isOfTable = (context: CheckContext, section: string): Property =>
  any(
    usesIn(context.ruleSet)
      .filter((use) => use.section === section)
      .map((use) => isMeant(context, use)),
  );

const missingCell: Check = (context) => {
  const { ruleSet, properties } = context;
  return usesIn(ruleSet).flatMap((use) => {
    const { rule, section, table: id } = use;
    const isTold = any(rulesOf(ruleSet, section).map(properties.isTaken));
    const table = ruleSet.tables.get(id);
    if (!table) return [];
    return [
      foundIfShown(context, properties.consistent(all([isMeant(context, use), no(isTold)])), {
        ...{ position: table.position, about: [`tables/${id}`] },
        ja: `表「${table.label}」（${id}）に、当てはまる欄のない方がいます（補償額「${rule}」）。欄を加えるか、それより下に額を書いてください。`,
        en: `The table "${id}" has no cell for somebody (amount "${rule}"). Add one, or write an amount below it.`,
      }),
    ];
  });
};

const overlappingCells: Check = (context) =>
  usesIn(context.ruleSet).flatMap(({ table, cells }) =>
    pairsTogether(cells, context.ruleSet).map(([a, b]) =>
      foundIfShown(
        context,
        context.properties.consistent(all([context.properties.holds(a), context.properties.holds(b)])),
        {
          ...{ position: b.position, about: [aboutRule(a), aboutRule(b)] },
          ja: `表「${table}」の二つの欄に同時に当てはまる方がいます（「${a.cell?.labels.join('・')}」と「${b.cell?.labels.join('・')}」）。先に書いた欄の額になります。「24以上48未満」のように、重ならないように書いてください。`,
          en: `Somebody is of two cells of the table "${table}" (${a.id} and ${b.id}); the one written first counts. Write them so that they do not overlap.`,
        },
      ),
    ),
  );

export const TABLES: Checks = [
  ['missing-cell', missingCell],
  ['overlapping-cells', overlappingCells],
];
