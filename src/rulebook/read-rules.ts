/** Turns the rule sections of a parsed file into rules, with their conditions and what they conclude. */
import { parseCondition } from './conditions.ts';
import { nearest } from './problems.ts';
import { parseAmount } from './read-expression.ts';
import type { RuleFile } from './rule-file-schema.ts';
import type { InformationRequest, Rule, Section, TableCell } from './rule-set.ts';
import { concludesWord, SECTION_NAMES, SECTIONS, wordsOf } from './rule-set.ts';
import type { Kind, Scope } from './scope.ts';
import { missingKey } from './shape.ts';
import type { Path } from './source.ts';

type Of<S extends Section> = NonNullable<RuleFile[S]>[number];
/** A rule of any section, with what some sections alone write. */
type Written = Of<'outcome'> &
  Partial<
    Pick<Of<'remedies'>, 'brands' | 'excludes'> &
      Pick<Of<'amount'>, 'yen' | 'final'> &
      Pick<Of<'assumptions'>, 'text'> &
      Pick<Of<'contradictions'>, 'facts'>
  >;

/** Without a condition these would hold for everybody. */
const NEED_WHEN: readonly Section[] = ['contradictions', 'eligibility', 'remedies', 'advice'];

/** `cells`: which amount rules are cells of tables, by their ids. */
export const readRules = (scope: Scope, file: RuleFile, cells: ReadonlyMap<string, TableCell>): Rule[] =>
  SECTION_NAMES.flatMap((section) => {
    const rules: Written[] = file[section] ?? [];
    checkSection(scope, section, rules);
    return rules.map((rule, i) => ({
      ...readRule(scope, file, section, rule, i),
      cell: section === 'amount' ? (cells.get(rule.id) ?? null) : null,
    }));
  });

function checkSection({ problems }: Scope, section: Section, rules: readonly Written[]): void {
  const seen = new Set<string>();
  for (const [i, { id, when }] of rules.entries()) {
    if (seen.has(id))
      problems.add('duplicate-id', [section, i, 'id'], {
        ja: `「${id}」はこの区分で二度使われています。`,
        en: `"${id}" is used twice in this section.`,
      });
    seen.add(id);
    if (when === undefined && NEED_WHEN.includes(section))
      problems.add('missing-key', [section, i], {
        ja: `「${id}」に when がありません。条件のない規則は、だれにでも当てはまってしまいます。`,
        en: `"${id}" has no when. A rule without a condition would hold for everybody.`,
      });
    if (SECTIONS[section] !== 'first') continue;
    const isLast = i === rules.length - 1;
    if (when === undefined && !isLast)
      problems.add('unreachable', [section, i], {
        ja: `「${id}」には when がないので、これより下は決して選ばれません。`,
        en: `"${id}" has no when, so nothing below it is ever chosen.`,
      });
    else if (when !== undefined && isLast && section !== 'amount')
      problems.add('no-default', [section, i], {
        ja: `${section} の最後には、どれにも当てはまらないときのために when のないものが要ります。`,
        en: `The last of ${section} must have no when, for the cases that none of the others fits.`,
      });
  }
}

function readRule(
  scope: Scope,
  file: RuleFile,
  section: Section,
  rule: Written,
  index: number,
): Omit<Rule, 'cell'> {
  const path = [section, index];
  const { id, concludes = id, excludes = [] } = rule;
  if (concludesWord(section))
    scope.refer(section, concludes, [...path, rule.concludes === undefined ? 'id' : 'concludes']);
  const word = concludesWord(section) ? wordsOf(section, scope.vocabulary).get(concludes) : undefined;
  const known = (kind: Kind, key: string, ids: readonly string[] = []) =>
    ids.filter((name, i) => scope.refer(kind, name, [...path, key, i]));
  const nextSteps = known('nextStep', 'nextSteps', rule.nextSteps);
  const deadlines = known('deadline', 'deadlines', rule.deadlines);
  const facts = known('fact', 'facts', rule.facts);
  const brands = rule.brands === 'all' ? Object.keys(file.brands ?? {}) : (rule.brands ?? []);
  for (const [i, brand] of brands.entries()) scope.refer('brand', brand, [...path, 'brands', i]);
  checkExcludes(scope, file, rule, path);
  const information = readInformation(scope, rule.requiredInformation, [...path, 'requiredInformation']);
  const when = rule.when === undefined ? null : parseCondition(scope, rule.when, [...path, 'when']);
  if (section === 'amount' && !Object.hasOwn(rule, 'yen'))
    scope.problems.add('missing-key', path, missingKey('yen'));
  const yen = (rule.yen ?? null) === null ? null : parseAmount(scope, rule.yen, [...path, 'yen']);
  return {
    section,
    id,
    concludes,
    label: rule.text ?? rule.label ?? word ?? concludes,
    clauses: scope.clauses(rule.clause, path),
    when,
    nextSteps,
    deadlines,
    information,
    brands,
    excludes,
    amount: section === 'amount' ? { yen, final: rule.final ?? false } : null,
    facts,
    position: scope.source.at([...path, 'id']),
  };
}

function checkExcludes({ problems }: Scope, file: RuleFile, rule: Written, path: Path): void {
  const others = file.remedies.map(({ id }) => id).filter((id) => id !== rule.id);
  for (const [i, id] of (rule.excludes ?? []).entries())
    if (!others.includes(id))
      problems.add('unknown-rule', [...path, 'excludes', i], {
        ja: `「${id}」というほかの補償はありません。`,
        en: `There is no other remedy "${id}".`,
        suggestion: () => nearest(id, others),
      });
}

function readInformation(
  scope: Scope,
  written: Written['requiredInformation'],
  path: Path,
): InformationRequest[] {
  if (written === undefined) return [];
  const request: Exclude<typeof written, string> = typeof written === 'string' ? { list: written } : written;
  const { list, missingFrom = null, only = null } = request;
  scope.refer('list', list, [...path, 'list']);
  const items = scope.lists.get(list)?.items.map(({ id }) => id);
  for (const [i, id] of (only ?? []).entries())
    if (items?.includes(id) === false)
      scope.problems.add('unknown-word', [...path, 'only', i], {
        ja: `一覧「${list}」に「${id}」はありません。`,
        en: `The list "${list}" has no "${id}".`,
        suggestion: () => nearest(id, items),
      });
  const at = [...path, 'missingFrom'];
  const isKnown = missingFrom !== null && scope.refer('fact', missingFrom, at);
  if (isKnown && scope.vocabulary.facts.get(missingFrom)?.type !== 'set')
    scope.problems.add('value-type', at, {
      ja: `「${missingFrom}」は set ではありません。`,
      en: `"${missingFrom}" is not a set.`,
    });
  return [{ list, missingFrom, only }];
}
