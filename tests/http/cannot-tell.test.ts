/** Facts that nobody can tell, and of which there are none: asked for, logged, replayed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenApp, openApp, post, sound } from './harness.ts';

let opened: OpenApp;
beforeAll(async () => {
  opened = await openApp('embedded');
});
afterAll(() => opened?.close());

const lists = { cannotTell: ['outage.paidOtherwiseAndDeducted'], none: ['claim.completedAt'] };
const asked = (answer: { openQuestions: { fact: string }[] }): string[] =>
  answer.openQuestions.map(({ fact }) => fact);

test('they are not asked again, are logged with the facts, and replay to the same answer', async () => {
  const without = JSON.parse(await (await opened.app.request('/try', post(sound))).text());
  expect(asked(without)).toEqual(expect.arrayContaining([...lists.cannotTell]));
  const answer = JSON.parse(await (await opened.evaluate({ ...sound, ...lists })).text());
  expect(asked(answer)).not.toEqual(expect.arrayContaining([...lists.cannotTell]));
  const { facts } = JSON.parse(await (await opened.app.request(answer.links.decision)).text());
  expect(facts).toEqual({
    ...sound.facts,
    '(cannotTell)': lists.cannotTell,
    '(none)': lists.none,
  });
  const replay = await opened.app.request(`${answer.links.decision}/replay`, { method: 'POST' });
  expect(await replay.json()).toMatchObject({ result: 'same' });
  const why = await opened.app.request(answer.links.explanation, { headers: { Accept: 'application/json' } });
  expect(await why.json()).toMatchObject({ isSame: true });
});

describe('refused, at its place', () => {
  test.each([
    ['an unknown name', { cannotTell: ['voucher.colour'] }, 422, '/cannotTell/0'],
    ['a name that is none', { cannotTell: ['voucher'] }, 422, '/cannotTell/0'],
    ['one that is given a value', { cannotTell: ['voucher.medium'] }, 422, '/cannotTell/0'],
    ['one that is in both', { cannotTell: lists.none, none: lists.none }, 422, '/none/0'],
    ['one that is always there', { none: ['voucher.balanceAtFinalExpiryYen'] }, 422, '/none/0'],
    ['no list', { cannotTell: 'voucher.medium' }, 400, '/cannotTell'],
    ['a list of others', { none: [1, null] }, 400, '/none'],
  ])('%s', async (_, said, status, pointer) => {
    const response = await opened.app.request('/try', post({ ...sound, ...said }));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ pointer }] });
  });
});

test('null is what is left out', async () => {
  const { facts, ...request } = sound;
  const nulls = { ...facts, claim: { completedAt: null }, outage: null };
  const tried = async (given: object): Promise<string> =>
    (await opened.app.request('/try', post({ ...request, facts: given }))).text();
  expect(await tried(nulls)).toBe(await tried(facts));
});
