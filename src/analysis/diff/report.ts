/** A diff as a person reads it, and that in Markdown. */
import { factLabel, instantText, valueText } from '../../engine/answer/wording.ts';
import { readFacts } from '../../engine/facts/read-facts.ts';
import type { Lang, LocalizedText } from '../../rulebook/lang.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { answerChanges } from './answer-changes.ts';
import { kindOf, type PairDiff } from './diff.ts';
import { changeWords, editWords } from './edit-words.ts';
import type { Edit } from './edits.ts';

export interface Report {
  file: string;
  /** About the file as a whole; empty where the two were compared. */
  notes: string[];
  edits: { text: string; at: string }[];
  effects: Effect[];
  /** What is certain beyond the examples. */
  conclusion: string;
}

interface Effect {
  text: string;
  /** The facts of the example, and what of the answer differs. */
  facts: string[];
  changes: { field: string; removed: string[]; added: string[] }[];
}

const MESSAGES = {
  added: { ja: '新しいルールのファイルです。', en: 'A new rule file.' },
  removed: { ja: 'ルールのファイルがなくなりました。', en: 'The rule file is gone.' },
  undecided: { ja: '（時間内に決められませんでした）', en: ' (not decided in time)' },
  same: {
    ja: '証明：この変更で回答が変わる方はいません（どの事実、どの時点でも同じ回答です）。',
    en: 'Proved: nobody is answered differently, whatever the facts and the instant.',
  },
  proved: {
    ja: '証明：ここに挙げたほかに、回答の変わり方はありません。',
    en: 'Proved: no answer changes in any other way than these.',
  },
  open: {
    ja: '時間内に決められなかったものがあるため、ほかに変わる方がいないとは言えません。',
    en: 'Some questions were not decided in time: there may be other changes.',
  },
} satisfies Record<string, LocalizedText>;

export function reportOf(pair: PairDiff, lang: Lang): Report {
  const { file, before, after, diff } = pair;
  const kind = kindOf(pair);
  const notes = [before, after].flatMap((side) =>
    (side?.problems ?? []).map(
      ({ position, message }) => `${position.file}:${position.line}:${position.column} ${message}`,
    ),
  );
  if (kind !== 'changed') notes.unshift(MESSAGES[kind][lang]);
  const [was, is] = [before?.ruleSet, after?.ruleSet];
  if (!diff || !was || !is) return { file, notes, edits: [], effects: [], conclusion: '' };
  for (const fact of diff.incomparable) notes.push(incomparable(fact)[lang]);
  for (const fact of diff.absentOtherwise) notes.push(absentOtherwise(fact)[lang]);
  const effects = diff.differences.map(({ verdict, example, ...change }): Effect => {
    const text = `${changeWords(change, was, is)[lang]}${verdict === 'undecided' ? MESSAGES.undecided[lang] : ''}`;
    const [old, recent] = example?.decisions ?? [];
    const changes = old && recent ? answerChanges(old, recent) : [];
    return {
      text,
      facts: example ? factTexts(example.facts, example.asOf, is) : [],
      changes: changes.map((change) => ({ ...change, field: change.field[lang] })),
    };
  });
  const edits = diff.edits.map((edit) => ({ text: editWords(edit)[lang], at: placeOf(edit, pair) }));
  return { file, notes, edits, effects, conclusion: conclusionOf(pair)[lang] };
}

function conclusionOf({ diff }: PairDiff): LocalizedText {
  if (!diff || diff.incomparable.length > 0) return { ja: '', en: '' };
  if (!diff.isProved) return MESSAGES.open;
  return diff.differences.length === 0 ? MESSAGES.same : MESSAGES.proved;
}

function placeOf({ kind, path, position }: Edit, { before, after }: PairDiff): string {
  const side = kind === 'removed' ? before : after;
  const place = position ?? (side && path.length > 0 ? side.at(path) : null);
  return place ? `${place.file}:${place.line}:${place.column}` : '';
}

const incomparable = (fact: string): LocalizedText => ({
  ja: `事実「${fact}」の種類が変わったため、比べられません。`,
  en: `The fact ${fact} is of another type now: the two cannot be compared.`,
});
const absentOtherwise = (fact: string): LocalizedText => ({
  ja: `事実「${fact}」が申告されないときの意味が変わりました。申告のない場合は比べていません。`,
  en: `Leaving out the fact ${fact} means something else now: cases without it were not compared.`,
});

/** The case in words, the instant first. */
export function factTexts(
  facts: Record<string, Record<string, unknown>>,
  asOf: string,
  ruleSet: RuleSet,
): string[] {
  const instant = Date.parse(asOf);
  const read = readFacts(ruleSet.vocabulary, facts, instant).facts;
  const given = Object.entries(facts).flatMap(([group, members]) =>
    Object.keys(members).map((name) => `${group}.${name}`),
  );
  return [
    `${factLabel('asOf', ruleSet)}：${instantText(instant, ruleSet.timeZone)}`,
    ...given.map(
      (fact) => `${factLabel(fact, ruleSet)}：${valueText(fact, read?.values.get(fact), ruleSet)}`,
    ),
  ];
}

const TITLE: LocalizedText = { ja: 'ルールの変更', en: 'Changes to the rules' };
const SAME: LocalizedText = { ja: 'ルールのファイルに違いはありません。', en: 'No rule file differs.' };
export const HEADINGS = {
  edits: { ja: '変更点', en: 'What was changed' },
  effects: { ja: '影響', en: 'What it does' },
  example: { ja: '例', en: 'Example' },
  table: { ja: '| | 変更前だけ | 変更後だけ |', en: '| | only before | only after |' },
} satisfies Record<string, LocalizedText>;

/** What a pull request shows. */
export function diffMarkdown(lang: Lang, diffs: readonly PairDiff[]): string {
  const parts = diffs.map((pair) => reportMarkdown(lang, reportOf(pair, lang)));
  return [`## ${TITLE[lang]}`, ...(parts.length > 0 ? parts : [SAME[lang]])].join('\n\n');
}

function reportMarkdown(lang: Lang, { file, notes, edits, effects, conclusion }: Report): string {
  const blocks = [`### ${code(file)}`, ...notes.map(escaped)];
  if (edits.length > 0)
    blocks.push(
      `#### ${HEADINGS.edits[lang]}`,
      edits.map(({ text, at }) => `- ${escaped(text)}${at ? ` ${code(at)}` : ''}`).join('\n'),
    );
  if (effects.length > 0) blocks.push(`#### ${HEADINGS.effects[lang]}`);
  for (const { text, facts, changes } of effects) {
    const example = [
      `<details><summary>${escaped(text)}</summary>`,
      ...(facts.length > 0
        ? [`${HEADINGS.example[lang]}`, facts.map((fact) => `- ${escaped(fact)}`).join('\n')]
        : []),
      ...(changes.length > 0
        ? [
            [
              HEADINGS.table[lang],
              '|---|---|---|',
              ...changes.map(
                ({ field, removed, added }) => `| ${escaped(field)} | ${cell(removed)} | ${cell(added)} |`,
              ),
            ].join('\n'),
          ]
        : []),
      '</details>',
    ];
    blocks.push(example.join('\n\n'));
  }
  if (conclusion) blocks.push(`**${conclusion}**`);
  return blocks.join('\n\n');
}

/** Text of rule files shows as it is written. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\`*_{}[\]<>|~#]/g, (mark) => (mark === '<' ? '&lt;' : `\\${mark}`))
    .replaceAll('\n', ' ');
const code = (text: string): string => `\`${text}\``;
const cell = (items: readonly string[]): string => items.map(escaped).join('<br>');
