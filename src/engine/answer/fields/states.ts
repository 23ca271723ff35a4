/** Where a case stands: in the states that its rule set declares, and with each of its claims. */
import { z } from 'zod';
import type { RuleSet } from '../../../rulebook/rule-set.ts';
import type { Section } from '../../../rulebook/sections.ts';
import { claimAmount, readsFacts } from '../amounts.ts';
import { textsByKey } from '../comparisons.ts';
import type { Conclusion } from '../conclusion.ts';
import * as shapes from '../decision.ts';
import { AND, concludedPart, expectedWord, field, labels, text } from '../field.ts';
import { JAPANESE, quantityText } from './conclusions.ts';
import { requestedItems } from './guidance.ts';

const VOUCHER = 'voucherState';
const CLAIM = 'claimState';

/** A state of its own name in the answer, which the rule set may have. */
function namedState(name: typeof VOUCHER | typeof CLAIM, label: { ja: string; en: string }, place: number) {
  return field<shapes.Labelled | null>({
    schema: shapes.labelled.nullable(),
    make: ({ conclusion: { states, claims, ruleSet } }) => {
      const found = [...states, ...claims.map(({ section, state: id }) => ({ section, id }))].find(
        ({ section }) => section.name === name,
      );
      return found ? wordOf(found.section, found.id, ruleSet) : null;
    },
    says: [
      {
        label,
        items: (state) => labels(state ? [state] : []),
        expect: {
          ...expectedWord<shapes.Labelled | null>(text.nullable(), (state) => state?.id ?? null),
          described: 'unless-empty',
        },
        compared: {
          ...{
            level: [2, place],
            isWord: true,
            of: (section) => section.name === name,
            parts: concludedPart,
          },
          wordFor: ({ sections }, id) => sections.find((one) => one.name === name)?.words?.get(id),
        },
      },
    ],
    columns: [{ header: label.ja, cell: (state) => state?.label ?? '' }],
  });
}

export const STATES = {
  voucherState: namedState(VOUCHER, { ja: 'クーポンの状態', en: 'voucher state' }, 1),
  claimState: namedState(CLAIM, { ja: '請求の状態', en: 'claim state' }, 2),
  states: field<shapes.StateAnswer[]>({
    schema: z.array(shapes.state),
    whereAbsent: [],
    make: ({ conclusion: { states, ruleSet } }) =>
      states.map(({ section, id }) => ({
        ...{ id: idOf(section), label: section.label.ja, value: wordOf(section, id, ruleSet) },
      })),
    says: [
      {
        label: { ja: '状態', en: 'states' },
        items: (states) => ofOwn(states, VOUCHER).map(({ label, value }) => `${label}：${value.label}`),
        expect: {
          schema: z.record(z.string(), text),
          description: 'このルールが名付けた状態（states の名前）ごとの、状態の名前',
          read: (states) => Object.fromEntries(ofOwn(states, VOUCHER).map(({ id, value }) => [id, value.id])),
          ...{ comparison: textsByKey, described: 'unless-empty' },
        },
        compared: comparedBySection(3, ({ kind, name }) => kind === 'state' && name !== VOUCHER),
      },
    ],
    columns: [
      {
        header: 'ほかの状態',
        isOf: ({ sections }) => sections.some(({ kind, name }) => kind === 'state' && name !== VOUCHER),
        cell: (states) =>
          ofOwn(states, VOUCHER)
            .map(({ label, value }) => `${label}：${value.label}`)
            .join(AND),
      },
    ],
  }),
  claims: field<shapes.ClaimAnswer[]>({
    schema: z.array(shapes.claim),
    whereAbsent: [],
    make: ({ conclusion, facts: { values } }) =>
      sharedClaims(conclusion).map((shared, i) => ({
        ...shared,
        amount: claimAmount(conclusion, conclusion.claims[i]?.claim.remedies ?? [], values),
        requiredInformation: requestedItems(
          conclusion.ruleSet,
          values,
          conclusion.claims[i]?.information ?? [],
        ).map(({ id }) => id),
      })),
    varies: (conclusion) =>
      conclusion.amounts.some(readsFacts) ||
      conclusion.claims.some(({ information }) =>
        information.some(({ missingFrom }) => missingFrom !== null),
      ),
    says: [
      {
        label: { ja: '請求', en: 'claims' },
        items: claimItems,
        expect: {
          schema: z.record(z.string(), text),
          description: '請求（claims の名前）ごとの、状態の名前',
          read: (claims) => Object.fromEntries(ofOwn(claims, CLAIM).map(({ id, state }) => [id, state.id])),
          ...{ comparison: textsByKey, described: 'unless-empty' },
        },
        compared: comparedBySection(4, ({ kind, name }) => kind === 'claim' && name !== CLAIM),
      },
    ],
    columns: [
      {
        header: '請求ごとの状態',
        isOf: ({ claims }) => claims.some(({ id }) => id !== CLAIM),
        cell: (claims) => claimItems(claims).join(AND),
      },
    ],
  }),
};

/** What does not vary with the values of facts. */
type SharedClaim = Omit<shapes.ClaimAnswer, 'amount' | 'requiredInformation'>;

const made = new WeakMap<Conclusion, readonly SharedClaim[]>();

function sharedClaims(conclusion: Conclusion): readonly SharedClaim[] {
  const known = made.get(conclusion);
  if (known) return known;
  const { ruleSet, remedies } = conclusion;
  const granted = remedies.map(({ concludes }) => concludes);
  const shared = conclusion.claims.map(({ claim, section, state, nextSteps, deadlines }) => ({
    ...{ id: claim.id, label: claim.label, state: wordOf(section, state, ruleSet) },
    remedies: granted.filter((id) => claim.remedies.includes(id)),
    nextSteps: [...ruleSet.vocabulary.nextSteps.keys()].filter((id) => nextSteps.includes(id)),
    deadlines: deadlines.map(({ id }) => id),
  }));
  made.set(conclusion, shared);
  return shared;
}

/** Those that have no field of their own. */
const ofOwn = <One extends { id: string }>(all: readonly One[], shared: string): One[] =>
  all.filter(({ id }) => id !== shared);

/** Each with its state, and its amount where it has one. */
function claimItems(claims: readonly shapes.ClaimAnswer[]): string[] {
  return ofOwn(claims, CLAIM).map(({ label, state, amount }) =>
    [`${label}：${state.label}`, ...(amount ? [quantityText(amount, JAPANESE)] : [])].join('　'),
  );
}

/** Each state of several sections: claims.basic/applied. */
function comparedBySection(place: number, of: (section: Section) => boolean) {
  return {
    level: [2, place] as const,
    of,
    one: place === 3 ? 'state' : 'claim',
    parts: ({ section, concludes }: { section: string; concludes: string }) => [
      { id: `${section}/${concludes}` },
    ],
    wordFor({ sections }: RuleSet, id: string): string | undefined {
      const [name, word = ''] = id.split('/');
      const section = sections.find((one) => one.name === name);
      const label = section?.words?.get(word);
      return section && label && `${section.label.ja}：${label}`;
    },
  };
}

/** Of an answer: terminal of states.terminal. */
const idOf = ({ name }: Section): string => name.split('.').slice(1).join('.') || name;

/** What is said of every state where facts are missing is a word of the vocabulary. */
const wordOf = ({ words }: Section, id: string, { vocabulary }: RuleSet): shapes.Labelled => ({
  id,
  label: words?.get(id) ?? vocabulary.claimStates.get(id) ?? id,
});
