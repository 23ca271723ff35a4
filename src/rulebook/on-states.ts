/** An outcome, or a reading of the notice, that stands on the state it belongs to: as a rule of its own section. */
import { isObject } from './basics.ts';
import type { Places } from './places.ts';
import { SECTION_NAMES, type Section } from './rule-set.ts';
import type { Path } from './source.ts';

type Keyed = Record<string, unknown>;

export interface PlacedRule {
  rule: unknown;
  /** Where it is written. */
  at: Path;
  /** It stands on a state: its condition is in the long form. */
  isAttached: boolean;
}

const STATES = ['voucherState', 'claimState', 'outcome'] as const satisfies readonly Section[];

/**
 * The rules of each section in their order. Outcomes of states come behind the conditions of `outcome` and before its last rule,
 * which has none; readings that stand on states come first, as they do in the file.
 */
export function rulesBySection(data: Keyed, places: Places): ReadonlyMap<Section, PlacedRule[]> {
  const written = (section: Section): PlacedRule[] =>
    [data[section] ?? []].flat().map((rule, i) => ({ rule, at: [section, i], isAttached: false }));
  const states = STATES.flatMap((section) =>
    written(section).flatMap(({ rule, at }) => (isObject(rule) ? [{ section, rule, at }] : [])),
  );
  const outcomes = states.flatMap(({ section, rule: { outcome, id, clause }, at }) =>
    outcome === undefined
      ? []
      : [{ rule: { id, concludes: outcome, clause, when: taken(section, id) }, at, isAttached: true }],
  );
  const readings = states.flatMap(({ section, rule, at }) =>
    itemsOf(rule.assumes, [...at, 'assumes']).map(({ item, at: own }) => ({
      rule: { clause: rule.clause, ...item, when: taken(section, rule.id) },
      ...{ at: own, isAttached: true, hasClause: item.clause !== undefined, state: at },
    })),
  );
  const own = written('outcome');
  const last = own.findIndex(({ rule }, i) => i === own.length - 1 && Object(rule).when === undefined);
  const before = last < 0 ? own.length : last;
  for (const [i, { at }] of outcomes.entries()) {
    places.put(['outcome', before + i, 'concludes'], [...at, 'outcome']);
    places.put(['outcome', before + i, 'when'], [...at, 'outcome'], true);
  }
  for (const [i, { at, hasClause, state }] of readings.entries()) {
    places.put(['assumptions', i, 'when'], at);
    if (!hasClause) places.put(['assumptions', i, 'clause'], [...state, 'clause']);
  }

  const lists = new Map<Section, PlacedRule[]>(SECTION_NAMES.map((section) => [section, written(section)]));
  lists.set('outcome', [...own.slice(0, before), ...outcomes, ...own.slice(before)]);
  lists.set('assumptions', [...readings, ...written('assumptions')]);
  for (const [section, rules] of lists)
    for (const [i, { at }] of rules.entries()) if (!isAt(at, section, i)) places.put([section, i], at);
  return new Map([...lists].map(([section, rules]) => [section, rules.map(withoutAttached)]));
}

/** The state is what its section came to. */
const taken = (section: Section, id: unknown) => ({ fact: `${section}.rule`, operator: 'equal', value: id });

const isAt = ([section, index]: Path, wanted: Section, place: number): boolean =>
  section === wanted && index === place;

function withoutAttached({ rule, at, isAttached }: PlacedRule): PlacedRule {
  const { assumes: _, outcome: __, ...rest } = isObject(rule) ? rule : {};
  return { rule: isObject(rule) ? rest : rule, at, isAttached };
}

const itemsOf = (written: unknown, at: Path): { item: Keyed; at: Path }[] =>
  Array.isArray(written)
    ? written.flatMap((item, i) => (isObject(item) ? [{ item, at: [...at, i] }] : []))
    : isObject(written)
      ? [{ item: written, at }]
      : [];
