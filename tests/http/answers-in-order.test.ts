import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answersInOrder } from '../../src/http/routes/answers-in-order.ts';
import { runs } from '../fixtures/runs.ts';

/** Long enough for all that is going on by itself to be done. */
async function settle(): Promise<void> {
  for (let i = 0; i < 200; i++) await setImmediate();
}

async function* numbers(count: number): AsyncGenerator<number[]> {
  for (let i = 0; i < count; i++) yield [i];
}

const decoder = new TextDecoder();

test('whichever is ready first, the answers come in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.nat(4), { maxLength: 40 }), { maxLength: 6 }),
      fc.integer({ min: 1, max: 10 }),
      async (pieces, most) => {
        let number = 0;
        async function* items(): AsyncGenerator<[number, number][]> {
          for (const piece of pieces) yield piece.map((pauses) => [number++, pauses]);
        }
        let underWay = 0;
        const { stream, ended } = answersInOrder(items(), most, async ([n, pauses]) => {
          underWay += 1;
          expect(underWay).toBeLessThanOrEqual(most);
          for (let i = 0; i < pauses; i++) await setImmediate();
          underWay -= 1;
          return `${n}\n`;
        });
        let text = '';
        for await (const piece of stream) text += decoder.decode(piece);
        await ended;
        expect(text).toBe(Array.from({ length: number }, (_, n) => `${n}\n`).join(''));
      },
    ),
    { numRuns: runs(100) },
  );
});

test('what is not taken stops what is begun; what is taken lets it go on', async () => {
  let begun = 0;
  const { stream, ended } = answersInOrder(numbers(10_000), 7, async (n) => {
    begun += 1;
    return `${n}\n`;
  });
  await settle();
  expect(begun).toBe(7);
  const reader = stream.getReader();
  const { value } = await reader.read();
  expect(decoder.decode(value)).toBe('0\n1\n2\n3\n4\n5\n6\n');
  await settle();
  expect(begun).toBe(14);
  await reader.cancel();
  await ended;
  await settle();
  expect(begun).toBe(14);
});

test('when nobody reads any more, what is under way is awaited and nothing is begun', async () => {
  const waiting: (() => void)[] = [];
  let isEnded = false;
  const { stream, ended } = answersInOrder(numbers(100), 3, async () => {
    await new Promise<void>((resolve) => void waiting.push(resolve));
    return '';
  });
  void ended.then(() => {
    isEnded = true;
  });
  const reader = stream.getReader();
  const reading = reader.read();
  await settle();
  await reader.cancel();
  await reading;
  await settle();
  expect([waiting.length, isEnded]).toEqual([3, false]);
  for (const resolve of waiting) resolve();
  await ended;
  expect(waiting).toHaveLength(3);
});

test('where the items break off, so do the answers, after what is begun', async () => {
  async function* items(): AsyncGenerator<number[]> {
    yield [1, 2];
    throw new Error('aborted');
  }
  const { stream, ended } = answersInOrder(items(), 10, async (n) => `${n}\n`);
  let text = '';
  const reading = async (): Promise<void> => {
    for await (const piece of stream) text += decoder.decode(piece);
  };
  await expect(reading()).rejects.toThrow('aborted');
  await ended;
  expect(text).toBe('1\n2\n');
});
