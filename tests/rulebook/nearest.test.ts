import { expect, it } from 'vitest';
import { nearest } from '../../src/rulebook/problems.ts';

const names = ['voucher.medium', 'voucher.received', 'voucher.balanceNowYen', 'app.account', 'app.charged'];

it.each([
  ['voucher.medum', 'voucher.medium'],
  ['Voucher.Medium', 'voucher.medium'],
  ['voucher.balanceNow', 'voucher.balanceNowYen'],
  ['balanceNowYen', 'voucher.balanceNowYen'],
  ['acount', null],
  ['account', 'app.account'],
  ['completely.different', null],
  ['', null],
])('もしかして: %j is %j', (name, suggestion) => {
  expect(nearest(name, names)).toBe(suggestion);
});

it('takes any iterable, also one that can be walked only once', () => {
  expect(nearest('balanceNowYen', new Set(names).values())).toBe('voucher.balanceNowYen');
});

it('takes the first of equals', () => {
  expect(nearest('ab', ['abc', 'abd'])).toBe('abc');
});
