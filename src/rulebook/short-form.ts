/**
 * The short form of conditions, which reads like the notice, put into json-rules-engine's own form, which is all that the rest of
 * the program knows. Whatever is written in the long form stays as it is.
 *
 *     covered                        a name: that condition        { condition: covered }
 *     [covered, …]                   a list: all of them           { all: [ { condition: covered }, … ] }
 *     group.fact: value              a fact and its value          { fact: group.fact, operator: equal, value: value }
 *     group.fact: asOf まで           with a word or a sign         { fact: …, operator: onOrBefore, value: { fact: asOf } }
 *     { group.fact: …, other: … }    several facts: all of them    { all: [ … ] }
 */
import { AS_OF, isObject } from './basics.ts';
import { bundlesIn } from './bundles.ts';
import { valueAt, withValueAt } from './data.ts';
import { DERIVED } from './derived-left.ts';
import { type PlacedRule, rulesBySection } from './on-states.ts';
import { type Places, placesIn } from './places.ts';
import { nearest, ProblemList } from './problems.ts';
import type { TableCell } from './rule-set.ts';
import { conclusionsOf, conclusionType, type Section, sectionsIn } from './sections.ts';
import { comparisonOf, type Known, numberOf, type Said } from './short-comparison.ts';
import type { Path, Source } from './source.ts';
import { type CellOfTable, tablesIn } from './tables.ts';
import type { Vocabulary } from './vocabulary.ts';

type Keyed = Record<string, unknown>;

/** The keys of the long form: one of them makes a condition. */
export const FORMS = ['all', 'any', 'not', 'condition', 'fact'] as const;
const BESIDE = ['label', 'clause'];

interface Expanding {
  known: Known;
  places: Places;
  problems: ProblemList<Path>;
}

/** Stands for what could not be read; the problem has been told. */
export const BROKEN = Symbol('broken');

/**
 * A rule file's data with every condition in the long form, bundles of guidance in the rules that name them, and what stands on states
 * in its own section. `cells`: which amount rules are cells of tables, by section and id.
 */
export function toLongForm<Data extends object>(
  data: Data,
  { vocabulary, ...telling }: Omit<Expanding, 'known'> & { vocabulary: Vocabulary },
): { data: Data; sections: readonly Section[]; cells: ReadonlyMap<string, TableCell> } {
  const written: Keyed = Object.fromEntries(Object.entries(data));
  const sections = sectionsIn(written, vocabulary);
  const expanding = { ...telling, known: knownIn(written, sections, vocabulary) };
  const bundles = bundlesIn(written, telling.places, telling.problems);
  const tables = tablesIn(written, expanding.known, vocabulary, telling);
  let whole: unknown = written;
  for (const [name, condition] of Object.entries(isObject(written.conditions) ? written.conditions : {})) {
    const path = ['conditions', name];
    whole = withValueAt(whole, path, expand(condition, path, path, expanding));
  }
  for (const [section, placed] of rulesBySection(written, sections, telling)) {
    if (placed.length === 0) continue;
    const { kind, remedy } = section;
    const rules = placed.map((one) => (remedy === null ? one : withId(one, remedy)));
    const long = rules
      .flatMap((one) => tables.put(section, one))
      .map((placed, i) => {
        const { rule, at, isAttached, cell } = placed;
        if (!isObject(rule)) return rule;
        const path = [...section.path, i];
        if (kind === 'amount') telling.places.put(path, at);
        const put = bundles.put(rule, path, at);
        const conditions = [
          ...(remedy === null ? [] : [granted(remedy)]),
          ...(isAttached ? [rule.when] : []),
        ];
        const parts: Parts = {
          given: conditions.filter((one) => one !== undefined),
          own: isAttached ? undefined : rule.when,
        };
        if (cell) return { ...put, ...cellOf(cell, parts, path, at, expanding) };
        const amount = Object.fromEntries(
          AMOUNTS.flatMap((key) => {
            const value = rule[key];
            return typeof value === 'string'
              ? [[key, quantityOf(value, key === 'yen', expanding.known)]]
              : [];
          }),
        );
        return { ...put, ...amount, ...whenOf(parts, path, at, expanding) };
      });
    whole = withValueAt(whole, section.path, long);
  }
  bundles.tellUnused();
  tables.tellUnused();
  return { data: whole as Data, sections, cells: tables.cells };
}

const AMOUNTS = ['yen', 'value'];

/** An amount without a name has that of its remedy. */
const withId = (placed: PlacedRule, id: string): PlacedRule =>
  isObject(placed.rule) && placed.rule.id === undefined
    ? { ...placed, rule: { id, ...placed.rule } }
    : placed;

/** The amount of a remedy is theirs who get it. */
const granted = (remedy: string) => ({ fact: 'remedy', operator: 'contains', value: remedy });

/** What a condition is made of: what is given in the long form, and what the rule itself says. */
interface Parts {
  given: readonly unknown[];
  own: unknown;
}

function whenOf({ given, own }: Parts, path: Path, at: Path, expanding: Expanding): Keyed {
  const expanded = (to: Path) => expand(own, [...path, 'when', ...to], [...at, 'when'], expanding);
  if (given.length === 0) return own === undefined ? {} : { when: expanded([]) };
  if (own === undefined) {
    if (given.length === 1) return { when: given[0] };
    return { when: { all: given } };
  }
  for (const i of given.keys()) expanding.places.put([...path, 'when', 'all', i], at);
  return { when: { all: [...given, expanded(['all', given.length])] } };
}

/** 100万円, 1,000; a named value; a fact. What may be a name and is none is refused as one. */
function quantityOf(text: string, isMoney: boolean, known: Known): unknown {
  const money = numberOf(text.trim(), isMoney ? '円' : null, known);
  return typeof money === 'string' && NAME.test(money) ? { value: money } : money;
}
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Where a cell of a table is, what it comes to, and when: what its rule says, and each fact what the cell is for. */
function cellOf(
  { keys, value, at: cellAt }: CellOfTable,
  { given, own: when }: Parts,
  path: Path,
  at: Path,
  expanding: Expanding,
): Keyed {
  const { places, known } = expanding;
  places.put([...path, 'id'], cellAt, true);
  places.put([...path, 'yen'], cellAt);
  places.put([...path, 'when'], cellAt, true);
  const whenPath = [...path, 'when', 'all'];
  for (const i of given.keys()) places.put([...whenPath, i], at);
  const own = [
    ...given,
    ...(when === undefined ? [] : [expand(when, [...whenPath, given.length], [...at, 'when'], expanding)]),
  ];
  const compared = keys.flatMap(({ fact, wanted, at: of }) => wanted.map((value) => ({ fact, value, of })));
  const parts = compared.map(({ fact, value: to, of }, i) =>
    ofFact(fact, to, [...whenPath, own.length + i], { of, isKey: true }, expanding),
  );
  return {
    when: { all: [...own, ...parts] },
    yen: typeof value === 'string' ? quantityOf(value, true, known) : value,
  };
}

/** A sound rule file as if it were written in the long form; positions are those of its text. `vocabulary`: with its own words. */
export function longForm(source: Source, vocabulary: Vocabulary): Source {
  const places = placesIn(source);
  const data = Object(source.data);
  const problems = new ProblemList(source.at);
  return { ...source, data: toLongForm(data, { vocabulary, places, problems }).data, at: places.at };
}

export function knownIn(data: Keyed, sections: readonly Section[], { facts }: Vocabulary): Known {
  const keysOf = (...groups: string[]): Set<string> =>
    new Set(groups.flatMap((group) => Object.keys(isObject(data[group]) ? data[group] : {})));
  const [deadlines, values, numbers] = [keysOf('deadlines'), keysOf('values'), keysOf('numbers')];
  const lists = new Set(['brands', 'senders', ...keysOf('information', 'lists')]);
  const conclusions = new Map(
    sections.flatMap((section) => conclusionsOf(section).map((name) => [name, conclusionType(section)])),
  );
  return {
    left(name) {
      const closed = { unit: null, isOpen: false };
      if (name === AS_OF) return { type: 'instant', ...closed };
      const concluded = conclusions.get(name);
      if (concluded) return { type: concluded, ...closed };
      const number = DERIVED.exec(name)?.[1];
      if (number !== undefined && numbers.has(number))
        return { type: 'integer', unit: unitOfNumber(data, number), isOpen: false };
      const fact = facts.get(name);
      if (!fact) return null;
      const { type, unit, values } = fact;
      return { type, unit, isOpen: type === 'text' || (type === 'set' && values === null) };
    },
    names: () => [...facts.keys(), ...conclusions.keys(), ...[...numbers].map((name) => `numbers.${name}`)],
    isDeadline: (name) => deadlines.has(name),
    isList: (name) => lists.has(name),
    isValue: (name) => values.has(name),
    isNumber: (name) => numbers.has(name),
  };
}

function unitOfNumber(data: Keyed, name: string): string | null {
  const unit = valueAt(data, ['numbers', name, 'unit']);
  return typeof unit === 'string' ? unit : null;
}

/** `path`: of the result in the long form; `at`: where it is written. */
function expand(written: unknown, path: Path, at: Path, expanding: Expanding): unknown {
  const { places } = expanding;
  const same = path.length === at.length && path.every((step, i) => step === at[i]);
  if (!same) places.put(path, at);
  if (typeof written === 'string') {
    places.put([...path, 'condition'], at);
    return { condition: written };
  }
  if (Array.isArray(written)) {
    places.put([...path, 'all'], at);
    return { all: written.map((part, i) => expand(part, [...path, 'all', i], [...at, i], expanding)) };
  }
  if (!isObject(written)) return written;
  if (FORMS.some((form) => Object.hasOwn(written, form))) return ofForm(written, path, at, expanding);
  return ofFacts(written, path, at, expanding);
}

/** all, any and not hold conditions of either form. */
function ofForm(written: Keyed, path: Path, at: Path, expanding: Expanding): Keyed {
  const result = { ...written };
  for (const form of ['all', 'any'] as const) {
    const parts = written[form];
    if (Array.isArray(parts))
      result[form] = parts.map((part, i) => expand(part, [...path, form, i], [...at, form, i], expanding));
  }
  if (written.not !== undefined && written.not !== null)
    result.not = expand(written.not, [...path, 'not'], [...at, 'not'], expanding);
  return result;
}

function ofFacts(written: Keyed, path: Path, at: Path, expanding: Expanding): unknown {
  const names = Object.keys(written).filter((key) => !BESIDE.includes(key));
  // Neither a fact nor like one: what may be written here is told where the long form is read.
  const isLikeFact = (name: string): boolean => name.includes('.') || expanding.known.left(name) !== null;
  if (!names.some(isLikeFact)) return written;
  const beside = Object.fromEntries(Object.entries(written).filter(([key]) => BESIDE.includes(key)));
  const leaf = (name: string, to: Path): Keyed | typeof BROKEN =>
    ofFact(name, written[name], to, { of: [...at, name], isKey: false }, expanding);
  const [only = '', ...others] = names;
  const found =
    others.length === 0 ? leaf(only, path) : { all: names.map((name, i) => leaf(name, [...path, 'all', i])) };
  if (found === BROKEN) return BROKEN;
  for (const key of Object.keys(beside)) expanding.places.put([...path, key], [...at, key]);
  return { ...found, ...beside };
}

function ofFact(
  name: string,
  value: unknown,
  path: Path,
  { of, isKey }: { of: Path; isKey: boolean },
  { known, places, problems }: Expanding,
): Keyed | typeof BROKEN {
  const left = known.left(name);
  if (left === null) {
    problems.addAt('unknown-fact', () => places.atWritten(of, true), {
      ja: `「${name}」という事実はありません。`,
      en: `There is no fact "${name}".`,
      suggestion: () => nearest(name, [...FORMS, AS_OF, ...known.names()]),
    });
    return BROKEN;
  }
  const said: Said = comparisonOf(name, left, value, known);
  if ('code' in said) {
    problems.addAt(said.code, () => places.atWritten(of, isKey), said);
    return BROKEN;
  }
  places.put(path, of, true);
  places.put([...path, 'fact'], of, true);
  places.put([...path, 'operator'], of, isKey);
  places.put([...path, 'value'], said.at === undefined ? of : [...of, said.at], isKey);
  return { fact: name, operator: said.operator, value: said.value };
}
