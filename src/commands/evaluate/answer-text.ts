/** A decision as a person reads it in a terminal: the words of the table of fields, laid out. */
import type { RuleExplanation } from '../../engine/answer/decision.ts';
import type { Pen } from '../../engine/answer/field.ts';
import { type Decision, terminalBlocks } from '../../engine/answer/fields.ts';
import { aside, bold, dim, green, type Io, red, series, yellow } from '../terminal/io.ts';

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

export function answerText(io: Io, { title, asOfText }: Heading, decision: Decision): string {
  const explained = (decision.explanation ?? []).flatMap((rule) => explanationLines(io, rule));
  const blocks = [
    `${bold(io, title)}\n${AS_OF[io.lang]}  ${asOfText}`,
    ...terminalBlocks(decision, penOf(io)).map(({ label, lines }) => block(label, lines)),
    ...(explained.length > 0 ? [block(HOW[io.lang], explained)] : []),
  ];
  return `${blocks.join('\n')}\n`;
}

const block = (label: string, lines: string | readonly string[]): string =>
  typeof lines === 'string' ? `${label}  ${lines}` : [label, ...lines.map((line) => `  ${line}`)].join('\n');

const penOf = (io: Io): Pen => ({
  lang: io.lang,
  bold: (text) => bold(io, text),
  dim: (text) => dim(io, text),
  red: (text) => red(io, text),
  green: (text) => green(io, text),
  yellow: (text) => yellow(io, text),
  aside: (text) => aside(io, text),
  series: (items) => series(io, items),
});

function explanationLines(io: Io, rule: RuleExplanation): string[] {
  const marks = MARKS[io.lang];
  const citing = (clause: string | null): string => (clause === null ? '' : dim(io, ` [${clause}]`));
  return [
    `${marks[rule.truth]} ${rule.rule}  ${rule.label}${citing(rule.clause)}  ${dim(io, rule.at)}`,
    ...rule.conditions.map(
      ({ truth, seenText, assumed, wanted, clause, at }) =>
        `    ${marks[truth]} ${seenText}${assumed ? aside(io, ASSUMED[io.lang]) : ''} ― ${wanted}${citing(clause)}  ${dim(io, at)}`,
    ),
  ];
}
