/** How far each chain had come at an instant, signed: kept elsewhere, it shows what was cut off or written anew since. */
import { z } from 'zod';
import type { ChainHead } from '../decisions/store.ts';
import { isSignedBy, type SigningKey, signatureOf } from './keys.ts';
import { parseJson } from './parse-json.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const checkpointSchema = z.strictObject({
  kind: z.literal('hosho-checkpoint/1'),
  /** RFC 3339, UTC. */
  madeAt: z.iso.datetime(),
  /** In all chains. */
  decisions: z.int().min(0),
  /** By the name of the chain; `head` is the hash of row number `count`. */
  chains: z.array(z.strictObject({ chain: z.uuid(), count: z.int().min(1), head: hash })),
  /** Base64 of SPKI. */
  publicKey: z.string(),
  /** Ed25519 over all the rest as canonical JSON; base64. */
  signature: z.string(),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** `at` in epoch milliseconds. */
export function makeCheckpoint(heads: readonly ChainHead[], at: number, key: SigningKey): Checkpoint {
  const chains = heads
    .map(({ chain, count, head }) => ({ chain, count, head }))
    .toSorted((a, b) => (a.chain < b.chain ? -1 : 1));
  const content = {
    kind: 'hosho-checkpoint/1' as const,
    madeAt: new Date(at).toISOString(),
    decisions: chains.reduce((sum, { count }) => sum + count, 0),
    chains,
    publicKey: key.publicKey,
  };
  return { ...content, signature: signatureOf(content, key) };
}

/** `publicKeys`: those that are trusted; where there are none, the key that the checkpoint itself names. */
export function isGenuine({ signature, ...content }: Checkpoint, publicKeys: readonly string[]): boolean {
  const isTrusted = publicKeys.length === 0 || publicKeys.includes(content.publicKey);
  return isTrusted && isSignedBy(content, signature, content.publicKey);
}

const fileSchema = z.union([
  checkpointSchema,
  z.looseObject({ kind: z.literal('hosho-receipt/1'), checkpoint: checkpointSchema }),
]);

/** A file of checkpoints, a line each, or of one checkpoint or receipt, however it is laid out. `badLines`, from 1, are none. */
export function readCheckpoints(text: string): { checkpoints: Checkpoint[]; badLines: number[] } {
  const whole = parse(text);
  if (whole) return { checkpoints: [whole], badLines: [] };
  const lines = text.split('\n').map((line, i) => ({ number: i + 1, line, checkpoint: parse(line) }));
  return {
    checkpoints: lines.flatMap(({ checkpoint }) => checkpoint ?? []),
    badLines: lines.flatMap(({ number, line, checkpoint }) =>
      checkpoint || line.trim() === '' ? [] : number,
    ),
  };
}

function parse(text: string): Checkpoint | null {
  const { data } = fileSchema.safeParse(parseJson(text));
  return data?.kind === 'hosho-receipt/1' ? data.checkpoint : (data ?? null);
}
