import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { folderBeside, SHARED_CASES } from '../fixtures/beside.ts';
import { rulesDir } from './harness.ts';

const schema = z.object({
  prefecture: z.string(),
  incident: z.string(),
  cases: z.array(
    z.object({
      id: z.string(),
      asOf: z.string(),
      facts: z.record(z.string(), z.record(z.string(), z.unknown())),
      expect: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type CaseFile = z.infer<typeof schema> & { name: string };

/** The acceptance cases beside the repository, where they are; the project's own always. */
const folders = [...folderBeside(SHARED_CASES), rulesDir];

export const caseFiles: CaseFile[] = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => (folder === rulesDir ? name.endsWith('.cases.yaml') : name.endsWith('.yaml')))
    .map((name) => ({
      name: `${basename(folder)}/${name}`,
      ...schema.parse(parse(readFileSync(join(folder, name), 'utf8'))),
    })),
);

const items = z.array(z.looseObject({ id: z.string() }));
const state = z.looseObject({ id: z.string() });
const answerSchema = z.looseObject({
  outcome: z.string(),
  ...{ categories: items, nextSteps: items, requiredInformation: items },
  remedies: z.array(
    z.looseObject({ id: z.string(), brands: items.optional(), amount: z.unknown().optional() }),
  ),
  deadlines: z.array(z.looseObject({ id: z.string(), text: z.string() })),
  missingFacts: z.array(z.looseObject({ fact: z.string() })),
  amount: z.unknown(),
  voucherState: state.nullable(),
  claimState: state.nullable(),
  states: z.array(z.looseObject({ id: z.string(), value: state })),
  claims: z.array(z.looseObject({ id: z.string(), state })),
  contact: z.looseObject({ openNow: z.unknown(), nextOpenAt: z.unknown() }).nullable(),
});

/** An answer in the words of the cases; lists sorted, as their order is not part of a case. */
export function summary(answer: unknown): Record<string, unknown> {
  const a = answerSchema.parse(answer);
  const ids = (list: { id: string }[]): string[] => list.map(({ id }) => id).sort();
  return {
    outcome: a.outcome,
    categories: ids(a.categories),
    remedies: ids(a.remedies),
    brands: Object.fromEntries(a.remedies.flatMap(({ id, brands }) => (brands ? [[id, ids(brands)]] : []))),
    deadlineTexts: Object.fromEntries(a.deadlines.map(({ id, text }) => [id, text])),
    nextSteps: ids(a.nextSteps),
    deadlines: ids(a.deadlines),
    requiredInformation: ids(a.requiredInformation),
    missingFacts: a.missingFacts.map(({ fact }) => fact).sort(),
    amount: a.amount,
    voucherState: a.voucherState?.id ?? null,
    claimState: a.claimState?.id ?? null,
    states: Object.fromEntries(
      a.states.flatMap(({ id, value }) => (id === 'voucherState' ? [] : [[id, value.id]])),
    ),
    claims: Object.fromEntries(
      a.claims.flatMap(({ id, state }) => (id === 'claimState' ? [] : [[id, state.id]])),
    ),
    amounts: Object.fromEntries(
      a.remedies.flatMap(({ id, amount }) => (amount === undefined ? [] : [[id, amount]])),
    ),
    contact: a.contact,
  };
}

const amounts = z.record(z.string(), z.unknown());

/** The part of `seen` that the case speaks of, and what it says of it. */
export function compared(expected: Record<string, unknown>, seen: Record<string, unknown>) {
  const wanted: Record<string, unknown> = {};
  const got: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(expected)) {
    // The clauses are guidance for readers, not an exact list; an answer tells assumptions by their text alone.
    if (field === 'clauses' || field === 'assumptions') continue;
    const subset = /^(.*)Include$/.exec(field)?.[1];
    if (subset !== undefined) {
      const list = z.array(z.string()).parse(seen[subset]);
      wanted[field] = value;
      got[field] = z
        .array(z.string())
        .parse(value)
        .filter((id) => list.includes(id));
    } else if (field === 'amounts') {
      // Of some of the remedies; a number is how much, an object may say some of it.
      const [some, all] = [amounts.parse(value), amounts.parse(seen[field])];
      for (const [id, amount] of Object.entries(some)) {
        const whole = z
          .looseObject({ value: z.unknown() })
          .nullable()
          .parse(all[id] ?? null);
        const part = z.record(z.string(), z.unknown()).safeParse(amount).data;
        wanted[`${field}.${id}`] = amount;
        got[`${field}.${id}`] =
          part && whole
            ? Object.fromEntries(Object.keys(part).map((key) => [key, whole[key]]))
            : typeof amount === 'number'
              ? whole?.value
              : whole;
      }
    } else if (field === 'deadlineTexts' || (field === 'contact' && value !== null)) {
      // Of some of the deadlines, some of the contact.
      const members = z.record(z.string(), z.unknown());
      const [some, all] = [members.parse(value), members.parse(seen[field] ?? {})];
      wanted[field] = some;
      got[field] = Object.fromEntries(Object.keys(some).map((id) => [id, all[id]]));
    } else {
      wanted[field] = Array.isArray(value) ? [...value].sort() : value;
      got[field] = seen[field];
    }
  }
  return { wanted, got };
}
