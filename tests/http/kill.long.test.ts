import { expect, test } from 'vitest';
import { z } from 'zod';
import { kill } from '../support/child.ts';
import { freshPlace, kinds } from '../support/stores.ts';
import { post, sound } from './harness.ts';
import { spawnService } from './spawned.ts';
import { until } from './until.ts';

const rounds = 2;
const answerSchema = z.looseObject({ id: z.string() });

test.each(kinds)('every answered decision outlives SIGKILL of the service (%s)', async (kind) => {
  const place = await freshPlace(kind);
  const answered = new Map<string, unknown>();
  for (let round = 1; round <= rounds; round += 1) {
    const { child, listening } = spawnService(place);
    const url = await listening();
    async function askUntilItIsGone(): Promise<void> {
      for (;;) {
        const response = await fetch(`${url}/evaluate`, post(sound));
        const answer = answerSchema.parse(await response.json());
        answered.set(answer.id, answer);
      }
    }
    const asking = Promise.allSettled([1, 2, 3, 4].map(askUntilItIsGone));
    await until(() => (answered.size >= round * 40 ? true : undefined));
    await kill(child);
    // The loops end only by an error; it must be the connection's, not a refusal of the service.
    for (const { reason } of await asking.then((all) => all.filter((one) => one.status === 'rejected')))
      expect(reason).not.toBeInstanceOf(z.ZodError);
  }

  const { listening } = spawnService(place);
  const url = await listening();
  const kept = await Promise.all(
    [...answered.keys()].map(async (id) => (await fetch(`${url}/decisions/${id}`)).json()),
  );
  expect(kept.map((record) => z.looseObject({ answer: z.unknown() }).parse(record).answer)).toEqual([
    ...answered.values(),
  ]);
});
