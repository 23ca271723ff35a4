/** Cases as they are written in a cases file. */
import { Document, isCollection, isPair, isScalar, visit } from 'yaml';
import { toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { ExampleCase, Expectation } from './cases-file.ts';

const WIDTH = 110;
const ONE_LINE = 90;

/** One entry of `cases`, indented to be pasted there. */
export function caseText(
  { id, title, asOf, facts, expect }: Omit<ExampleCase, 'position'>,
  timeZone: string,
): string {
  const written = { id, title, asOf: toOffsetDateTime(asOf, timeZone), facts, expect };
  return indented(yamlOf([written]), '  ');
}

/** Lines of `expect`, indented to be pasted there. */
export const expectText = (expect: Expectation): string => indented(yamlOf(expect), '      ');

/** Short groups on one line, as people write them. */
function yamlOf(data: unknown): string {
  const document = new Document(data);
  visit(document, {
    Scalar(_, node) {
      // Older readers of YAML take these for true and false.
      if (/^(?:yes|no)$/.test(String(node.value))) node.type = 'QUOTE_DOUBLE';
    },
    Collection(_, node, path) {
      const parent = path.at(-1);
      const key = isPair(parent) && isScalar(parent.key) ? parent.key.value : null;
      if (key === null || key === 'facts' || key === 'expect') return;
      if (isCollection(node)) node.flow = JSON.stringify(node).length < ONE_LINE;
    },
  });
  const text = document.toString({ lineWidth: WIDTH, flowCollectionPadding: true });
  return text.replace(/\[ ([^\]"']*) \]/g, '[$1]');
}

const indented = (text: string, by: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => by + line)
    .join('\n');
