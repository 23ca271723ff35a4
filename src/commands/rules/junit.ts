/** Results of cases as JUnit XML, which build servers read. A problem of a file is a failed case of its own. */
import type { Problem } from '../../rulebook/problems.ts';

export interface JunitSuite {
  /** The cases file. */
  name: string;
  cases: readonly { name: string; line: number; failure: string; skipped: string | null }[];
}

export function junitText(suites: readonly JunitSuite[], problems: readonly Problem[]): string {
  const all: JunitSuite[] = [...suites];
  if (problems.length > 0)
    all.push({
      name: 'problems',
      cases: problems.map(({ code, position, message }) => ({
        name: `${position.file}:${position.line} ${code}`,
        ...{ line: position.line, failure: message, skipped: null },
      })),
    });
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${countsOf(all.flatMap(({ cases }) => cases))}>`,
    ...all.flatMap(suiteLines),
    '</testsuites>',
  ].join('\n')}\n`;
}

const countsOf = (cases: JunitSuite['cases']): string =>
  `tests="${cases.length}" failures="${cases.filter(({ failure }) => failure !== '').length}" skipped="${cases.filter(({ skipped }) => skipped !== null).length}"`;

const suiteLines = ({ name, cases }: JunitSuite): string[] => [
  `  <testsuite name="${escaped(name)}" ${countsOf(cases)}>`,
  ...cases.map(({ name: title, line, failure, skipped }) => {
    const told =
      failure === ''
        ? skipped === null
          ? ''
          : `<skipped message="${escaped(skipped)}"/>`
        : `<failure message="${escaped(failure.split('\n')[0] ?? '')}">${escaped(failure)}</failure>`;
    return `    <testcase classname="${escaped(name)}" name="${escaped(title)}" file="${escaped(name)}" line="${line}">${told}</testcase>`;
  }),
  '  </testsuite>',
];

const SIGNS: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Without what XML 1.0 has no way to say. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be left out
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replace(/\p{Cs}/gu, '')
    .replace(/[&<>"\n]/g, (sign) => SIGNS[sign] ?? sign);
