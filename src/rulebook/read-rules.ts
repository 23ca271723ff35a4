/** Turns the rule sections of a parsed file into rules, with their conditions and what they conclude. */
import { type ConditionContext, parseCondition } from './conditions.ts';
import { parseExpression } from './operands.ts';
import { nearest } from './problems.ts';
import type { RuleFile } from './rule-file-schema.ts';
import type { Rule, Section } from './rule-set.ts';
import { SECTIONS } from './rule-set.ts';
import type { Kind } from './scope.ts';

type Written = {
  id: string;
  clause?: string | string[] | undefined;
  when?: unknown;
  concludes?: string | undefined;
  label?: string | undefined;
  text?: string | undefined;
  nextSteps?: string[] | undefined;
  deadlines?: string[] | undefined;
  requiredInformation?:
    | string
    | { list: string; missingFrom?: string | undefined; only?: string[] | undefined }
    | undefined;
  brands?: 'all' | string[] | undefined;
  yen?: unknown;
  final?: boolean | undefined;
  facts?: string[] | undefined;
  excludes?: string[] | undefined;
};

/** Which words a section's conclusions come from. */
const CONCLUDES: Partial<Record<Section, Kind>> = {
  voucherState: 'voucherState',
  claimState: 'claimState',
  outcome: 'outcome',
};

/** Without a condition these would hold for everybody. */
const NEED_WHEN: readonly Section[] = ['contradictions', 'eligibility', 'remedies', 'advice'];

export function readRules(context: ConditionContext, file: RuleFile): Rule[] {
  return (Object.keys(SECTIONS) as Section[]).flatMap((section) => readSection(context, file, section));
}

function readSection(context: ConditionContext, file: RuleFile, section: Section): Rule[] {
  const { scope } = context;
  const written: Written[] = file[section] ?? [];
  const seen = new Set<string>();
  for (const [i, rule] of written.entries()) {
    if (seen.has(rule.id)) {
      scope.problem('duplicate-id', [section, i, 'id'], {
        ja: `「${rule.id}」はこの区分で二度使われています。`,
        en: `"${rule.id}" is used twice in this section.`,
      });
    }
    seen.add(rule.id);
    if (rule.when === undefined && NEED_WHEN.includes(section)) {
      const said = {
        ja: `「${rule.id}」に when がありません。条件のない規則は、だれにでも当てはまってしまいます。`,
        en: `"${rule.id}" has no when. A rule without a condition would hold for everybody.`,
      };
      scope.problem('missing-key', [section, i], said);
    }
    if (SECTIONS[section] !== 'first') continue;
    const last = i === written.length - 1;
    if (rule.when === undefined && !last) {
      scope.problem('unreachable', [section, i], {
        ja: `「${rule.id}」には when がないので、これより下は決して選ばれません。`,
        en: `"${rule.id}" has no when, so nothing below it is ever chosen.`,
      });
    } else if (rule.when !== undefined && last && section !== 'amount') {
      scope.problem('no-default', [section, i], {
        ja: `${section} の最後には、どれにも当てはまらないときのために when のないものが要ります。`,
        en: `The last of ${section} must have no when, for the cases that none of the others fits.`,
      });
    }
  }
  return written.map((rule, i) => readRule(context, file, section, rule, i));
}

function readRule(
  context: ConditionContext,
  file: RuleFile,
  section: Section,
  rule: Written,
  index: number,
): Rule {
  const { scope, named } = context;
  const path = [section, index];
  const concludes = rule.concludes ?? rule.id;
  const words = CONCLUDES[section];
  if (words) scope.refer(words, concludes, [...path, rule.concludes === undefined ? 'id' : 'concludes']);
  const all = (kind: Kind, key: 'nextSteps' | 'deadlines' | 'facts', ids: string[] | undefined) =>
    (ids ?? []).filter((id, i) => scope.refer(kind, id, [...path, key, i]));
  const nextSteps = all('nextStep', 'nextSteps', rule.nextSteps);
  const deadlines = all('deadline', 'deadlines', rule.deadlines);
  const facts = all('fact', 'facts', rule.facts);
  const brands = rule.brands === 'all' ? Object.keys(file.brands ?? {}) : (rule.brands ?? []);
  if (rule.brands === 'all') for (const id of brands) scope.refer('brand', id, path);
  else brands.forEach((id, i) => void scope.refer('brand', id, [...path, 'brands', i]));

  for (const [i, id] of (rule.excludes ?? []).entries()) {
    const others = file.remedies.map((remedy) => remedy.id).filter((other) => other !== rule.id);
    if (others.includes(id)) continue;
    const said = { ja: `「${id}」というほかの補償はありません。`, en: `There is no other remedy "${id}".` };
    scope.problem('unknown-rule', [...path, 'excludes', i], said, () => nearest(id, others));
  }

  const information = rule.requiredInformation;
  const request: Exclude<Written['requiredInformation'], string> =
    typeof information === 'string' ? { list: information } : information;
  if (request) {
    const at = [...path, 'requiredInformation', ...(typeof information === 'string' ? [] : ['list'])];
    scope.refer('list', request.list, at);
    for (const [i, id] of (request.only ?? []).entries()) {
      const items = named.lists.get(request.list)?.items.map((item) => item.id);
      if (!items || items.includes(id)) continue;
      const at = [...path, 'requiredInformation', 'only', i];
      scope.problem(
        'unknown-word',
        at,
        {
          ja: `一覧「${request.list}」に「${id}」はありません。`,
          en: `The list "${request.list}" has no "${id}".`,
        },
        () => nearest(id, items),
      );
    }
    if (request.missingFrom !== undefined) {
      const at = [...path, 'requiredInformation', 'missingFrom'];
      const isKnown = scope.refer('fact', request.missingFrom, at);
      if (isKnown && scope.vocabulary.facts.get(request.missingFrom)?.type !== 'set') {
        scope.problem('value-type', at, {
          ja: `「${request.missingFrom}」は set ではありません。`,
          en: `"${request.missingFrom}" is not a set.`,
        });
      }
    }
  }
  const when = rule.when === undefined ? null : parseCondition(context, rule.when, [...path, 'when']);
  const yen =
    rule.yen === undefined || rule.yen === null
      ? null
      : parseExpression(scope, named, rule.yen, [...path, 'yen']);
  return {
    section,
    id: rule.id,
    concludes,
    label: rule.text ?? rule.label ?? labelOf(context, section, concludes),
    clauses: scope.clauses(rule.clause, path),
    when,
    nextSteps,
    deadlines,
    information: request
      ? [{ list: request.list, missingFrom: request.missingFrom ?? null, only: request.only ?? null }]
      : [],
    brands,
    excludes: rule.excludes ?? [],
    amount: section === 'amount' ? { yen, final: rule.final ?? false } : null,
    facts,
    position: scope.source.at([...path, 'id']),
  };
}

function labelOf(context: ConditionContext, section: Section, id: string): string {
  const { vocabulary } = context.scope;
  switch (section) {
    case 'voucherState':
      return vocabulary.voucherStates.get(id) ?? id;
    case 'claimState':
      return vocabulary.claimStates.get(id) ?? id;
    case 'outcome':
      return vocabulary.outcomes.get(id) ?? id;
    default:
      return id;
  }
}
