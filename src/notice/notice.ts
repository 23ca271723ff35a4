/** The rule set as the public notice, in the order of a notice: who is covered, what they get, how, whom to ask. */
import { factLabel } from '../engine/answer/wording.ts';
import { japaneseMoment, parseMoment } from '../rulebook/calendar.ts';
import type { Rule, RuleSet } from '../rulebook/rule-set.ts';
import { type Section, type SectionKind, sectionsOfKind } from '../rulebook/sections.ts';
import { adviceOf, statesOf } from './guidance.ts';
import type { Block, Detail, Notice } from './model.ts';
import { details, entriesOf, entryOf, isEmpty, linkTo, table, under } from './model.ts';
import { clausesUnder, type Quote, quoting } from './sentences.ts';
import { timelineOf } from './timeline.ts';
import { amountText, clocksText, daysText, periodText } from './wording.ts';

export function noticeOf(ruleSet: RuleSet): Notice {
  const quote = quoting(ruleSet);
  const sections = [
    { title: '補償対象', blocks: coveredBlocks(ruleSet, quote) },
    { title: '補償について', blocks: remedyBlocks(ruleSet, quote) },
    { title: '申請方法', blocks: procedureBlocks(ruleSet, quote) },
    { title: 'お問い合わせ先', blocks: contactBlocks(ruleSet) },
    { title: '告知に書かれていないことの扱い', blocks: [assumptionTable(ruleSet)] },
  ];
  return {
    title: ruleSet.title,
    source: sourceOf(ruleSet),
    sections: sections
      .map(({ title, blocks }) => ({ title, blocks: blocks.filter((block) => !isEmpty(block)) }))
      .filter(({ blocks }) => blocks.length > 0),
  };
}

function sourceOf({ isDraft, source, timeZone }: RuleSet): Detail[] {
  const day = (date: string): string => {
    const interval = parseMoment(date, timeZone);
    return interval ? japaneseMoment(interval, timeZone) : date;
  };
  return details({
    状態: isDraft ? ['下書き（まだ使われていません）'] : [],
    発行: [source.issuer],
    元の告知: [source.title, ...(source.url === null ? [] : [linkTo(source.url)])],
    公表: [day(source.published)],
    追記: source.revised.map(day),
  });
}

const rulesOf = (ruleSet: RuleSet, kind: SectionKind): Rule[] =>
  ruleSet.rules.filter((rule) => rule.kind === kind);

function coveredBlocks(ruleSet: RuleSet, quote: Quote): Block[] {
  const categories = rulesOf(ruleSet, 'eligibility');
  const own = new Set(categories.flatMap(({ clauses }) => clauses));
  const around = new Set(categories.flatMap(({ when }) => clausesUnder(when, ruleSet)));
  const scope = [...ruleSet.clauses.keys()].filter((id) => around.has(id) && !own.has(id));
  return [
    { kind: 'sentences', sentences: quote('', scope) },
    entriesOf(
      categories.map(({ id, label, clauses }) => entryOf(`(${id}) ${label}`, clauses, quote(label, clauses))),
    ),
  ];
}

function remedyBlocks(ruleSet: RuleSet, quote: Quote): Block[] {
  const remedies = rulesOf(ruleSet, 'remedies');
  const labelOf = (items: readonly { id: string; label: string }[], id: string): string =>
    items.find((item) => item.id === id)?.label ?? id;
  const entries = remedies.map(({ label, concludes, clauses, brands, excludes }) =>
    entryOf(label, clauses, quote(label, [...clauses, ...clausesOfAmounts(ruleSet, concludes)]), {
      額: amountsOf(ruleSet, concludes),
      選べるもの: brands.map((id) => labelOf(ruleSet.brands.items, id)),
      一緒には受けられないもの: excludes.map((id) => labelOf(remedies, id)),
    }),
  );
  const ofTables = [...ruleSet.tables.values()].flatMap(({ clauses }) => clauses);
  return [
    entriesOf(entries),
    { kind: 'sentences', sentences: quote('', ofTables) },
    ...[...tableBlocks(ruleSet), ...amountTable(ruleSet)],
  ];
}

/** What a remedy comes to, but for what stands in tables. */
function amountsOf(ruleSet: RuleSet, remedy: string): string[] {
  const rules = ofRemedies(ruleSet).flatMap(([of, rule]) =>
    of === remedy && rule.cell === null ? rule : [],
  );
  const texts = new Map<string, Rule[]>();
  for (const rule of rules) {
    const text = amountText(rule, ruleSet) ?? '';
    texts.set(text, [...(texts.get(text) ?? []), rule]);
  }
  return [...texts].map(([text, same]) => (same.some(isSaidFinal) ? text : `${text}（見込み）`));
}

/** What is final for somebody, or has nothing to be final of. */
const isSaidFinal = ({ amount }: Rule): boolean => amount?.value == null || amount.final;

const clausesOfAmounts = (ruleSet: RuleSet, remedy: string): string[] =>
  ofRemedies(ruleSet).flatMap(([of, { clauses, cell }]) => (of === remedy && cell === null ? clauses : []));

/** The amount rules of each remedy that has some of its own. */
const ofRemedies = (ruleSet: RuleSet): [remedy: string, rule: Rule][] =>
  sectionsOfKind(ruleSet, 'amount').flatMap(({ name, remedy }) =>
    remedy === null
      ? []
      : ruleSet.rules.flatMap((rule): [string, Rule][] => (rule.section === name ? [[remedy, rule]] : [])),
  );

/** The tables of the rule file, as tables: rows by the first fact, columns by the second; of three facts one for each value of the first. */
function tableBlocks(ruleSet: RuleSet): Block[] {
  const cells = rulesOf(ruleSet, 'amount').flatMap((rule) =>
    rule.cell ? [{ ...rule.cell, text: amountText(rule, ruleSet) ?? '' }] : [],
  );
  return [...ruleSet.tables.values()].flatMap(({ id, label, clauses, by }) => {
    // Several rules may name one table: its cells are the same.
    const [first] = cells.filter(({ table }) => table === id);
    const own = cells.filter(({ table, rule }) => table === id && rule === first?.rule);
    const names = by.map((fact) => factLabel(fact, ruleSet));
    const title = `${label}（条項 ${clauses.join('、')}）`;
    const rowsBy = (part: typeof own, depth: number): string[] => [
      ...new Set(part.map(({ labels }) => labels[depth] ?? '')),
    ];
    const grid = (part: typeof own, depth: number, heading: string): Block => {
      const rows = rowsBy(part, depth);
      if (depth === by.length - 1)
        return table(
          heading,
          [names[depth] ?? '', '金額'],
          rows.map((row) => [row, textOf(part, depth, [row])]),
        );
      const columns = rowsBy(part, depth + 1);
      const head = `${names[depth]}＼${names[depth + 1]}`;
      return table(
        heading,
        [head, ...columns],
        rows.map((row) => [row, ...columns.map((column) => textOf(part, depth, [row, column]))]),
      );
    };
    const textOf = (part: typeof own, depth: number, keys: string[]): string =>
      part.find(({ labels }) => keys.every((key, i) => labels[depth + i] === key))?.text ?? '―';
    if (by.length < 3) return own.length > 0 ? [grid(own, 0, title)] : [];
    return rowsBy(own, 0).map((value) =>
      grid(
        own.filter(({ labels }) => labels[0] === value),
        1,
        `${title}：${names[0]}が${value}`,
      ),
    );
  });
}

/** Rules that come to the same amount are one row: when each holds, a table cannot say. */
function amountTable(ruleSet: RuleSet): Block[] {
  const rows = new Map<string, { text: string; final: string; clauses: Set<string> }>();
  for (const rule of ruleSet.rules.filter(({ section }) => section === 'amount')) {
    const text = amountText(rule, ruleSet);
    if (text === null || rule.cell !== null) continue;
    const final = rule.amount?.value == null ? '' : rule.amount.final ? '確定' : '見込み';
    const row = rows.get(text + final) ?? { text, final, clauses: new Set() };
    for (const clause of rule.clauses) row.clauses.add(clause);
    rows.set(text + final, row);
  }
  // A file without amounts says so in an empty table; beside tables of its own there is nothing to say.
  if (rows.size === 0 && (ruleSet.tables.size > 0 || ofRemedies(ruleSet).length > 0)) return [];
  return [
    table(
      rows.size === 1 ? '補償額' : '補償額（時期と場合により、次のどれか）',
      ['金額', '確定か', '条項'],
      [...rows.values()].map(({ text, final, clauses }) => [text, final, [...clauses].join('、')]),
    ),
  ];
}

function procedureBlocks(ruleSet: RuleSet, quote: Quote): Block[] {
  const { sites, senders, lists, rules } = ruleSet;
  const states = (kind: SectionKind) =>
    sectionsOfKind(ruleSet, kind).flatMap((section: Section) =>
      under(`${section.label.ja}ごとの案内`, statesOf(ruleSet, section, quote)),
    );
  const asked = new Set(rules.flatMap(({ information }) => information.map(({ list }) => list)));
  const askedLists = [...lists.values()].filter(({ id }) => asked.has(id));
  const timeline = timelineOf(ruleSet);
  return [
    ...under(
      'サイト',
      sites.map(({ label, url, clauses }) =>
        entryOf(label, clauses, quote(label, clauses), { URL: [linkTo(url)] }),
      ),
    ),
    ...under(
      '用意する情報',
      askedLists.map(({ id, label, clauses, items }) =>
        entryOf(label ?? id, clauses, [], { 内容: items.map((item) => item.label) }),
      ),
    ),
    ...under(
      '案内の送信元（お問い合わせ先ではありません）',
      senders.map(({ label, address, clauses }) =>
        entryOf(label, clauses, quote(label, clauses), { 送信元: [address] }),
      ),
    ),
    ...states('state'),
    ...states('claim'),
    ...under('あわせてお知らせすること', adviceOf(ruleSet, quote)),
    ...states('outcome'),
    { kind: 'heading', text: '期限と期間' },
    { kind: 'timeline', timeline },
    table(
      '期限と期間の一覧',
      ['区分', '期限・期間', '日付', '条項'],
      timeline.lanes.flatMap((lane) =>
        lane.bars.map(({ label, text, clauses }) => [lane.label ?? '', label, text, clauses.join('、')]),
      ),
    ),
  ];
}

function contactBlocks({ contact, timeZone }: RuleSet): Block[] {
  if (contact === null) return [];
  const { name, tel, hoursText, clauses, hours } = contact;
  const entry = entryOf(name, clauses, [], {
    TEL: [{ text: tel, href: `tel:${tel.replace(/[^\d+]/g, '')}` }],
    受付時間: [hoursText],
  });
  const rows = hours.map((each) => [
    periodText(each, timeZone),
    daysText(each),
    each.holidays === 'open' ? '受け付けます' : '休み',
    clocksText(each),
  ]);
  return [entriesOf([entry]), table('期間ごとの受付時間', ['期間', '曜日', '祝日', '時間'], rows)];
}

const assumptionTable = (ruleSet: RuleSet): Block =>
  table(
    '告知に定めがないため、次のように扱います',
    ['扱い', '条項'],
    rulesOf(ruleSet, 'assumptions').map(({ label, clauses }) => [label, clauses.join('、')]),
  );
