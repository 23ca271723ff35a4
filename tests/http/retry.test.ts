/** A retry is answered from the log even where the rules have changed so much that it could not be decided again. */
import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import { evaluate } from '../../src/operations/evaluate.ts';
import { rulesChooser } from '../../src/operations/versions.ts';
import { storedRules } from '../../src/rule-files/stored-rules.ts';
import { followRules } from '../../src/service/follow-rules.ts';
import { freshPlace, kinds } from '../support/stores.ts';
import { memoryLogger, rulesDir, sound } from './harness.ts';

describe.each(kinds)('a retry after the rules changed (%s)', (kind) => {
  test('gets the first answer, another request under the key is refused, and a new one as ever', async () => {
    const store = await openStore(await freshPlace(kind));
    const served = await followRules(rulesDir, { store, now: Date.now }, memoryLogger().logger);
    let isGone = false;
    const registry = { ...served, find: (p: string, i: string) => (isGone ? undefined : served.find(p, i)) };
    const evaluating = {
      ...{ chooseRules: rulesChooser({ registry, store, readStored: storedRules() }), store, newId: v7 },
      ...{ now: Date.now, onDisagreement: () => {}, engineVersion: '0.0.0-test' },
    };
    const request = { ...sound, asOf: Date.parse(sound.asOf), explain: 'reasons' as const };

    const first = await evaluate(evaluating, request, 'one');
    isGone = true;
    expect(await evaluate(evaluating, request, 'one')).toEqual({ ...first, repeated: true });
    expect((await evaluate(evaluating, { ...request, reference: 'other' }, 'one')).kind).toBe('conflict');
    expect((await evaluate(evaluating, request, 'two')).kind).toBe('unknown-rule-set');
    expect((await evaluate(evaluating, request)).kind).toBe('unknown-rule-set');
    isGone = false;
    const broken = { ...request, facts: { nothing: {} } };
    expect((await evaluate(evaluating, broken, 'three')).kind).toBe('bad-facts');
    await served.close();
    await store.close();
  });
});
