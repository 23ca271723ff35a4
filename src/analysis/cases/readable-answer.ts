/** Of an answer, what a person reads and can compare with another answer; a decision has it, and so has a logged answer. */
import { z } from 'zod';

const labelled = z.object({ id: z.string(), label: z.string() });

export const readableAnswerSchema = z.object({
  outcomeLabel: z.string(),
  categories: z.array(labelled),
  remedies: z.array(labelled.extend({ brands: z.array(labelled).optional() })),
  amount: z.object({ yen: z.number().nullable(), final: z.boolean() }).nullable(),
  voucherState: labelled.nullable(),
  claimState: labelled,
  nextSteps: z.array(labelled),
  deadlines: z.array(labelled.extend({ text: z.string() })),
  requiredInformation: z.array(labelled),
  missingFacts: z.array(z.object({ label: z.string() })),
  contradictions: z.array(z.object({ label: z.string() })),
  assumptions: z.array(z.object({ fact: z.string().optional(), text: z.string() })),
});
export type ReadableAnswer = z.infer<typeof readableAnswerSchema>;
