/**
 * Amounts by a table: each cell is an amount rule of its own, so that all that is known of rules is known of cells.
 *
 *     tables:
 *       sums: { by: [case.kind, case.hours], cells: { one: { 48以上: 200万円, 48未満: 50万円 }, … } }
 *     amount:
 *       - { id: by-kind, when: …, table: sums, final: true }
 */
import { isObject } from './basics.ts';
import type { PlacedRule } from './on-states.ts';
import type { Places } from './places.ts';
import { nearest, type ProblemList } from './problems.ts';
import type { TableCell } from './rule-set.ts';
import type { Section } from './sections.ts';
import type { Known } from './short-comparison.ts';
import type { Path } from './source.ts';
import type { Vocabulary } from './vocabulary.ts';

type Keyed = Record<string, unknown>;

export interface CellOfTable {
  /** What each fact has to be, as the short form of conditions has it; `at`: of the key of the row or column. */
  keys: { fact: string; key: string; name: string; wanted: unknown[]; at: Path }[];
  value: unknown;
  at: Path;
}

export type RuleOrCell = PlacedRule & { cell?: CellOfTable };

/** Puts the cells of tables into the rules that name one, and tells of tables that none names. */
export function tablesIn(
  data: Keyed,
  known: Known,
  vocabulary: Vocabulary,
  { places, problems }: { places: Places; problems: ProblemList<Path> },
) {
  const tables: Keyed = isObject(data.tables) ? data.tables : {};
  const used = new Set<string>();
  const cells = new Map<string, TableCell>();

  function cellsIn(
    by: readonly string[],
    value: unknown,
    at: Path,
    keys: CellOfTable['keys'],
  ): CellOfTable[] {
    const fact = by[keys.length];
    if (fact === undefined) return [{ keys, value, at }];
    if (isObject(value) && Object.keys(value).length > 0)
      return Object.entries(value).flatMap(([key, inner], i) => {
        const keyAt = [...at, key];
        const range = RANGE.exec(key.normalize('NFKC'));
        const one = known.left(fact)?.type === 'boolean' ? (BOOLEANS.get(key) ?? key) : key;
        const wanted = range ? range.slice(1) : [one];
        return cellsIn(by, inner, keyAt, [...keys, { fact, key, name: nameOf(key, i), wanted, at: keyAt }]);
      });
    problems.addAt('wrong-shape', () => places.atWritten(at), {
      ja: `表のここには、「${fact}」の値ごとの額を書いてください（例：{ 値: 100万円, 値: 50万円 }）。`,
      en: `Write what there is for each value of "${fact}" here.`,
    });
    return [];
  }

  /** In the words of the fact: 全壊, はい, 24時間以上. */
  function labelOf(fact: string, key: string): string {
    const { values, unit = null, type } = vocabulary.facts.get(fact) ?? {};
    if (type === 'boolean') return BOOLEANS.get(key) ? 'はい' : 'いいえ';
    const numbers = unit !== null && !key.includes(unit) ? key.replaceAll(NUMBER, `$&${unit}`) : key;
    return values?.find(({ id }) => id === key)?.label ?? numbers;
  }

  return {
    /** By the section and the id of the rule that each is. */
    cells,
    /** The rule itself, where it names no table. */
    put({ name: section, remedy }: Section, placed: PlacedRule): RuleOrCell[] {
      const { rule, at } = placed;
      if (!isObject(rule) || rule.table === undefined) return [placed];
      const { table: name, ...own } = rule;
      const table = tables[String(name)];
      if (!isObject(table)) {
        problems.addAt('unknown-table', () => places.atWritten([...at, 'table']), {
          ja: `「${name}」という表は tables にありません。`,
          en: `There is no "${name}" in tables.`,
          suggestion: () => nearest(String(name), Object.keys(tables)),
        });
        return [];
      }
      used.add(String(name));
      if (own.yen !== undefined)
        problems.addAt('wrong-shape', () => places.atWritten([...at, 'yen'], true), {
          ja: 'table と yen は、どちらか一つだけを書いてください。',
          en: 'Write table or yen, not both.',
        });
      const by = [table.by].flat().map(String);
      // Told where the table is read.
      if (by.some((fact) => known.left(fact) === null)) return [];
      return cellsIn(by, table.cells, ['tables', String(name), 'cells'], []).map((cell, i) => {
        const keys = cell.keys.map(({ key }) => key);
        const labels = cell.keys.map(({ fact, key }) => labelOf(fact, key));
        const words = { label: `${own.label ?? table.label}：${labels.join('・')}` };
        const ownParts = Number(own.when !== undefined) + Number(remedy !== null);
        const place = { isFirst: i === 0, ownParts };
        const id = [own.id, ...cell.keys.map(({ name }) => name)].join('.');
        cells.set(`${section}/${id}`, { table: String(name), rule: String(own.id), keys, labels, ...place });
        return { ...placed, rule: { ...own, ...words, id, clause: own.clause ?? table.clause }, cell };
      });
    },
    /** After all rules were put. */
    tellUnused(): void {
      for (const name of Object.keys(tables))
        if (!used.has(name))
          problems.add('unused', ['tables', name], {
            ja: `表「${name}」は、どこからも使われていません。`,
            en: `The table "${name}" is used nowhere.`,
            ofKey: true,
          });
    },
  };
}

/** Of a row or column, as part of a rule's id: one, true, ge24-lt48, or its number. */
function nameOf(key: string, index: number): string {
  const compared = [...key.normalize('NFKC').matchAll(COMPARED)];
  const signs = compared.map(
    ([, number = '', word = '']) => `${SIGNS.get(word)}${number.replaceAll(',', '')}`,
  );
  const isCompared = compared.map(([all]) => all).join('') === key.normalize('NFKC') && signs.length > 0;
  const name = isCompared ? signs.join('-') : String(BOOLEANS.get(key) ?? key);
  return /^[A-Za-z0-9._-]+$/.test(name) ? name : String(index + 1);
}
const COMPARED = /(\d[\d,]*)[^\d]{0,2}?(以上|より大きい|超|未満|以下)/g;
const SIGNS = new Map([
  ['以上', 'ge'],
  ['より大きい', 'gt'],
  ['超', 'gt'],
  ['未満', 'lt'],
  ['以下', 'le'],
]);

/** 24以上48未満 */
const RANGE = /^(.+(?:以上|より大きい|超|から|より後))(.+(?:未満|以下|まで|より前))$/;

const NUMBER = /\d[\d,]*万?/g;

const BOOLEANS = new Map([
  ['true', true],
  ['false', false],
  ['はい', true],
  ['いいえ', false],
]);
