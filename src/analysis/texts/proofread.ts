/** Every text of a YAML file, letter by letter, as it is written: what was typed, and what YAML makes of it. */
import { type Scalar, visit } from 'yaml';
import type { Position } from '../../rulebook/basics.ts';
import { compose } from '../../rulebook/typed/yaml-faults.ts';
import type { Finding } from '../findings/finding.ts';
import { foldedBlanks } from './folded-blanks.ts';
import { oddLettersIn, visible } from './odd-letters.ts';
import { textFinding } from './text-finding.ts';
import { wordFaults } from './word-lists.ts';

/** Letters of Japanese text: what a person reads, not a name of the format. */
const JAPANESE = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]/u;

/** A file that reads well. */
export function proofread(file: string, content: string): Finding[] {
  const text = content.replace(/^\uFEFF/, '');
  const { doc, lines } = compose(text);
  if (doc === null || doc.errors.length > 0) return [];
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const findings: Finding[] = [];
  visit(doc, {
    Scalar(_, scalar) {
      const [start, end] = scalar.range ?? [0, 0];
      const written = text.slice(start, end);
      for (const { index, written: around, meant, what } of oddLettersIn(written)) {
        const place = position(start + index);
        const [wanted, wantedEn] =
          meant === null || meant === around
            ? ['', '']
            : [`「${meant}」でしょうか。`, ` Is "${meant}" meant?`];
        findings.push(
          textFinding('odd-letter', aboutLine(place), {
            ja: `「${visible(around)}」：${what.ja}。${wanted}`,
            en: `"${visible(around)}": ${what.en}.${wantedEn}`,
          }),
        );
      }
      for (const { index, read } of foldedBlanks(scalar.type, written))
        findings.push(
          textFinding('blank-in-text', aboutLine(position(start + index)), {
            ja: `行の変わり目が空白になり、「${read}」と読まれます。空白が要らなければ、ここで行を変えず、全角の文字どうしの間で行を変えてください。`,
            en: `The end of the line becomes a space, and this reads "${read}". If none is meant, break the line between two Japanese letters.`,
          }),
        );
      findings.push(...cutText(scalar, text, position));
    },
    Pair(_, pair) {
      for (const { code, scalar, words } of wordFaults(pair))
        findings.push(textFinding(code, aboutLine(position(scalar.range?.[0] ?? 0)), words));
    },
  });
  return findings;
}

const aboutLine = (position: Position) => ({ position, about: [`line ${position.line}`] });

/** A comment that begins at once, "#7119", after a text that is not in quotes: the rest of a text, more likely. */
function cutText(scalar: Scalar, text: string, position: (offset: number) => Position): Finding[] {
  if (scalar.type !== 'PLAIN' || !scalar.range) return [];
  const [, end] = scalar.range;
  const rest = /^[ \t]+(#[^\s#!][^\n]*)/.exec(text.slice(end, end + LONGEST_COMMENT));
  const value = String(scalar.value);
  const isRead = JAPANESE.test(value) || / /.test(value);
  if (rest?.[1] === undefined || !isRead) return [];
  const place = position(end + rest[0].indexOf('#'));
  const whole = `${value} ${rest[1].trim()}`;
  return [
    textFinding('cut-text', aboutLine(place), {
      ja: `「${value}」の後ろの「${rest[1].trim()}」は、覚え書き（コメント）として読み捨てられます。文の続きなら、文の全体を引用符で囲んでください："${whole}"。覚え書きなら、# の後に空白を入れてください。`,
      en: `"${rest[1].trim()}" after "${value}" is taken for a comment and dropped. If it belongs to the text, put all of it in quotes: "${whole}". If it is a comment, put a space after the #.`,
    }),
  ];
}
const LONGEST_COMMENT = 500;
