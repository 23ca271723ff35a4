/** A decision as a person reads it in a terminal: the words of the table of fields, laid out. */
import type { RuleExplanation } from '../../engine/answer/decision.ts';
import type { Pen } from '../../engine/answer/field.ts';
import { type Decision, terminalBlocks } from '../../engine/answer/fields.ts';

interface Heading {
  title: string;
  asOfText: string;
}

const AS_OF = { ja: '判定時点', en: 'Judged as of' };
const HOW = { ja: '判定の過程', en: 'How it was decided' };
const ASSUMED = { ja: '仮定', en: 'assumed' };
const MARKS = {
  ja: { true: '○', false: '×', unknown: '？' },
  en: { true: '○', false: '×', unknown: '?' },
};

export function answerText(io: Pen, { title, asOfText }: Heading, decision: Decision): string {
  const explained = (decision.explanation ?? []).flatMap((rule) => explanationLines(io, rule));
  const blocks = [
    `${io.bold(title)}\n${AS_OF[io.lang]}  ${asOfText}`,
    ...terminalBlocks(decision, io).map(({ label, lines }) => block(label, lines)),
    ...(explained.length > 0 ? [block(HOW[io.lang], explained)] : []),
  ];
  return `${blocks.join('\n')}\n`;
}

const block = (label: string, lines: string | readonly string[]): string =>
  typeof lines === 'string' ? `${label}  ${lines}` : [label, ...lines.map((line) => `  ${line}`)].join('\n');

function explanationLines(io: Pen, rule: RuleExplanation): string[] {
  const marks = MARKS[io.lang];
  const citing = (clause: string | null): string => (clause === null ? '' : io.dim(` [${clause}]`));
  return [
    `${marks[rule.truth]} ${rule.rule}  ${rule.label}${citing(rule.clause)}  ${io.dim(rule.at)}`,
    ...rule.conditions.map(
      ({ truth, seenText, assumed, wanted, clause, at }) =>
        `    ${marks[truth]} ${seenText}${assumed ? io.aside(ASSUMED[io.lang]) : ''} ― ${wanted}${citing(clause)}  ${io.dim(at)}`,
    ),
  ];
}
