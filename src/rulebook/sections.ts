/**
 * The sections of a rule file: what rules are of which kind, in the order in which they are judged. A rule set has those that
 * every one has, and a section for each state, each claim and each remedy's amount that it declares.
 *
 *     states: { card: { label: …, values: {…}, rules: […] } }          states.card
 *     claims: { first: { label: …, remedies: […], state: […] } }       claims.first
 *     remedies: [{ id: gift, …, amount: […] }]                         amount.gift
 *     voucherState: […]   claimState: […]                              a state, a claim, of the vocabulary's words
 */
import { isObject } from './basics.ts';
import type { LocalizedText } from './lang.ts';
import type { Path } from './source.ts';

/** `collect` takes every rule that holds; `first` takes the first, in file order. */
export const SECTION_KINDS = {
  contradictions: 'collect',
  eligibility: 'collect',
  state: 'first',
  claim: 'first',
  outcome: 'first',
  remedies: 'collect',
  advice: 'collect',
  amount: 'first',
  assumptions: 'collect',
} as const;
export type SectionKind = keyof typeof SECTION_KINDS;

export interface Section {
  /** As rules, conditions and answers name it: eligibility, voucherState, claims.first. */
  name: string;
  kind: SectionKind;
  takes: (typeof SECTION_KINDS)[SectionKind];
  /** The way to its rules in the file. */
  path: Path;
  label: LocalizedText;
  /** The name under which later sections read what it concludes; null where they cannot. */
  conclusion: string | null;
  /** What may be concluded, with its Japanese; null where each rule concludes itself. */
  words: ReadonlyMap<string, string> | null;
  /** Of an amount: the remedy whose amount it is; null where it is the whole. */
  remedy: string | null;
}

type Keyed = Record<string, unknown>;
type Words = Record<'outcomes' | 'voucherStates' | 'claimStates', ReadonlyMap<string, string>>;

const LABELS = {
  contradictions: { ja: '同時に成り立たない事実', en: 'contradiction' },
  eligibility: { ja: '対象の区分', en: 'category' },
  voucherState: { ja: 'クーポンの状態', en: 'voucher state' },
  claimState: { ja: '請求の状態', en: 'claim state' },
  outcome: { ja: '結論', en: 'outcome' },
  remedies: { ja: '補償の内容', en: 'remedy' },
  advice: { ja: '付け加える案内', en: 'advice' },
  amount: { ja: '補償額', en: 'amount' },
  assumptions: { ja: '告知にないことへの解釈', en: 'assumption' },
} as const satisfies Record<string, LocalizedText>;

/** How conditions call what a section concludes, where that is not its own name. */
const CONCLUSIONS = { eligibility: 'category', remedies: 'remedy', outcome: 'outcome' } as const;

/** Of conditions: what every rule set concludes under the same name, and what some do. */
export const COMMON_CONCLUSIONS: readonly string[] = ['category', 'remedy', 'outcome', 'outcome.rule'];
/** Of a state or a claim that the rule file declares. */
export const DECLARED = /^(states|claims)\.[A-Za-z0-9][A-Za-z0-9_-]*(\.rule)?$/;
/** Groups of names that a rule file declares, in which there are no facts. */
const RESERVED = /^(states|claims|numbers)\./;
/** As `voucherState` and `claimState` are read. */
export const SHARED_STATES: readonly string[] = ['voucherState', 'claimState'].flatMap((name) => [
  name,
  `${name}.rule`,
]);

/** Whether no fact may have that name: conditions read a conclusion by it. */
export const isConclusionName = (name: string): boolean =>
  COMMON_CONCLUSIONS.includes(name) || SHARED_STATES.includes(name) || RESERVED.test(name);

/** The sections of a rule file as it was read, in the order in which they are judged. */
export function sectionsIn(data: object, { outcomes, voucherStates, claimStates }: Words): Section[] {
  const file: Keyed = { ...data };
  const common = (name: keyof typeof LABELS, words: Section['words'] = null): Section => {
    const kind = name === 'voucherState' ? 'state' : name === 'claimState' ? 'claim' : name;
    const conclusion = kind === 'state' || kind === 'claim' ? name : (READ.get(name) ?? null);
    return { ...head(name, kind, [name], LABELS[name]), conclusion, words };
  };
  const declared = (group: 'states' | 'claims', rules: string, shared: Section['words']): Section[] =>
    entriesOf(file[group]).map(([id, one]) => {
      const label = String(one.label ?? id);
      const words = shared ?? new Map(Object.entries(isObject(one.values) ? one.values : {}).map(textOf));
      const name = `${group}.${id}`;
      const kind = group === 'states' ? 'state' : 'claim';
      const called =
        kind === 'claim' ? { ja: `${label}の状態`, en: `state of claim ${id}` } : { ja: label, en: id };
      return { ...head(name, kind, [group, id, rules], called), conclusion: name, words };
    });
  const amounts = [file.remedies ?? []].flat().flatMap((remedy, i): Section[] => {
    if (!isObject(remedy) || remedy.amount === undefined) return [];
    const id = String(remedy.id);
    const label = { ja: `補償額：${String(remedy.label ?? id)}`, en: `amount of ${id}` };
    return [{ ...head(`amount.${id}`, 'amount', ['remedies', i, 'amount'], label), remedy: id }];
  });
  return [
    ...[common('contradictions'), common('eligibility')],
    ...(file.voucherState === undefined ? [] : [common('voucherState', voucherStates)]),
    ...declared('states', 'rules', null),
    ...(file.claimState === undefined ? [] : [common('claimState', claimStates)]),
    ...declared('claims', 'state', claimStates),
    ...[common('outcome', outcomes), common('remedies'), common('advice'), common('amount'), ...amounts],
    common('assumptions'),
  ];
}
const READ: ReadonlyMap<string, string> = new Map(Object.entries(CONCLUSIONS));

const head = (name: string, kind: SectionKind, path: Path, label: LocalizedText): Section => ({
  ...{ name, kind, takes: SECTION_KINDS[kind], path, label },
  ...{ conclusion: null, words: null, remedy: null },
});

const textOf = ([id, label]: [string, unknown]): [string, string] => [id, String(label)];

/** The section of the state of a claim, by the claim as answers name it; that of one claim has its own name. */
export const sectionOfClaim = (id: string): string => (id === 'claimState' ? id : `claims.${id}`);

const entriesOf = (group: unknown): [string, Keyed][] =>
  Object.entries(isObject(group) ? group : {}).flatMap(([id, one]): [string, Keyed][] =>
    isObject(one) ? [[id, one]] : [],
  );

interface Sectioned {
  sections: readonly Section[];
}

export function sectionNamed({ sections }: Sectioned, name: string): Section {
  const section = sections.find((one) => one.name === name);
  if (!section) throw new Error(`no section ${name}`);
  return section;
}

/** Those of a kind, in their order. */
export const sectionsOfKind = ({ sections }: Sectioned, ...kinds: readonly SectionKind[]): Section[] =>
  sections.filter(({ kind }) => kinds.includes(kind));

/** The section that makes a conclusion, such as category or outcome.rule; null for what is none. */
export const concludedBy = ({ sections }: Sectioned, name: string): Section | null =>
  sections.find(({ conclusion }) => conclusion !== null && conclusion === name.replace(/\.rule$/, '')) ??
  null;

/** All that conditions may read of the sections, by name: what was concluded, and which rule was taken. */
export const conclusionsOf = ({ conclusion, takes }: Section): string[] =>
  conclusion === null ? [] : takes === 'first' ? [conclusion, `${conclusion}.rule`] : [conclusion];

/** What a condition reads of a conclusion: all that holds, or the one that was taken. */
export const conclusionType = ({ takes }: Pick<Section, 'takes'>): 'set' | 'enum' =>
  takes === 'collect' ? 'set' : 'enum';
