/** A retry is answered from the log even where the rules have changed so much that it could not be decided again. */
import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { rulesChooser } from '../../src/decisions/choose-rules.ts';
import { createEvaluator } from '../../src/decisions/evaluate.ts';
import { openStore } from '../../src/decisions/open.ts';
import { storedRules } from '../../src/decisions/stored-rules.ts';
import { followRules } from '../../src/follow-rules.ts';
import { freshPlace, kinds } from '../support/stores.ts';
import { memoryLogger, rulesDir, sound } from './harness.ts';

describe.each(kinds)('a retry after the rules changed (%s)', (kind) => {
  test('gets the first answer, another request under the key is refused, and a new one as ever', async () => {
    const store = await openStore(await freshPlace(kind));
    const shelf = await followRules(rulesDir, { store, now: Date.now }, memoryLogger().logger);
    let isGone = false;
    const changing = { ...shelf, find: (p: string, i: string) => (isGone ? undefined : shelf.find(p, i)) };
    const chooseRules = rulesChooser(changing, store, storedRules());
    const parts = { chooseRules, store, now: Date.now, newId: v7, engineVersion: '0.0.0-test' };
    const evaluator = createEvaluator(parts);
    const request = { ...sound, asOf: Date.parse(sound.asOf), explain: 'reasons' as const };

    const first = await evaluator.evaluate(request, 'one');
    isGone = true;
    expect(await evaluator.evaluate(request, 'one')).toEqual({ ...first, repeated: true });
    expect((await evaluator.evaluate({ ...request, reference: 'other' }, 'one')).kind).toBe('key-conflict');
    expect((await evaluator.evaluate(request, 'two')).kind).toBe('unknown-rule-set');
    expect((await evaluator.evaluate(request)).kind).toBe('unknown-rule-set');
    isGone = false;
    const broken = { ...request, facts: { nothing: {} } };
    expect((await evaluator.evaluate(broken, 'three')).kind).toBe('bad-facts');
    await shelf.close();
    await store.close();
  });
});
