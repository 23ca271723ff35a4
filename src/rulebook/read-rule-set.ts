import type { Interval, Item } from './basics.ts';
import { isTimeZone, parseClock, parseMoment } from './calendar.ts';
import { type ConditionContext, parseNamedCondition } from './conditions.ts';
import { type Left, type Named, parseMomentOf } from './operands.ts';
import { ProblemList } from './problem-list.ts';
import type { Problem, ProblemCode } from './problems.ts';
import { readRules } from './read-rules.ts';
import { checkReferences } from './references.ts';
import { RULE_FILE_KEYS, type RuleFile, ruleFileSchema } from './rule-file-schema.ts';
import type { Contact, Deadline, ItemList, NamedCondition, OpeningHours, RuleSet } from './rule-set.ts';
import { Scope } from './scope.ts';
import { parseShape } from './shape.ts';
import { type Path, parseSource, type Source } from './source.ts';
import { extendVocabulary, type Origin, type Vocabulary } from './vocabulary.ts';

/** Reads one rule file. `ruleSet` is null only when something is wrong; every problem is reported at once. */
export function readRuleSet(
  file: string,
  content: string,
  shared: Vocabulary,
  origin: Origin = 'file',
): { ruleSet: RuleSet | null; problems: Problem[] } {
  return readSource(parseSource(file, content), shared, origin);
}

/** As `readRuleSet`, of a source that was parsed before; positions are those of its text. */
export function readSource(
  source: Source,
  shared: Vocabulary,
  origin: Origin = 'file',
): { ruleSet: RuleSet | null; problems: Problem[] } {
  if (source.problems.length > 0) return { ruleSet: null, problems: source.problems };
  const shape = parseShape(source, ruleFileSchema, source.data, [], RULE_FILE_KEYS);
  if (shape.value === null) return { ruleSet: null, problems: shape.problems };
  const written = shape.value;

  const problems = new ProblemList();
  const words = { source, origin, path: ['vocabulary'], problems };
  const vocabulary = extendVocabulary(shared, written.vocabulary ?? {}, words);
  const zoneOk = isTimeZone(written.timeZone);
  const known = {
    fact: new Set(vocabulary.facts.keys()),
    deadline: keys(written.deadlines),
    condition: keys(written.conditions),
    clause: keys(written.clauses),
    value: keys(written.values),
    list: new Set(['brands', 'senders', ...keys(written.information), ...keys(written.lists)]),
    brand: keys(written.brands),
    nextStep: new Set(vocabulary.nextSteps.keys()),
    outcome: new Set(vocabulary.outcomes.keys()),
    voucherState: new Set(vocabulary.voucherStates.keys()),
    claimState: new Set(vocabulary.claimStates.keys()),
  };
  const scope = new Scope(source, zoneOk ? written.timeZone : 'UTC', vocabulary, known, problems);
  if (!zoneOk)
    scope.problem(
      'bad-time-zone',
      ['timeZone'],
      {
        ja: `「${written.timeZone}」という時間帯はありません。`,
        en: `There is no time zone "${written.timeZone}".`,
      },
      () => 'Asia/Tokyo',
    );
  checkFileName(scope, written);

  const published = readDay(scope, written.source.published, ['source', 'published']);
  for (const [i, day] of (written.source.revised ?? []).entries())
    readDay(scope, day, ['source', 'revised', i]);

  const lists = readLists(scope, written);
  const names: Named = {
    lists,
    values: new Map(Object.entries(written.values ?? {}).map(([id, v]) => [id, v.value])),
    published,
  };
  for (const [id, v] of Object.entries(written.values ?? {})) scope.clauses(v.clause, ['values', id]);
  const context: ConditionContext = { scope, named: names, conclusions: conclusionsOf(written, vocabulary) };

  const deadlines = new Map(
    Object.entries(written.deadlines).map(([id, d]) => [id, readDeadline(scope, published, id, d)]),
  );
  const conditions = new Map<string, NamedCondition>();
  for (const [name, value] of Object.entries(written.conditions ?? {})) {
    const condition = parseNamedCondition(context, name, value, ['conditions', name]);
    if (condition) conditions.set(name, condition);
  }
  const rules = readRules(context, written);
  const named = (
    group: 'senders' | 'sites',
    id: string,
    w: { label: string; clause: string | string[]; nextSteps?: string[] | undefined },
  ) => ({
    id,
    label: w.label,
    clauses: scope.clauses(w.clause, [group, id]),
    nextSteps: (w.nextSteps ?? []).filter((step, i) =>
      scope.refer('nextStep', step, [group, id, 'nextSteps', i]),
    ),
  });
  const senders = Object.entries(written.senders ?? {}).map(([id, s]) => ({
    ...named('senders', id, s),
    address: s.address,
  }));
  const sites = Object.entries(written.sites ?? {}).map(([id, s]) => ({
    ...named('sites', id, s),
    url: s.url,
  }));
  const ruleSet: RuleSet = {
    file: source.file,
    prefecture: written.prefecture,
    incident: written.incident,
    title: written.title,
    timeZone: scope.timeZone,
    source: {
      issuer: written.source.issuer,
      title: written.source.title,
      published: written.source.published,
      revised: written.source.revised ?? [],
      url: written.source.url ?? null,
    },
    clauses: new Map(
      Object.entries(written.clauses).map(([id, c]) => [id, { id, lines: String(c.lines), text: c.text }]),
    ),
    deadlines,
    brands: lists.get('brands') ?? { id: 'brands', path: ['brands'], label: null, clauses: [], items: [] },
    senders,
    sites,
    lists,
    contact: written.contact ? readContact(scope, published, written.contact) : null,
    conditions,
    rules,
    accepted: (written.accepted ?? []).map((one, i) => ({ ...one, position: source.at(['accepted', i]) })),
    vocabulary,
  };
  checkReferences(scope, ruleSet, written);
  return { ruleSet: problems.hasErrors ? null : ruleSet, problems: problems.all() };
}

const keys = (record: Record<string, unknown> | undefined): Set<string> => new Set(Object.keys(record ?? {}));

/** rules/a/b.yaml must say prefecture: a, incident: b. */
function checkFileName(scope: Scope, written: RuleFile): void {
  const [prefecture, name] = scope.source.file.split('/').slice(-2);
  if (name === undefined) return;
  const incident = name.replace(/\.ya?ml$/, '');
  if (written.prefecture !== prefecture) {
    scope.problem(
      'file-name-mismatch',
      ['prefecture'],
      {
        ja: `フォルダーの名前「${prefecture}」と違います。`,
        en: `prefecture differs from the name of the folder, "${prefecture}".`,
      },
      () => prefecture ?? null,
    );
  }
  if (written.incident !== incident) {
    scope.problem(
      'file-name-mismatch',
      ['incident'],
      {
        ja: `ファイルの名前「${incident}」と違います。`,
        en: `incident differs from the name of the file, "${incident}".`,
      },
      () => incident,
    );
  }
}

function readDay(scope: Scope, text: string, path: Path): Interval | null {
  const interval = parseMoment(text, scope.timeZone);
  if (!interval)
    scope.problem('bad-date', path, {
      ja: `「${text}」は日付として読めません。2030-01-31 の形で書いてください。`,
      en: `"${text}" is not a date. Write it as 2030-01-31.`,
    });
  return interval;
}

function readLists(scope: Scope, written: RuleFile): Map<string, ItemList> {
  const items = (record: Record<string, string>): Item[] =>
    Object.entries(record).map(([id, label]) => ({ id, label }));
  const lists = new Map<string, ItemList>();
  lists.set('brands', {
    id: 'brands',
    path: ['brands'],
    label: null,
    clauses: [],
    items: items(written.brands ?? {}),
  });
  const senders = Object.values(written.senders ?? {}).map((s) => ({ id: s.address, label: s.address }));
  lists.set('senders', { id: 'senders', path: ['senders'], label: null, clauses: [], items: senders });
  for (const group of ['information', 'lists'] as const) {
    for (const [id, list] of Object.entries(written[group] ?? {})) {
      if (lists.has(id))
        scope.problem(
          'duplicate-id',
          [group, id],
          { ja: `一覧「${id}」はすでにあります。`, en: `There is a list "${id}" already.` },
          undefined,
          true,
        );
      lists.set(id, {
        id,
        path: [group, id, 'items'],
        label: list.label ?? null,
        clauses: scope.clauses(list.clause, [group, id]),
        items: items(list.items),
      });
    }
  }
  return lists;
}

function conclusionsOf(written: RuleFile, vocabulary: Vocabulary): Map<string, Left> {
  const of = (
    type: Left['type'],
    entries: Iterable<[string, string]>,
    unknown: ProblemCode = 'unknown-word',
  ): Left => ({ type, unit: null, values: new Map(entries), unknown });
  const rules = (section: 'outcome' | 'voucherState' | 'claimState') =>
    of(
      'enum',
      (written[section] ?? []).map((r): [string, string] => [r.id, r.label ?? r.id]),
      'unknown-rule',
    );
  return new Map([
    [
      'category',
      of(
        'set',
        written.eligibility.map((c): [string, string] => [c.id, c.label]),
        'unknown-category',
      ),
    ],
    [
      'remedy',
      of(
        'set',
        written.remedies.map((r): [string, string] => [r.id, r.label]),
        'unknown-rule',
      ),
    ],
    ['outcome', of('enum', vocabulary.outcomes)],
    ['voucherState', of('enum', vocabulary.voucherStates)],
    ['claimState', of('enum', vocabulary.claimStates)],
    ['outcome.rule', rules('outcome')],
    ['voucherState.rule', rules('voucherState')],
    ['claimState.rule', rules('claimState')],
  ]);
}

function readDeadline(
  scope: Scope,
  published: Interval | null,
  id: string,
  written: RuleFile['deadlines'][string],
): Deadline {
  const path = ['deadlines', id];
  if (written.from === undefined && written.until === undefined && written.text === undefined) {
    scope.problem(
      'missing-key',
      path,
      {
        ja: `「${id}」に from（から）か until（まで）がありません。`,
        en: `"${id}" has neither from nor until.`,
      },
      undefined,
      true,
    );
  }
  const moment = (key: 'from' | 'until') =>
    written[key] === undefined ? null : parseMomentOf(scope, published, written[key], [...path, key]);
  return {
    id,
    label: written.label,
    clauses: scope.clauses(written.clause, path),
    from: moment('from'),
    until: moment('until'),
    text: written.text ?? null,
    approximate: written.approximate ?? false,
    postmark: written.postmark ?? false,
    enquiries: written.enquiries ?? false,
    position: scope.source.at(path, true),
  };
}

const ISO_DAYS = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 } as const;

function readContact(
  scope: Scope,
  published: Interval | null,
  written: NonNullable<RuleFile['contact']>,
): Contact {
  const hours = written.hours.map((h, i): OpeningHours => {
    const path = ['contact', 'hours', i];
    const day = (key: 'from' | 'until'): Interval | null => {
      if (h[key] === undefined) return null;
      const moment = parseMomentOf(scope, published, h[key], [...path, key]);
      if (moment?.kind === 'relative')
        scope.problem('value-type', [...path, key], {
          ja: '受付時間の期間には日付を書いてください。',
          en: 'Write dates for the period of opening hours.',
        });
      return moment?.kind === 'fixed' ? moment.interval : null;
    };
    const clock = (key: 'open' | 'close'): number => {
      const minutes = parseClock(h[key]);
      if (minutes === null)
        scope.problem('bad-date', [...path, key], {
          ja: `「${h[key]}」は時刻として読めません。10:00 の形で書いてください。`,
          en: `"${h[key]}" is not a time of day. Write it as 10:00.`,
        });
      return minutes ?? 0;
    };
    const [open, close] = [clock('open'), clock('close')];
    if (close < open)
      scope.problem('deadline-order', [...path, 'close'], {
        ja: '受付終了が受付開始より前です。',
        en: 'close is before open.',
      });
    return {
      from: day('from'),
      until: day('until'),
      days: h.days.map((d) => ISO_DAYS[d]),
      holidays: h.holidays,
      open,
      close,
    };
  });
  return {
    id: written.id,
    name: written.name,
    tel: written.tel,
    hoursText: written.hoursText,
    hours,
    clauses: scope.clauses(written.clause, ['contact']),
  };
}
