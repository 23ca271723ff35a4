/** Lines of NDJSON: a decision as POST /evaluate answers it, or why there is none. */
import type { JsonText } from '../decisions/store.ts';
import type { LineProblems } from './line-problem.ts';
import type { CaseName } from './lines.ts';

/** The answer, with the line it is to and the caller's name for the case before it. */
export const answerLine = (name: CaseName, answer: JsonText): string =>
  `${openLine(name)}${answer.slice(1)}\n`;

/** `moreProblems`: how many there are beyond those; left out where there are none. */
export function badAnswerLine(name: CaseName, { listed, more }: LineProblems): string {
  const others = more > 0 ? `,"moreProblems":${more}` : '';
  return `${openLine(name)}"problems":${JSON.stringify(listed)}${others}}\n`;
}

const openLine = ({ line, reference }: CaseName): string =>
  reference === null ? `{"line":${line},` : `{"line":${line},"reference":${JSON.stringify(reference)},`;
