/** An outcome, or a reading of the notice, that stands on the state it belongs to: as a rule of its own section. */
import { isObject } from './basics.ts';
import { valueAt } from './data.ts';
import type { Places } from './places.ts';
import type { ProblemList } from './problems.ts';
import type { Section } from './sections.ts';
import type { Path } from './source.ts';

type Keyed = Record<string, unknown>;

export interface PlacedRule {
  rule: unknown;
  /** Where it is written. */
  at: Path;
  /** It stands on a state: its condition is in the long form. */
  isAttached: boolean;
}

/**
 * The rules of each section in their order. Outcomes of states come behind the conditions of `outcome` and before its last rule,
 * which has none; readings that stand on states come first, as they do in the file.
 */
export function rulesBySection(
  data: Keyed,
  sections: readonly Section[],
  { places, problems }: { places: Places; problems: ProblemList<Path> },
): ReadonlyMap<Section, PlacedRule[]> {
  const written = ({ path }: Pick<Section, 'path'>): PlacedRule[] => {
    const rules = valueAt(data, path) ?? [];
    return Array.isArray(rules)
      ? rules.map((rule, i) => ({ rule, at: [...path, i], isAttached: false }))
      : [{ rule: rules, at: path, isAttached: false }];
  };
  const states = sections
    .filter(({ kind }) => kind === 'state' || kind === 'claim' || kind === 'outcome')
    .flatMap((section) =>
      written(section).flatMap(({ rule, at }) => (isObject(rule) ? [{ section, rule, at }] : [])),
    );
  const isOneOfSeveral = sections.filter(({ kind }) => kind === 'claim').length > 1;
  for (const { section, rule, at } of states)
    if (isOneOfSeveral && section.kind === 'claim' && rule.outcome !== undefined)
      problems.addAt('wrong-shape', () => places.atWritten([...at, 'outcome'], true), {
        ja: `請求がいくつもあるときは、結論を一つの請求の状態だけからは決められません。outcome に、「${section.conclusion}: 状態」を条件にして書いてください。`,
        en: `With several claims the state of one does not decide the outcome. Write rules of outcome whose conditions read such as "${section.conclusion}: state".`,
      });
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
  const own = written({ path: ['outcome'] });
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

  const listOf = (section: Section): PlacedRule[] => {
    if (section.kind === 'outcome') return [...own.slice(0, before), ...outcomes, ...own.slice(before)];
    return section.kind === 'assumptions' ? [...readings, ...written(section)] : written(section);
  };
  const lists = sections.map((section): [Section, PlacedRule[]] => [section, listOf(section)]);
  for (const [{ path }, rules] of lists)
    for (const [i, { at }] of rules.entries()) if (!isSame(at, [...path, i])) places.put([...path, i], at);
  return new Map([...lists].map(([section, rules]) => [section, rules.map(withoutAttached)]));
}

/** The state is what its section came to. */
const taken = ({ conclusion }: Section, id: unknown) => ({
  ...{ fact: `${conclusion}.rule`, operator: 'equal', value: id },
});

const isSame = (path: Path, other: Path): boolean =>
  path.length === other.length && path.every((step, i) => step === other[i]);

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
