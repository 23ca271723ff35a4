import type { Interval, Item } from './basics.ts';
import { isTimeZone, parseClock, parseMoment } from './calendar.ts';
import { parseNamedCondition } from './conditions.ts';
import { MINUTE } from './count-days.ts';
import { namedIn, refusePlaceholders } from './draft.ts';
import { LINES } from './line-range.ts';
import { dateMeant, parseMomentOf, whereOpen } from './moments.ts';
import { CLOSED_WORDS, type IfClosed, type OpeningHours } from './open-days.ts';
import { placesIn } from './places.ts';
import { isError, ProblemList, type ProblemText, withoutRepeats } from './problems.ts';
import { readClaims, refuseTwoWays } from './read-claims.ts';
import { readNumbers, readValues } from './read-numbers.ts';
import { readRules } from './read-rules.ts';
import { checkReferences } from './references.ts';
import { RULE_FILE_KEYS, type RuleFile, ruleFileSchema } from './rule-file-schema.ts';
import type { Contact, Deadline, ItemList, Moment, NoticeSource, RuleSet } from './rule-set.ts';
import { type Scope, scopeOf } from './scope.ts';
import { idSchema, parseShape } from './shape.ts';
import { toLongForm } from './short-form.ts';
import { type Path, parseSource, type Source } from './source.ts';
import { meantClock, replacing } from './typed/meant.ts';
import { extendVocabulary, type Origin, useWordFiles, type Vocabulary } from './vocabulary.ts';

/** Reads one rule file. `ruleSet` is null only when something is wrong; every problem is reported at once. */
export const readRuleSet = (file: string, content: string, shared: Vocabulary, origin?: Origin) =>
  readSource(parseSource(file, content), shared, origin);

/** As `readRuleSet`, of a source that was parsed before; positions are those of its text. */
export function readSource(source: Source, shared: Vocabulary, origin: Origin = 'file') {
  const { value, problems: misshapen } = parseShape(source, ruleFileSchema, RULE_FILE_KEYS);
  if (value === null) return { ruleSet: null, problems: misshapen };
  const places = placesIn(source);
  const problems = new ProblemList(places.at);
  const words = { source, origin, path: ['vocabulary'], problems };
  const { uses = [] } = value;
  const used = useWordFiles(shared, uses, origin, problems);
  // Without the words everything that names one would be wrong.
  if (used.vocabulary === null)
    return { ruleSet: null, problems: [...misshapen, ...used.found, ...problems.all()] };
  const vocabulary = extendVocabulary(used.vocabulary, value.vocabulary ?? {}, words);
  const { data: written, sections, cells } = toLongForm(value, { vocabulary, places, problems });
  refuseTwoWays(problems, written);
  const timeZone = readTimeZone(problems, written);
  vocabulary.timeZone = timeZone;
  const isDraft = written.status === 'draft';
  checkFileName(problems, source, written);
  if (origin === 'file' && !isDraft) refusePlaceholders(problems, source);
  // Earlier programs passed over them.
  if (origin === 'file') refuseOddLines(problems, source, value);
  const day = (text: string, ...path: Path) =>
    readDay(problems, { timeZone, source }, text, ['source', ...path]);
  const { published, revised = [] } = written.source;
  const placed = { ...source, at: places.at };
  const parts = {
    ...{ source: placed, origin, problems, vocabulary, timeZone, sections },
    published: day(published, 'published'),
  };
  for (const [i, text] of revised.entries()) day(text, 'revised', i);

  const scope = scopeOf(written, parts);
  const brands = readLists(scope, written);
  const values = readValues(scope, written);
  readNumbers(scope, written);
  const tables = mapOf(written.tables, ({ label, clause, by }, id) => {
    const path = ['tables', id];
    const facts = [by].flat();
    for (const [i, fact] of facts.entries())
      scope.refer('fact', fact, [...path, 'by', ...(Array.isArray(by) ? [i] : [])]);
    const position = source.at(path, true);
    return { ...{ id, label, by: facts, position }, clauses: scope.clauses(clause, path) };
  });
  const contact = written.contact ? readContact(scope, written.contact) : null;
  const deadlines = mapOf(written.deadlines, (deadline, id) => readDeadline(scope, id, deadline, contact));
  const conditions = mapOf(written.conditions, (value, name) =>
    parseNamedCondition(scope, name, value, source.at(['conditions', name], true)),
  );
  const { prefecture, incident, title, accepted = [] } = written;
  const ruleSet: RuleSet = {
    ...{ file: source.file, isDraft, prefecture, incident, title, timeZone, uses, vocabulary },
    source: readNotice(written.source),
    clauses: mapOf(written.clauses, ({ lines, text }, id) => ({ id, lines: String(lines), text })),
    ...{ deadlines, values, numbers: scope.numbers, tables, brands, lists: scope.lists, conditions },
    sections,
    claims: readClaims(scope, written),
    rules: readRules(scope, written, cells),
    senders: readNamed(scope, 'senders', written.senders),
    sites: readNamed(scope, 'sites', written.sites),
    contact,
    accepted: accepted.map((one, i) => ({ ...one, position: source.at(['accepted', i]) })),
  };
  checkReferences(scope, ruleSet, written);
  const isSound = !problems.hasErrors && !used.found.some(isError);
  const found = [...misshapen, ...used.found, ...problems.all()];
  return { ruleSet: isSound ? ruleSet : null, problems: withoutRepeats(found) };
}

const readNotice = ({
  url,
  revised,
  textHash,
  nothingToDecide,
  ...notice
}: RuleFile['source']): NoticeSource => ({
  ...notice,
  ...{ url: url ?? null, revised: revised ?? [], textHash: textHash ?? null },
  nothingToDecide: (nothingToDecide ?? []).map(String),
});

/** Without what could not be read. */
const mapOf = <Written, Value>(
  record: Record<string, Written> | undefined,
  read: (written: Written, id: string) => Value | null,
): Map<string, Value> =>
  new Map(
    Object.entries(record ?? {}).flatMap(([id, written]): [string, Value][] => {
      const value = read(written, id);
      return value === null ? [] : [[id, value]];
    }),
  );

function readTimeZone(problems: ProblemList<Path>, { timeZone }: RuleFile): string {
  if (isTimeZone(timeZone)) return timeZone;
  problems.add('bad-time-zone', ['timeZone'], {
    ja: `「${timeZone}」という時間帯はありません。`,
    en: `There is no time zone "${timeZone}".`,
    suggestion: () => 'Asia/Tokyo',
  });
  return 'UTC';
}

/** rules/a/b.yaml must say prefecture: a, incident: b. A draft of it may also stand in rules/a/b.draft.yaml. */
function checkFileName(problems: ProblemList<Path>, { file }: Source, written: RuleFile): void {
  const [folder = '', name] = file.split('/').slice(-2);
  if (name === undefined) return;
  const { named, isDraft } = namedIn(name);
  if (isDraft && written.status !== 'draft')
    problems.add('file-name-mismatch', ['incident'], {
      ja: `名前に「.draft」の付いたファイルには status: draft が要ります。使い始めるなら、ファイルの名前を「${named}.yaml」に変えてください。`,
      en: `A file with ".draft" in its name needs status: draft. To put it to use, rename it to "${named}.yaml".`,
    });
  if (written.incident !== named && isCopy(named))
    return void problems.add('file-name-mismatch', ['incident'], {
      ja: `ファイルの名前「${name}」が、incident の「${written.incident}」と違います。写しや控えなら、ルールのフォルダーの外に置いてください。これから使うなら、ファイルの名前を「${written.incident}.yaml」に変えてください。`,
      en: `The name of the file, "${name}", differs from its incident, "${written.incident}". Keep a copy outside of the rules folder; to use the file, name it "${written.incident}.yaml".`,
      suggestion: () => `${written.incident}.yaml`,
    });
  const check = (key: 'prefecture' | 'incident', wanted: string, ja: string, en: string) => {
    if (written[key] !== wanted)
      problems.add('file-name-mismatch', [key], {
        ja: `${ja}の名前「${wanted}」と違います。`,
        en: `${key} differs from the name of the ${en}, "${wanted}".`,
        suggestion: () => wanted,
      });
  };
  check('prefecture', folder, 'フォルダー', 'folder');
  check('incident', named, 'ファイル', 'file');
}

/** What systems call a copy, or what no incident could be called. */
const isCopy = (named: string): boolean =>
  !idSchema.safeParse(named).success || /[-_. ]copy[-_ ]?\d*$/i.test(named);

function readDay(
  problems: ProblemList<Path>,
  place: { timeZone: string; source: Source },
  text: string,
  path: Path,
): Interval | null {
  return (
    parseMoment(text, place.timeZone) ??
    problems.add('bad-date', path, {
      ja: `「${text}」は日付として読めません。2030-01-31 の形で書いてください。`,
      en: `"${text}" is not a date. Write it as 2030-01-31.`,
      ...dateMeant(text, place),
    })
  );
}

/** Lines of the notice that nobody could look up. */
function refuseOddLines(problems: ProblemList<Path>, { text }: Source, written: RuleFile): void {
  const tell = (lines: string | number, path: Path) => {
    if (LINES.test(String(lines))) return;
    const plain = String(lines)
      .normalize('NFKC')
      .replaceAll(/[‐‑–—―−ー]/g, '-');
    const meant = LINES.test(plain) ? plain : null;
    problems.add('wrong-shape', path, {
      ja: `「${lines}」は行番号として読めません。29 か 42-44 の形で書いてください。`,
      en: `"${lines}" is not the number of a line. Write 29, or 42-44.`,
      ...(meant && { suggestion: () => meant, corrected: replacing(text, String(lines), meant) }),
    });
  };
  for (const [id, { lines }] of Object.entries(written.clauses)) tell(lines, ['clauses', id, 'lines']);
  for (const [i, lines] of (written.source.nothingToDecide ?? []).entries())
    tell(lines, ['source', 'nothingToDecide', i]);
}

/** Puts all lists into the scope; the brands are one of them. */
function readLists({ lists, problems, clauses }: Scope, written: RuleFile): ItemList {
  const itemsOf = (record: Record<string, string> = {}): Item[] =>
    Object.entries(record).map(([id, label]) => ({ id, label }));
  const addresses = Object.values(written.senders ?? {}).map(({ address }) => address);
  const senders = addresses.map((address) => ({ id: address, label: address }));
  const unnamed = { label: null, clauses: [] };
  const brands = { id: 'brands', path: ['brands'], ...unnamed, items: itemsOf(written.brands) };
  lists.set('brands', brands);
  lists.set('senders', { id: 'senders', path: ['senders'], ...unnamed, items: senders });
  for (const group of ['information', 'lists'] as const) {
    for (const [id, { label = null, clause, items }] of Object.entries(written[group] ?? {})) {
      const path = [group, id];
      if (lists.has(id))
        problems.add('duplicate-id', path, {
          ja: `一覧「${id}」はすでにあります。`,
          en: `There is a list "${id}" already.`,
          ofKey: true,
        });
      const cited = clauses(clause, path);
      lists.set(id, { id, path: [...path, 'items'], label, clauses: cited, items: itemsOf(items) });
    }
  }
  return brands;
}

type WrittenDeadline = RuleFile['deadlines'][string];

function readDeadline(scope: Scope, id: string, written: WrittenDeadline, contact: Contact | null): Deadline {
  const path = ['deadlines', id];
  const { label, text = null, approximate = false, postmark = false, enquiries = false } = written;
  if (written.from === undefined && written.until === undefined && text === null)
    scope.problems.add('missing-key', path, {
      ja: `「${id}」に from（から）か until（まで）がありません。`,
      en: `"${id}" has neither from nor until.`,
      ofKey: true,
    });
  const clauses = scope.clauses(written.clause, path);
  const moment = (key: 'from' | 'until') =>
    written[key] === undefined ? null : parseMomentOf(scope, written[key], [...path, key]);
  const [from, until] = [moment('from'), moment('until')];
  const ifClosed = readIfClosed(scope, written, contact, path);
  return {
    ...{ id, label, clauses, from: from && beginning(from) },
    until: ifClosed ? whereOpen(scope, until, ifClosed, path) : until,
    ...{ text, approximate, postmark, enquiries },
    position: scope.source.at(path, true),
  };
}

/** From 24:00 is from the first minute of the next day. */
const beginning = (moment: Moment): Moment =>
  moment.kind === 'fixed' && moment.interval.start === moment.interval.end
    ? { ...moment, interval: { ...moment.interval, end: moment.interval.end + MINUTE } }
    : moment;

function readIfClosed(
  { problems }: Scope,
  { ifClosed: word, until }: WrittenDeadline,
  contact: Contact | null,
  path: Path,
): IfClosed | null {
  if (word === undefined) return null;
  const to = CLOSED_WORDS[word];
  if (until !== undefined && contact !== null) return { to, hours: contact.hours };
  const lacking = until === undefined ? 'until' : 'contact';
  return problems.add('cannot-move', [...path, 'ifClosed'], {
    ja: `ifClosed を書くには、${lacking === 'until' ? 'この期限の until（まで）' : '窓口（contact）の受付時間'}が要ります。`,
    en: `ifClosed needs ${lacking === 'until' ? 'the until of this deadline' : 'the hours of a contact'}.`,
  });
}

const readNamed = <
  Written extends { label: string; clause: string | string[]; nextSteps?: string[] | undefined },
>(
  scope: Scope,
  group: 'senders' | 'sites',
  written: Record<string, Written> = {},
) =>
  Object.entries(written).map(([id, { clause, nextSteps = [], ...rest }]) => ({
    ...rest,
    id,
    clauses: scope.clauses(clause, [group, id]),
    nextSteps: nextSteps.filter((step, i) => scope.refer('nextStep', step, [group, id, 'nextSteps', i])),
  }));

const ISO_DAYS = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 } as const;

type WrittenContact = NonNullable<RuleFile['contact']>;

function readContact(scope: Scope, { clause, hours, ...contact }: WrittenContact): Contact {
  return {
    ...contact,
    hours: hours.map((written, i) => readHours(scope, written, ['contact', 'hours', i])),
    clauses: scope.clauses(clause, ['contact']),
  };
}

function clockMeant(written: string, text: string): Partial<ProblemText> {
  const meant = meantClock(written);
  if (meant === null || parseClock(meant) === null) return {};
  return { suggestion: () => meant, corrected: replacing(text, written, meant) };
}

function readHours(scope: Scope, written: WrittenContact['hours'][number], path: Path): OpeningHours {
  const { problems } = scope;
  const clock = (key: 'open' | 'close'): number =>
    parseClock(written[key]) ??
    problems.add('bad-date', [...path, key], {
      ja: `「${written[key]}」は時刻として読めません。10:00 の形で書いてください。`,
      en: `"${written[key]}" is not a time of day. Write it as 10:00.`,
      ...clockMeant(written[key], scope.source.text),
    }) ??
    0;
  const day = (key: 'from' | 'until'): Interval | null => {
    if (written[key] === undefined) return null;
    const moment = parseMomentOf(scope, written[key], [...path, key]);
    if (moment !== null && moment.kind !== 'fixed')
      return problems.add('value-type', [...path, key], {
        ja: '受付時間の期間には日付を書いてください。',
        en: 'Write dates for the period of opening hours.',
      });
    return moment?.interval ?? null;
  };
  const [open, close] = [clock('open'), clock('close')];
  if (close < open)
    problems.add('deadline-order', [...path, 'close'], {
      ja: '受付終了が受付開始より前です。',
      en: 'close is before open.',
    });
  const { days, holidays } = written;
  return {
    from: day('from'),
    until: day('until'),
    days: days.map((each) => ISO_DAYS[each]),
    ...{ holidays, open, close },
  };
}
