/** Results as build servers read them: counts, the place of each case, and signs that XML keeps for itself. */
import { expect, test } from 'vitest';
import { junitText } from '../../src/commands/rules/junit.ts';

const one = (name: string, failure = '', skipped: string | null = null) => ({
  name,
  line: 4,
  failure,
  skipped,
});

test('each case with its place, what failed and what was skipped', () => {
  const cases = [
    one('A 期限の"前"'),
    one('B <後>', 'outcome: a & b\nsecond'),
    one('C\u0000\u001b', '', '次の告知まで'),
  ];
  expect(junitText([{ name: 'x.cases.yaml', cases }], []).split('\n')).toEqual([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites tests="3" failures="1" skipped="1">',
    '  <testsuite name="x.cases.yaml" tests="3" failures="1" skipped="1">',
    '    <testcase classname="x.cases.yaml" name="A 期限の&quot;前&quot;" file="x.cases.yaml" line="4"></testcase>',
    '    <testcase classname="x.cases.yaml" name="B &lt;後&gt;" file="x.cases.yaml" line="4"><failure message="outcome: a &amp; b">outcome: a &amp; b&#10;second</failure></testcase>',
    '    <testcase classname="x.cases.yaml" name="C" file="x.cases.yaml" line="4"><skipped message="次の告知まで"/></testcase>',
    '  </testsuite>',
    '</testsuites>',
    '',
  ]);
});

test('a problem of a file is a failed case', () => {
  const position = { file: 'x.yaml', line: 7, column: 1 };
  const problem = {
    ...{ code: 'bad-date' as const, position, message: '日付', messageEn: 'date' },
    suggestion: null,
  };
  expect(junitText([], [problem])).toContain(
    '<testcase classname="problems" name="x.yaml:7 bad-date" file="problems" line="7"><failure message="日付">',
  );
});
