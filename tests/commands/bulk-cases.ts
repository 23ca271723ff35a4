/** Files of cases for the tests of bulk runs. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Written {
  id: string;
  asOf: string;
  facts: Record<string, Record<string, unknown>>;
}

const written: Written[] = parse(readFileSync('rules/yamaguchi/2023-02-24.cases.yaml', 'utf8')).cases;
const FACTS = [
  ...new Set(
    written.flatMap(({ facts }) =>
      Object.entries(facts).flatMap(([group, members]) =>
        Object.keys(members).map((name) => `${group}.${name}`),
      ),
    ),
  ),
];

const cell = (value: unknown): string => {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.length === 0 ? ';' : value.join(';');
  return String(value);
};

/** Of the row; now and then of one long before it, with the same facts or others. */
const numbered = (i: number): number =>
  i > 300 && i % 97 === 0 ? i - (i % 2 === 0 ? written.length : 150) : i;

/** As many lines as wanted, header included; every hundredth cannot be read, and some references stand there twice. */
export function casesCsv(lines: number): string {
  const rows = [['照会番号', '判定時点', ...FACTS].join()];
  for (let i = 1; i < lines; i++) {
    const one = written[i % written.length];
    if (!one) throw new Error('no cases');
    const cells = FACTS.map((name) => {
      const [group = '', member = ''] = name.split('.');
      return cell(one.facts[group]?.[member]);
    });
    rows.push(i % 100 === 0 ? 'broken' : [`R-${numbered(i)}`, one.asOf, ...cells].join());
  }
  return `${rows.join('\r\n')}\r\n`;
}

/** As many cases, a line each. */
export const casesNdjson = (lines: number): string =>
  Array.from({ length: lines }, (_, i) => {
    const { asOf, facts } = written[i % written.length] ?? {};
    return `${JSON.stringify({ reference: `R${numbered(i + 1)}`, asOf, facts })}\n`;
  }).join('');
