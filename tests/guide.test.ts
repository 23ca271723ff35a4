/** What the guide shows is so: its example as far as the service answers, its YAML, its tables. The rest of the example is long. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { readCasesFile } from '../src/analysis/cases/cases-file.ts';
import { EXPECTED } from '../src/engine/answer/fields.ts';
import { decide } from '../src/engine/decide.ts';
import { readFacts } from '../src/engine/facts/read-facts.ts';
import { compile } from '../src/engine/program.ts';
import { parseInstant } from '../src/rulebook/calendar.ts';
import { readRuleSet } from '../src/rulebook/read-rule-set.ts';
import { sectionsIn } from '../src/rulebook/sections.ts';
import { blocksOf, EXAMPLE, workThrough } from './guide/example.ts';
import { vocabularyOf } from './rulebook/fixtures.ts';
import { wordsOf } from './support/words.ts';

test(`${EXAMPLE}: from the published text to the answer of the service`, () => workThrough('\n## 7.'));

describe('docs/rules.ja.md', () => {
  const guide = readFileSync('docs/rules.ja.md', 'utf8');
  const yaml = blocksOf(guide).filter(({ language }) => language === 'yaml');
  const template = readFileSync('rules/templates/rule-set.yaml.template', 'utf8')
    .replaceAll(/__(PREFECTURE|INCIDENT)__/g, 'example')
    .replaceAll(/__\w+__/g, '2030-01-31');

  type Data = Record<string, unknown>;
  const isMap = (value: unknown): value is Data =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  /** Maps are joined; what is in a list comes before what is there. */
  function joined(base: unknown, more: unknown): unknown {
    if (isMap(base) && isMap(more))
      return {
        ...base,
        ...Object.fromEntries(Object.entries(more).map(([key, value]) => [key, joined(base[key], value)])),
      };
    return Array.isArray(base) && Array.isArray(more) ? [...more, ...base] : more;
  }

  const CHARGE_KIND: Data = {
    'charge.kind': {
      type: 'enum',
      values: { card: 'カード', code: 'コード' },
      label: '種類',
      question: 'どちらですか。',
    },
  };
  const CHARGE_HOURS: Data = {
    'charge.hours': { type: 'integer', unit: '時間', label: '時間', question: '何時間ですか。' },
  };
  const SLIP_LOST: Data = {
    'charge.slipLost': { type: 'boolean', label: '控えがない', question: '控えをなくしましたか。' },
  };
  const COVERED: Data = { id: 'A', clause: 'S2', label: '対象の方', when: { 'charge.doubled': true } };
  /** By the key with which a block begins, what it takes for granted besides the file that `hosho new` writes. */
  const GRANTED: Record<string, Data> = {
    values: {
      vocabulary: {
        facts: {
          'plan.monthlyYen': {
            type: 'yen',
            label: '月額料金',
            question: '月額はいくらですか。',
            absent: 'none',
          },
          'party.persons': {
            ...{ type: 'integer', unit: '人', label: '人数' },
            ...{ question: '何人ですか。', absent: 'none' },
          },
          'ticket.fareYen': { type: 'yen', label: '運賃', question: '運賃はいくらですか。' },
        },
      },
    },
    conditions: {
      vocabulary: {
        facts: {
          ...CHARGE_KIND,
        },
      },
    },
    tables: {
      vocabulary: {
        facts: {
          ...CHARGE_KIND,
          ...CHARGE_HOURS,
        },
      },
    },
    remedies: {
      ...{ amount: undefined, remedies: undefined, advice: undefined, assumptions: undefined },
      ...{ eligibility: [COVERED], vocabulary: { facts: { ...CHARGE_HOURS } } },
    },
    states: { vocabulary: { facts: { ...SLIP_LOST } } },
    claims: {
      ...{ claimState: undefined, outcome: undefined, amount: undefined, remedies: undefined },
      ...{ advice: undefined, assumptions: undefined, eligibility: [COVERED] },
      deadlines: {
        'basic-limit': { until: '2030-07-31', label: '基礎支援金の期限', clause: 'S2' },
        'additional-limit': { until: '2030-12-31', label: '加算支援金の期限', clause: 'S2' },
      },
      vocabulary: {
        facts: {
          'basic.appliedAt': {
            ...{ type: 'instant', absent: 'none', label: '申請日時' },
            question: 'いつ申請しましたか。',
          },
        },
        nextSteps: {
          'apply-basic': '基礎支援金を申請してください',
          'apply-additional': '加算支援金を申請してください',
        },
      },
    },
    claimState: {
      vocabulary: {
        claimStates: { 'desk-review': '窓口で確かめる' },
        facts: { ...SLIP_LOST },
      },
    },
    guidance: {
      conditions: { 'checked-and-rejected': { 'charge.doubled': false } },
      vocabulary: { claimStates: { rejected: '認められない' } },
      information: { 'call-centre': { label: '尋ねること', clause: 'S4', items: { name: '氏名' } } },
    },
  };

  const isOfCases = (text: string): boolean => Array.isArray(parse(text));
  test.each(
    yaml.filter(({ text }) => isOfCases(text)).map(({ text, line }): [number, string] => [line, text]),
  )('the cases of line %i read', (_, text) => {
    const { cases, problems } = readCasesFile('x', `prefecture: a\nincident: b\ncases:\n${text}`);
    expect(problems).toEqual([]);
    expect(cases?.cases.length).toBeGreaterThan(0);
  });

  test.each(
    yaml.filter(({ text }) => !isOfCases(text)).map(({ text, line }): [number, string] => [line, text]),
  )('the YAML of line %i reads', (_, text) => {
    const block: Data = parse(text.replace('911a7b71…', '911a7b71'.repeat(8))) ?? {};
    const granted = GRANTED[Object.keys(block)[0] ?? ''] ?? {};
    const whole = stringify(joined(joined(parse(template), granted), block));
    const { ruleSet, problems } = readRuleSet(
      'rules/example/example.yaml',
      whole,
      vocabularyOf(wordsOf(whole)),
    );
    expect(problems.filter(({ code }) => code !== 'unused')).toEqual([]);
    expect(ruleSet).not.toBeNull();
  });

  test('its YAML is found', () => expect(yaml.length).toBeGreaterThan(4));

  test('whatever a case can expect is in its table, and nothing else', () => {
    const [, table = ''] = /`expect` の項目([\s\S]*?)\n\n/.exec(guide) ?? [];
    const named = [...table.matchAll(/^\| (`[^|]*)/gm)].flatMap(([, cell = '']) => cell.match(/\w+/g) ?? []);
    const names = EXPECTED.flatMap(({ name, mayInclude }) =>
      mayInclude ? [name, `${name}Include`] : [name],
    );
    expect(named.toSorted()).toEqual(names.toSorted());
  });

  const EVERY_SECTION = { voucherState: [], states: { a: {} }, claimState: [], claims: { a: {} } };

  test('sections are concluded in the order in which the guide has them', () => {
    const [, order = ''] = /^決める順番は、(.*)です。/m.exec(guide) ?? [];
    expect(order.match(/\w+/g)).toEqual([
      ...new Set(sectionsIn(EVERY_SECTION, vocabularyOf(wordsOf(''))).map(({ path }) => path[0])),
    ]);
  });

  test('of a period, the end that the guide says is compared', async () => {
    const [, table = ''] = /\| 使う端 \|\n([\s\S]*?)\n\n/.exec(guide) ?? [];
    const rows = table.split('\n').slice(1);
    expect(rows).toHaveLength(2);
    const holds = async (comparison: string, asOf: string): Promise<boolean> => {
      const data = joined(parse(template), {
        deadlines: { application: { from: '2030-06-10', until: '2030-06-28' } },
        eligibility: [{ id: 'PROBE', clause: 'S1', label: '確かめる', when: { asOf: comparison } }],
      });
      const { ruleSet } = readRuleSet(
        'rules/example/example.yaml',
        stringify(data),
        vocabularyOf(wordsOf('')),
      );
      if (!ruleSet) throw new Error(comparison);
      const { facts } = readFacts(ruleSet.vocabulary, {}, parseInstant(asOf) ?? 0);
      if (!facts) throw new Error(asOf);
      const { categories } = await decide(compile(ruleSet), facts, { explanation: false });
      return categories.some(({ id }) => id === 'PROBE');
    };
    const ends = [
      ['2030-06-09T23:59:59+09:00', '2030-06-10T00:00:00+09:00'],
      ['2030-06-28T23:59:59+09:00', '2030-06-29T00:00:00+09:00'],
    ];
    for (const [i, row] of rows.entries())
      for (const [, comparison = ''] of (row.split('|')[1] ?? '').matchAll(/`([^`]*)`/g)) {
        const [before = '', after = ''] = ends[i] ?? [];
        expect([comparison, await holds(comparison, before)]).not.toEqual([
          comparison,
          await holds(comparison, after),
        ]);
      }
  });
});
