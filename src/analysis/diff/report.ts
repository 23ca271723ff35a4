/** A diff as a person reads it, and that in Markdown. */
import { factLabel, valueText } from '../../engine/answer/wording.ts';
import { readFacts } from '../../engine/facts/read-facts.ts';
import { AS_OF, type Position } from '../../rulebook/basics.ts';
import type { Lang, LocalizedText } from '../../rulebook/lang.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Example } from '../search/example.ts';
import { answerChanges } from './answer-changes.ts';
import { conclusionOf, memberLabel } from './conclusion.ts';
import { type Diff, kindOf, type PairDiff } from './diff.ts';
import { changeWords, editWords } from './edit-words.ts';
import type { Edit } from './edits.ts';
import { noticeWords } from './notice-words.ts';
import { readAlike } from './read-alike.ts';
import { differingMembers, printedChanges, type TriedMember } from './tried.ts';

const MESSAGES = {
  added: { ja: '新しいルールのファイルです。', en: 'A new rule file.' },
  removed: { ja: 'ルールのファイルがなくなりました。', en: 'The rule file is gone.' },
  alike: {
    ja: '変更点はありません：二つは、書かれた場所や書き方のほかは同じに読めます。',
    en: 'Nothing was changed: the two read the same but for where and how things are written.',
  },
  unworded: {
    ja: '言葉で示せない変更があります。git diff などで文字の違いも確かめてください。',
    en: 'Something was changed that cannot be put in words here: look at the texts too, with git diff.',
  },
  undecided: { ja: '（決められませんでした）', en: ' (not decided)' },
  timeUp: { ja: '（時間内に決められませんでした）', en: ' (not decided in time)' },
} satisfies Record<string, LocalizedText>;

export type Report = ReturnType<typeof reportOf>;

export function reportOf(pair: PairDiff, lang: Lang) {
  const { file, before, after, diff } = pair;
  const kind = kindOf(pair);
  const [was, is] = [before?.ruleSet, after?.ruleSet];
  const problems = [before, after].flatMap((side) => side?.problems ?? []);
  return {
    file,
    /** About the file as a whole; empty where the two were compared. */
    notes: [
      ...(kind === 'changed' ? [] : [MESSAGES[kind][lang]]),
      ...problems.map(({ position, message }) => `${placeText(position)} ${message}`),
      ...(diff && was && is && diff.edits.length === 0
        ? [MESSAGES[readAlike(was, is) ? 'alike' : 'unworded'][lang]]
        : []),
      ...(diff?.incomparable ?? []).map((fact) => incomparable(fact)[lang]),
      ...(diff?.absentOtherwise ?? []).map((fact) => absentOtherwise(fact)[lang]),
      ...(diff?.readOtherwise ?? []).map((fact) => readOtherwise(fact)[lang]),
    ],
    /** Sentences of the notice, where there are two texts of it. */
    sentences: pair.noticeChanges.map((change) => noticeWords(change)[lang]),
    edits: (diff?.edits ?? []).map((edit) => ({ text: editWords(edit)[lang], at: placeOf(edit, pair) })),
    effects: diff && was && is ? effectsOf(diff, was, is, lang) : [],
    /** What is certain beyond the examples. */
    conclusion: conclusionOf(pair.diff)[lang],
  };
}

const placeText = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;

function effectsOf(diff: Diff, was: RuleSet, is: RuleSet, lang: Lang) {
  const told = (text: string, example: Example | null, isWhole: boolean) => {
    const [old, recent] = example?.decisions ?? [];
    const compare = isWhole ? printedChanges : answerChanges;
    const changes = old && recent ? compare(old, recent) : [];
    return {
      text,
      /** Of the example, and what of its answer differs. */
      facts: example ? factTexts(example, is) : [],
      changes: changes.map((one) => ({ ...one, field: one.field[lang] })),
    };
  };
  return [
    ...diff.differences.map(({ verdict, example, isTimeUp, ...change }) => {
      const remark = verdict === 'undecided' ? MESSAGES[isTimeUp ? 'timeUp' : 'undecided'][lang] : '';
      return told(`${changeWords(change, was, is)[lang]}${remark}`, example, false);
    }),
    ...(diff.tried?.absent ?? []).map(({ fact, example }) =>
      told(withoutFact(factLabel(fact, is))[lang], example, true),
    ),
    ...untold(diff).map(({ member, example, count }) =>
      told(triedOtherwise(memberLabel(member), count)[lang], example, true),
    ),
  ];
}

/** Members that differed in what was tried, and in no example of what is told already. */
function untold({ differences, tried }: Diff): TriedMember[] {
  const shown = [
    ...differences.map(({ example }) => example),
    ...(tried?.absent ?? []).map((one) => one.example),
  ];
  const told = new Set(shown.flatMap((example) => (example ? differingMembers(example) : [])));
  return (tried?.differing ?? []).filter(({ member }) => !told.has(member));
}

const withoutFact = (label: string): LocalizedText => ({
  ja: `「${label}」を申告しない方の回答が変わります`,
  en: `Who leaves out "${label}" is answered otherwise`,
});
const triedOtherwise = (label: LocalizedText, count: number): LocalizedText => ({
  ja: `回答の「${label.ja}」が違う場合があります（試した場合のうち${count.toLocaleString('ja-JP')}件）`,
  en: `The ${label.en} of answers differs (in ${count} of the cases tried)`,
});

function placeOf({ kind, path, position }: Edit, { before, after }: PairDiff): string {
  const side = kind === 'removed' ? before : after;
  const place = position ?? (side && path.length > 0 ? side.at(path) : null);
  return place ? placeText(place) : '';
}

const incomparable = (fact: string): LocalizedText => ({
  ja: `事実「${fact}」の種類が変わったため、比べられません。`,
  en: `The fact ${fact} is of another type now: the two cannot be compared.`,
});
const absentOtherwise = (fact: string): LocalizedText => ({
  ja: `事実「${fact}」が申告されないときの意味が変わりました。申告のない場合は、例を試しただけで、証明していません。`,
  en: `Leaving out the fact ${fact} means something else now: cases without it were tried, not proved.`,
});

const readOtherwise = (fact: string): LocalizedText => ({
  ja: `事実「${fact}」は、同じように書かれていても、前と違う値に読まれることがあります。そのような値では比べていません。`,
  en: `The fact ${fact} may be read as another value than before: of such values nothing was compared.`,
});

/** The case in words, the instant first. */
function factTexts({ facts, asOf }: Example, ruleSet: RuleSet): string[] {
  const instant = Date.parse(asOf);
  const read = readFacts(ruleSet.vocabulary, facts, instant).facts;
  const given = Object.entries(facts).flatMap(([group, members]) =>
    Object.keys(members).map((name) => `${group}.${name}`),
  );
  return [AS_OF, ...given].map((fact) => {
    const value = fact === AS_OF ? instant : read?.values.get(fact);
    return `${factLabel(fact, ruleSet)}：${valueText(fact, value, ruleSet)}`;
  });
}

const TITLE: LocalizedText = { ja: 'ルールの変更', en: 'Changes to the rules' };
const SAME: LocalizedText = { ja: 'ルールのファイルに違いはありません。', en: 'No rule file differs.' };
export const HEADINGS = {
  sentences: { ja: '告知の文', en: 'The text of the notice' },
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

function reportMarkdown(lang: Lang, { file, notes, sentences, edits, effects, conclusion }: Report): string {
  const blocks = [`### ${code(file)}`, ...notes.map(escaped)];
  if (sentences.length > 0) blocks.push(`#### ${HEADINGS.sentences[lang]}`, bullets(sentences.map(escaped)));
  if (edits.length > 0)
    blocks.push(
      `#### ${HEADINGS.edits[lang]}`,
      bullets(edits.map(({ text, at }) => `${escaped(text)}${at ? ` ${code(at)}` : ''}`)),
    );
  if (effects.length > 0) blocks.push(`#### ${HEADINGS.effects[lang]}`);
  for (const { text, facts, changes } of effects) {
    const rows = changes.map(
      ({ field, removed, added }) => `| ${escaped(field)} | ${cell(removed)} | ${cell(added)} |`,
    );
    const example = [
      `<details><summary>${escaped(text)}</summary>`,
      ...(facts.length > 0 ? [HEADINGS.example[lang], bullets(facts.map(escaped))] : []),
      ...(rows.length > 0 ? [[HEADINGS.table[lang], '|---|---|---|', ...rows].join('\n')] : []),
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
const bullets = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');
const code = (text: string): string => `\`${text}\``;
const cell = (items: readonly string[]): string => items.map(escaped).join('<br>');
