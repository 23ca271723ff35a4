import type { Interval } from './basics.ts';
import type { ComparedAs } from './compared-texts.ts';
import type { LocalizedText } from './lang.ts';
import type { ValueType } from './operators.ts';
import { nearest, type ProblemCode, type ProblemList } from './problems.ts';
import type { RuleFile } from './rule-file-schema.ts';
import type { DerivedNumber, ItemList } from './rule-set.ts';
import { conclusionsOf, conclusionType, type Section } from './sections.ts';
import type { Origin, Path, Source } from './source.ts';
import { meantNames, replacing } from './typed/meant.ts';
import type { Vocabulary } from './vocabulary.ts';
import { writtenRules } from './written-rules.ts';

/** The kinds of name that a rule file refers to: what an unknown one is called, and in which words. */
export const KINDS = {
  fact: ['unknown-fact', '事実', 'fact'],
  deadline: ['unknown-deadline', '期限', 'deadline'],
  condition: ['unknown-condition', '条件', 'condition'],
  clause: ['unknown-clause', '条項', 'clause'],
  value: ['unknown-value', '値', 'value'],
  number: ['unknown-number', '計算した数', 'derived number'],
  list: ['unknown-list', '一覧', 'list'],
  brand: ['unknown-brand', '交換先', 'brand'],
  nextStep: ['unknown-word', '次にすること', 'next step'],
  remedy: ['unknown-rule', '補償', 'remedy'],
} as const satisfies Record<string, readonly [ProblemCode, ja: string, en: string]>;
export type Kind = keyof typeof KINDS;

/** A date where the name of one is wanted. */
const DATE = /^\d{1,4}[-/年]\d/;
const DATED: LocalizedText = {
  ja: '日付は deadlines にだけ書き、ほかからはその名前で引きます。',
  en: ' Dates are written in deadlines alone; elsewhere stand their names.',
};

/** What a condition's left side is: a fact of the vocabulary, the instant judged, or an earlier conclusion. */
export interface Left {
  type: ValueType;
  unit: string | null;
  /** Allowed ids with their labels; null where any is allowed. */
  values: ReadonlyMap<string, string> | null;
  /** Regular expression that every text of the fact matches. */
  pattern?: string | null;
  /** Of a text. */
  comparedAs?: ComparedAs | null;
  /** What it is called when an id is none of `values`; unknown-word if not given. */
  unknown?: ProblemCode;
}

export type Scope = ReturnType<typeof scopeOf>;

/** The names that a rule file may refer to, who referred to them, and what was wrong on the way. */
export function scopeOf(
  written: RuleFile,
  parts: {
    source: Source;
    origin: Origin;
    problems: ProblemList<Path>;
    vocabulary: Vocabulary;
    timeZone: string;
    published: Interval | null;
    sections: readonly Section[];
  },
) {
  const { vocabulary, problems } = parts;
  const values = new Map(Object.entries(written.values ?? {}));
  const names: Record<Kind, { has(name: string): boolean; keys(): Iterable<string> }> = {
    fact: vocabulary.facts,
    deadline: keys(written.deadlines),
    condition: keys(written.conditions),
    clause: keys(written.clauses),
    value: values,
    number: keys(written.numbers),
    list: new Set(['brands', 'senders', ...keys(written.information), ...keys(written.lists)]),
    brand: keys(written.brands),
    nextStep: vocabulary.nextSteps,
    remedy: new Set(written.remedies.map(({ id }) => id)),
  };
  const used = new Set<string>();

  /** Notes the use of a name; false, with a problem at `path`, where there is no such name. */
  function refer(kind: Kind, id: string, path: Path): boolean {
    used.add(`${kind}:${id}`);
    if (names[kind].has(id)) return true;
    const [code, ja, en] = KINDS[kind];
    const meant = meantNames(id, (name) => names[kind].has(name));
    const hint = meant ? asNames(meant) : kind === 'deadline' && DATE.test(id) ? DATED : null;
    const isInList = typeof path.at(-1) === 'number';
    problems.add(code, path, {
      ja: `「${id}」という${ja}はありません。${hint?.ja ?? ''}`,
      en: `There is no ${en} "${id}".${hint?.en ?? ''}`,
      ...(meant === null
        ? { suggestion: () => nearest(id, names[kind].keys()) }
        : { corrected: replacing(parts.source.text, id, listed(meant, isInList)) }),
    });
    return false;
  }

  return {
    ...parts,
    values,
    /** Filled as the lists are read. */
    lists: new Map<string, ItemList>(),
    /** Filled as they are read, each after those that it is worked out of. */
    numbers: new Map<string, DerivedNumber>(),
    conclusions: new Map(
      parts.sections.flatMap((section) =>
        conclusionsOf(section).map((name) => [name, conclusionLeft(name, section, written)]),
      ),
    ),
    refer,
    isUsed: (kind: Kind, id: string): boolean => used.has(`${kind}:${id}`),
    /** `clause:` as a list of known clause ids. */
    clauses(written: string | string[] | undefined, path: Path): string[] {
      const at = [...path, 'clause'];
      if (typeof written === 'string') refer('clause', written, at);
      else for (const [i, id] of (written ?? []).entries()) refer('clause', id, [...at, i]);
      return [written ?? []].flat();
    },
  };
}

const listed = (names: readonly string[], isInList: boolean): string =>
  isInList || names.length === 1 ? names.join(', ') : `[${names.join(', ')}]`;
/** What is wrong with known names that are written as one. */
const asNames = ({ length }: readonly string[]): LocalizedText =>
  length > 1
    ? {
        ja: '二つ以上は、[ ] の中に半角の「,」で区切って並べます。',
        en: ' Several names stand in [ ], with a comma and a space between them.',
      }
    : {
        ja: '名前は半角の英数字だけで書き、コメントは空白と「#」の後に書きます。',
        en: ' Write the name alone, in plain letters; a comment stands after a space and "#".',
      };

const keys = (record: object | undefined): Set<string> => new Set(Object.keys(record ?? {}));

/** What conditions can read about an earlier conclusion, or about the rule that was taken. */
function conclusionLeft(name: string, section: Section, written: RuleFile): Left {
  const type = conclusionType(section);
  if (section.words && name === section.conclusion) return { type, unit: null, values: section.words };
  const unknown = section.kind === 'eligibility' ? 'unknown-category' : 'unknown-rule';
  const values = new Map(writtenRules(written, section).map(({ id, label }) => [id, label ?? id]));
  return { type, unit: null, unknown, values };
}
