/** One decision in one file, with all that it takes to check it: no database, no git. */
import { z } from 'zod';
import { rowHash, textHash } from '../decisions/seal.ts';
import type { Erasable, JsonText, LoggedDecision, RuleSetVersion } from '../decisions/store.ts';
import { storedDecision } from '../decisions/stored-decision.ts';
import { versionOf } from '../rule-files/load.ts';
import { type StoredRules, storedRules } from '../rule-files/stored-rules.ts';
import { answeredRuleSet, compareWithAnswer } from './answer-columns.ts';
import { checkpointSchema, isGenuine, makeCheckpoint } from './checkpoint.ts';
import type { SigningKey } from './keys.ts';
import { parseJson } from './parse-json.ts';
import { type Replay, replay } from './replay.ts';
import type { Verdict } from './verify.ts';

const hex = z.string().regex(/^([0-9a-f]{2})+$/);
const instant = z.iso.datetime().transform((text) => new Date(text));

/** A row of the log as JSON. `facts` and `answer` are texts, because their hashes are of the text. */
const rowSchema = z.strictObject({
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
export const decisionSchema = rowSchema.transform(storedDecision);

const receiptSchema = z.strictObject({
  kind: z.literal('hosho-receipt/1'),
  decision: decisionSchema,
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
export function makeReceipt(decision: LoggedDecision, ruleSet: RuleSetVersion, at: number, key: SigningKey) {
  const { chain, seq, hash, answer } = decision;
  return {
    kind: 'hosho-receipt/1' as const,
    decision,
    ruleSet: answer === null ? ruleSet : asAnswered(ruleSet, answer),
    checkpoint: makeCheckpoint([{ chain, count: seq, head: hash }], at, key),
  };
}

/** The store has the first commit at which the version was read, the answer the one of the service that gave it. */
function asAnswered(ruleSet: RuleSetVersion, answer: JsonText): RuleSetVersion {
  const { commit } = answeredRuleSet(answer);
  if (commit === ruleSet.commit) return ruleSet;
  return { ...ruleSet, commit: typeof commit === 'string' ? commit : null, authoredAt: null };
}

/** null where the text is no receipt. */
export const readReceipt = (text: string): Receipt | null =>
  receiptSchema.safeParse(parseJson(text)).data ?? null;

/** What a receipt shows; each on its own. */
export interface ReceiptCheck {
  /** The facts and the answer are those that were sealed; null where they were erased, so that nothing of them could be checked. */
  facts: boolean | null;
  answer: boolean | null;
  /** Where some of the three are there and others are not, those that are not. */
  missing?: Erasable[];
  /** The rest of the decision is what was sealed, and says the same as the answer. */
  decision: boolean;
  /** The rule text is that of the version which the decision names, and what is said of it is what the answer says. */
  ruleSet: boolean;
  /** Where the commit beside the rule text is not the one that the answer names: nothing shows that it is right. */
  commit?: 'not-sealed';
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
  const { chain, seq, hash } = decision;
  const place = checkpoint.chains.find((one) => one.chain === chain);
  const isVersion =
    ruleSet.version === decision.version &&
    ruleSet.prefecture === decision.prefecture &&
    ruleSet.incident === decision.incident &&
    versionOf(ruleSet.ruleText, ruleSet.vocabularyText) === ruleSet.version;
  const sealed = {
    decision: rowHash(decision) === hash,
    ruleSet: isVersion,
    checkpoint: isGenuine(checkpoint, publicKeys) && place?.count === seq && place.head === hash,
  };
  if ('missing' in decision)
    return { facts: false, answer: false, missing: decision.missing, ...sealed, replay: null };
  const read = storedRules();
  const replayed = () => replay({ store: { findVersion: async () => ruleSet }, readStored: read }, decision);
  if (decision.answer === null)
    return { facts: null, answer: null, ...sealed, replay: isVersion ? await replayed() : null };

  const { facts, answer, salt } = decision;
  const { differing, unsaid } = compareWithAnswer(decision, answer);
  const said = answeredRuleSet(answer);
  const check = {
    facts: textHash(salt, facts) === decision.factsHash,
    answer: textHash(salt, answer) === decision.answerHash,
    ...sealed,
    decision: sealed.decision && differing.length === 0 && unsaid.length === 0,
    ruleSet: isVersion && isTitled(said, read(ruleSet)),
    ...((said.commit ?? null) !== ruleSet.commit && { commit: 'not-sealed' as const }),
  };
  return { ...check, replay: check.facts && check.answer && check.ruleSet ? await replayed() : null };
}

/** Whether the answer names the rules by their title, as far as the answer can be read and the rules can. */
const isTitled = ({ title }: Record<string, unknown>, rules: StoredRules): boolean =>
  title === undefined || 'problems' in rules || title === rules.served.program.ruleSet.title;

export function receiptVerdict(check: ReceiptCheck): Verdict {
  const { facts, answer, decision, ruleSet, checkpoint, commit, replay } = check;
  const isBroken = facts === false || answer === false || !(decision && ruleSet && checkpoint);
  if (isBroken || replay?.result === 'changed') return 'broken';
  return commit === undefined && replay?.result === 'same' ? 'sound' : 'not-checked';
}

export const isSound = (check: ReceiptCheck): boolean => receiptVerdict(check) === 'sound';
