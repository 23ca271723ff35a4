/** Turns the rule sections of a parsed file into rules, with their conditions and what they conclude. */
import { parseCondition } from './conditions.ts';
import { nearest } from './problems.ts';
import { parseAmount } from './read-expression.ts';
import type { RuleFile } from './rule-file-schema.ts';
import { type InformationRequest, type Rule, type RuleAmount, type TableCell, YEN } from './rule-set.ts';
import type { Kind, Scope } from './scope.ts';
import type { Section, SectionKind } from './sections.ts';
import { missingKey } from './shape.ts';
import type { Path } from './source.ts';
import { type WrittenRule as Written, writtenRules } from './written-rules.ts';

/** Without a condition these would hold for everybody. */
const NEED_WHEN: readonly SectionKind[] = ['contradictions', 'eligibility', 'remedies', 'advice'];

/** `cells`: which amount rules are cells of tables, by section and id. */
export const readRules = (scope: Scope, file: RuleFile, cells: ReadonlyMap<string, TableCell>): Rule[] =>
  scope.sections.flatMap((section) => {
    const rules = writtenRules(file, section);
    checkSection(scope, section, rules);
    return rules.map((rule, i) => ({
      ...readRule(scope, file, section, rule, i),
      cell: cells.get(`${section.name}/${rule.id}`) ?? null,
    }));
  });

function checkSection(
  { problems }: Scope,
  { name, kind, path, takes }: Section,
  rules: readonly Written[],
): void {
  const seen = new Set<string>();
  for (const [i, { id, when }] of rules.entries()) {
    if (seen.has(id))
      problems.add('duplicate-id', [...path, i, 'id'], {
        ja: `「${id}」はこの区分で二度使われています。`,
        en: `"${id}" is used twice in this section.`,
      });
    seen.add(id);
    if (when === undefined && NEED_WHEN.includes(kind))
      problems.add('missing-key', [...path, i], {
        ja: `「${id}」に when がありません。条件のない規則は、だれにでも当てはまってしまいます。`,
        en: `"${id}" has no when. A rule without a condition would hold for everybody.`,
      });
    if (takes !== 'first') continue;
    const isLast = i === rules.length - 1;
    if (when === undefined && !isLast)
      problems.add('unreachable', [...path, i], {
        ja: `「${id}」には when がないので、これより下は決して選ばれません。`,
        en: `"${id}" has no when, so nothing below it is ever chosen.`,
      });
    else if (when !== undefined && isLast && kind !== 'amount')
      problems.add('no-default', [...path, i], {
        ja: `${name} の最後には、どれにも当てはまらないときのために when のないものが要ります。`,
        en: `The last of ${name} must have no when, for the cases that none of the others fits.`,
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
  const path = [...section.path, index];
  const { id, concludes = id, excludes = [] } = rule;
  if (section.words?.has(concludes) === false)
    scope.problems.add('unknown-word', [...path, rule.concludes === undefined ? 'id' : 'concludes'], {
      ja: `「${concludes}」という${section.label.ja}はありません。`,
      en: `There is no ${section.label.en} "${concludes}".`,
      suggestion: () => nearest(concludes, section.words?.keys() ?? []),
    });
  const word = section.words?.get(concludes);
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
  const amount = section.kind === 'amount' ? readAmount(scope, rule, path) : null;
  return {
    section: section.name,
    sectionLabel: section.label,
    kind: section.kind,
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
    amount,
    facts,
    position: scope.source.at([...path, 'id']),
  };
}

function readAmount(scope: Scope, rule: Written, path: Path): RuleAmount {
  const { yen, value, unit, final = false } = rule;
  const isMoney = !Object.hasOwn(rule, 'value');
  if (isMoney && !Object.hasOwn(rule, 'yen')) scope.problems.add('missing-key', path, missingKey('yen'));
  if (!isMoney && Object.hasOwn(rule, 'yen'))
    scope.problems.add('wrong-shape', [...path, 'value'], {
      ja: '額は、yen（円）か value（お金でないもの）のどちらか一つで書いてください。',
      en: 'Write yen, or value of what is not money, not both.',
      ofKey: true,
    });
  if (!isMoney && unit === undefined) scope.problems.add('missing-key', path, missingKey('unit'));
  if (isMoney && unit !== undefined)
    scope.problems.add('wrong-shape', [...path, 'unit'], {
      ja: 'yen はいつも円です。円でなければ、yen の代わりに value に書いてください。',
      en: 'yen are always yen. Write value in place of yen for what is not money.',
      ofKey: true,
    });
  const written = (isMoney ? yen : value) ?? null;
  const at = [...path, isMoney ? 'yen' : 'value'];
  const of = isMoney ? '円' : (unit ?? '');
  return {
    value: written === null ? null : parseAmount(scope, written, at, of),
    unit: isMoney ? YEN : (unit ?? ''),
    final,
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
