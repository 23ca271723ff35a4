/** The shapes of an answer, as upstream systems read it. Instants are RFC 3339 with the rule set's offset; yen are whole. */
import { z } from 'zod';

const text = z.string();
const clause = text
  .nullable()
  .meta({ description: 'clause of the notice, null where the rule file names none' });

export const labelled = z.object({ id: text, label: text });
export const cited = labelled.extend({ clause });
export const amount = z
  .object({
    yen: z.int().nullable().meta({ description: 'whole yen; null where the notice does not settle it' }),
    final: z.boolean(),
  })
  .nullable();
export const quantity = z.object({
  value: z.int().nullable().meta({ description: 'whole units; null where the notice does not settle it' }),
  unit: text.meta({ description: 'yen, or what it is of, such as GB' }),
  final: z.boolean(),
});
export const remedy = cited.extend({
  brands: z.array(labelled).optional(),
  amount: quantity
    .nullable()
    .optional()
    .meta({ description: 'only where remedies have amounts of their own; null where it cannot be told yet' }),
});
export const state = labelled.extend({ value: labelled });
const ids = z.array(text);
export const claim = labelled.extend({
  state: labelled,
  remedies: ids.meta({ description: 'ids of the remedies above that are applied for with it' }),
  amount: quantity.nullable(),
  nextSteps: ids,
  deadlines: ids,
  requiredInformation: ids,
});
export const nextStep = cited.extend({
  url: text.optional().meta({ description: 'where to do it' }),
  senders: z
    .array(z.object({ address: text, label: text }))
    .optional()
    .meta({ description: 'whom the message to wait for comes from' }),
});
export const deadline = labelled.extend({
  text: text.meta({ description: 'as a person reads it' }),
  startsAt: text.optional().meta({ description: 'first instant inside; only where the notice gives one' }),
  endsAt: text
    .optional()
    .meta({ description: 'first instant outside (exclusive); never for approximate times' }),
  approximate: z.literal(true).optional(),
});
export const missingFact = z.object({ fact: text, label: text, question: text });
export const openQuestion = missingFact.extend({
  type: z
    .enum(['boolean', 'integer', 'instant', 'enum', 'text', 'set'])
    .meta({ description: 'what a request gives it as: an instant is RFC 3339 with an offset' }),
  choices: z
    .array(labelled)
    .optional()
    .meta({ description: 'of an enum or a set; any where there are none' }),
  unit: text.optional().meta({ description: 'of an integer' }),
  because: z
    .enum(['missing', 'assumed'])
    .meta({ description: 'nothing is known of it, or it was taken to be `assumed` because it was left out' }),
  assumed: z
    .union([z.boolean(), z.number(), text, z.array(text)])
    .nullable()
    .optional()
    .meta({ description: 'null: that there is none, which `none` in the request says' }),
});
export const worklist = z.object({
  id: z.enum(['payment', 'review', 'none']).meta({
    description:
      'payment: pay now; review: somebody looks at it; none: nothing to do. An amount that is final does not mean pay',
  }),
  why: text,
  pay: z
    .object({ yen: z.int(), claims: z.array(text) })
    .optional()
    .meta({ description: 'only with payment: what is to be paid now, and for which claims' }),
});
export const contradiction = z.object({ label: text, clause, facts: z.array(text) });
export const contact = z.object({
  id: text,
  name: text,
  tel: text,
  hours: text,
  openNow: z.boolean().nullable().meta({ description: 'null where the hours at that time are not known' }),
  nextOpenAt: text.nullable().meta({ description: 'null while open, and where not known' }),
});
export const citation = z.object({ clause: text, text });
export const assumption = z.object({
  fact: text.optional().meta({ description: 'a fact that was left out; absent for a reading of the notice' }),
  text,
});
export const reason = z.object({
  rule: text.meta({ description: 'section/rule' }),
  label: text,
  clause,
  concludes: text,
});
const truth = z.enum(['true', 'false', 'unknown']);
export const ruleExplanation = z.object({
  rule: text,
  label: text,
  concludes: text,
  truth,
  clause,
  at: text.meta({ description: 'file:line:column' }),
  conditions: z
    .array(
      z.object({
        label: text,
        fact: text,
        operator: text,
        seen: z.unknown().meta({ description: 'null where the fact is unknown or does not exist' }),
        seenText: text,
        wanted: text,
        truth,
        assumed: z
          .boolean()
          .meta({ description: 'the caller left the fact out, and the vocabulary says what that means' }),
        clause,
        at: text,
      }),
    )
    .meta({ description: 'what made it so: for what was not granted, the conditions that failed' }),
});

export type Labelled = z.infer<typeof labelled>;
export type Cited = z.infer<typeof cited>;
export type Remedy = z.infer<typeof remedy>;
export type Assumption = z.infer<typeof assumption>;
export type Worklist = z.infer<typeof worklist>;
export type OpenQuestion = z.infer<typeof openQuestion>;
export type NextStep = z.infer<typeof nextStep>;
export type DeadlineAnswer = z.infer<typeof deadline>;
export type ContactAnswer = z.infer<typeof contact>;
export type Reason = z.infer<typeof reason>;
export type RuleExplanation = z.infer<typeof ruleExplanation>;
export type ConditionExplanation = RuleExplanation['conditions'][number];
export type Quantity = z.infer<typeof quantity>;
export type ClaimAnswer = z.infer<typeof claim>;
export type StateAnswer = z.infer<typeof state>;
export type Amount = z.infer<typeof amount>;
