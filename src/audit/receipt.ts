/** One decision in one file, with all that it takes to check it: no database, no git. */
import { z } from 'zod';
import { rowHash, textHash } from '../decisions/seal.ts';
import type { LoggedDecision, RuleSetVersion } from '../decisions/store.ts';
import { storedRules } from '../decisions/stored-rules.ts';
import { versionOf } from '../rule-files/load.ts';
import { checkpointSchema, isGenuine, makeCheckpoint } from './checkpoint.ts';
import type { SigningKey } from './keys.ts';
import { createReplayer, type Replay } from './replay.ts';

const hex = z.string().regex(/^([0-9a-f]{2})+$/);
const instant = z.iso.datetime().transform((text) => new Date(text));

/** A row of the log as JSON. `facts` and `answer` are texts, because their hashes are of the text. */
export const rowSchema = z.strictObject({
  id: z.uuid(),
  prefecture: z.string(),
  incident: z.string(),
  version: hex,
  asOf: instant,
  decidedAt: instant,
  reference: z.string().nullable(),
  outcome: z.string(),
  categories: z.array(z.string()),
  facts: z.string().nullable(),
  answer: z.string().nullable(),
  salt: hex.nullable(),
  engineVersion: z.string(),
  chain: z.uuid(),
  seq: z.int().min(1),
  factsHash: hex,
  answerHash: hex,
  previous: hex,
  hash: hex,
});

const receiptSchema = z.strictObject({
  kind: z.literal('hosho-receipt/1'),
  decision: rowSchema,
  ruleSet: z.strictObject({
    version: hex,
    prefecture: z.string(),
    incident: z.string(),
    ruleText: z.string(),
    vocabularyText: z.string(),
    commit: z.string().nullable(),
    authoredAt: z.string().nullable(),
  }),
  /** Of the chain of the decision, up to the decision. */
  checkpoint: checkpointSchema,
});
export type Receipt = z.infer<typeof receiptSchema>;

/** `at` in epoch milliseconds. */
export const makeReceipt = (
  decision: LoggedDecision,
  ruleSet: RuleSetVersion,
  at: number,
  key: SigningKey,
) => ({
  kind: 'hosho-receipt/1' as const,
  decision,
  ruleSet,
  checkpoint: makeCheckpoint([{ chain: decision.chain, count: decision.seq, head: decision.hash }], at, key),
});

/** null where the text is no receipt. */
export function readReceipt(text: string): Receipt | null {
  try {
    return receiptSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** What a receipt shows; each on its own. */
export interface ReceiptCheck {
  /** The facts and the answer are those that were sealed; null where they were erased. */
  facts: boolean | null;
  answer: boolean | null;
  /** The rest of the decision is what was sealed, and says the same as the answer. */
  decision: boolean;
  /** The rule text is that of the version which the decision names. */
  ruleSet: boolean;
  /** The checkpoint is signed by a trusted key, and the decision has its place in the chain. */
  checkpoint: boolean;
  /** What this program answers by that rule text; null where one of the texts is not what it was. */
  replay: Replay | null;
}

/** `publicKeys`: those that are trusted; where there are none, the key that the receipt itself names. */
export async function checkReceipt(
  { decision, ruleSet, checkpoint }: Receipt,
  publicKeys: readonly string[],
): Promise<ReceiptCheck> {
  const { facts, answer, salt, chain, seq, hash } = decision;
  const isText = (text: string | null, expected: string): boolean | null =>
    text === null || salt === null ? null : textHash(salt, text) === expected;
  const place = checkpoint.chains.find((one) => one.chain === chain);
  const check = {
    facts: isText(facts, decision.factsHash),
    answer: isText(answer, decision.answerHash),
    decision: rowHash(decision) === hash && (answer === null || isSameAsAnswer(decision, answer)),
    ruleSet:
      ruleSet.version === decision.version &&
      versionOf(ruleSet.ruleText, ruleSet.vocabularyText) === ruleSet.version,
    checkpoint: isGenuine(checkpoint, publicKeys) && place?.count === seq && place.head === hash,
  };
  const isReplayable = check.facts !== false && check.answer !== false && check.ruleSet;
  const replayer = createReplayer(async () => ruleSet, storedRules());
  return { ...check, replay: isReplayable ? await replayer.replay(decision) : null };
}

export const isSound = ({ facts, answer, decision, ruleSet, checkpoint, replay }: ReceiptCheck): boolean =>
  facts !== false && answer !== false && decision && ruleSet && checkpoint && replay?.result !== 'changed';

const answerSchema = z.object({
  id: z.string(),
  ruleSet: z.object({ version: z.string() }),
  outcome: z.string(),
  categories: z.array(z.object({ id: z.string() })),
});

/** What can be looked for in the log is said by the answer itself. */
function isSameAsAnswer(decision: LoggedDecision, text: string): boolean {
  const { data: answer } = z
    .string()
    .transform((json, context) => {
      try {
        return JSON.parse(json);
      } catch {
        context.addIssue('no JSON');
        return z.NEVER;
      }
    })
    .pipe(answerSchema)
    .safeParse(text);
  return (
    answer !== undefined &&
    answer.id === decision.id &&
    answer.ruleSet.version === decision.version &&
    answer.outcome === decision.outcome &&
    answer.categories.map(({ id }) => id).join() === decision.categories.join()
  );
}
