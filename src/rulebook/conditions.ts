/** Parses condition trees: json-rules-engine's own form, each leaf checked against the vocabulary. */
import { AS_OF } from './basics.ts';
import {
  hasOnly,
  instantOperand,
  integerOperand,
  isKeyed,
  itemOperand,
  type Left,
  listOperand,
  literalOperand,
  type Named,
} from './operands.ts';
import { isOperator, OPERATOR_NAMES, type Operator, signatureOf } from './operators.ts';
import { nearest } from './problems.ts';
import type { Condition, Leaf, NamedCondition, Operand } from './rule-set.ts';
import type { Scope } from './scope.ts';
import type { Path } from './source.ts';

const FORMS = ['all', 'any', 'not', 'condition', 'fact'] as const;

export interface ConditionContext {
  scope: Scope;
  named: Named;
  /** What conditions can read about earlier conclusions: category, claimState … */
  conclusions: ReadonlyMap<string, Left>;
}

/** null where something was wrong; the problems are in the scope. */
export function parseCondition(context: ConditionContext, value: unknown, path: Path): Condition | null {
  const { scope } = context;
  if (!isKeyed(value) || Object.keys(value).length === 0) {
    scope.problem('wrong-shape', path, {
      ja: 'ここには条件（all、any、not、condition、fact のどれか）を書いてください。',
      en: 'Write a condition here: one of all, any, not, condition, fact.',
    });
    return null;
  }
  const forms = FORMS.filter((form) => Object.hasOwn(value, form));
  const [form] = forms;
  if (form === undefined) {
    const key = Object.keys(value)[0] ?? '';
    scope.problem(
      'unknown-key',
      [...path, key],
      { ja: `「${key}」は条件の書き方ではありません。`, en: `"${key}" is not a form of condition.` },
      () => nearest(key, FORMS),
      true,
    );
    return null;
  }
  if (forms.length > 1) {
    scope.problem('ambiguous-condition', path, {
      ja: `${forms.join(' と ')} は同じ所に並べて書けません。all か any の中に入れてください。`,
      en: `${forms.join(' and ')} cannot stand side by side. Put them into all or any.`,
    });
    return null;
  }
  switch (form) {
    case 'all':
    case 'any': {
      const parts = value[form];
      if (!hasOnly(scope, value, [form], path)) return null;
      if (!Array.isArray(parts)) {
        scope.problem('wrong-shape', [...path, form], {
          ja: `${form} には「-」で条件を並べてください。`,
          en: `Write the conditions of ${form} as a list, each after "-".`,
        });
        return null;
      }
      if (parts.length === 0) {
        scope.problem('empty-condition', [...path, form], {
          ja: `${form} の中が空です。条件のない規則は、だれにでも当てはまってしまいます。`,
          en: `${form} is empty. A rule without a condition would hold for everybody.`,
        });
        return null;
      }
      const of = parts.map((part, i) => parseCondition(context, part, [...path, form, i]));
      return of.some((part) => part === null) ? null : { kind: form, of: of.filter((part) => part !== null) };
    }
    case 'not': {
      if (!hasOnly(scope, value, ['not'], path)) return null;
      const of = parseCondition(context, value.not, [...path, 'not']);
      return of && { kind: 'not', of };
    }
    case 'condition': {
      const name = value.condition;
      if (!hasOnly(scope, value, ['condition'], path)) return null;
      if (typeof name !== 'string') {
        scope.problem('wrong-shape', [...path, 'condition'], {
          ja: 'condition には条件の名前を書いてください。',
          en: 'Write the name of a condition in condition.',
        });
        return null;
      }
      return scope.refer('condition', name, [...path, 'condition']) ? { kind: 'named', name } : null;
    }
    case 'fact':
      return parseLeaf(context, value, path);
  }
}

export function parseNamedCondition(
  context: ConditionContext,
  name: string,
  value: unknown,
  path: Path,
): NamedCondition | null {
  const { scope } = context;
  const { label, clause, ...tree } = isKeyed(value) ? value : { label: undefined, clause: undefined };
  // A leaf keeps its own label and clause; on a group they belong to the name.
  const isGroup = isKeyed(value) && !Object.hasOwn(value, 'fact');
  const condition = parseCondition(context, isGroup ? tree : value, path);
  const clauses = scope.clauses(toClause(clause), path);
  if (condition === null) return null;
  return {
    name,
    label: typeof label === 'string' ? label : null,
    clauses,
    condition,
    position: scope.source.at(path, true),
  };
}

function parseLeaf(context: ConditionContext, value: Record<string, unknown>, path: Path): Leaf | null {
  const { scope, conclusions } = context;
  if (!hasOnly(scope, value, ['fact', 'operator', 'value', 'label?', 'clause?'], path)) return null;
  const { fact, operator, label } = value;
  if (typeof fact !== 'string' || typeof operator !== 'string') {
    scope.problem('wrong-shape', path, {
      ja: 'fact と operator には名前を書いてください。',
      en: 'Write names in fact and operator.',
    });
    return null;
  }
  const conclusion = conclusions.get(fact);
  const left = conclusion ?? leftOf(scope, fact, [...path, 'fact']);
  const known = isOperator(operator);
  if (!known) {
    const candidates = OPERATOR_NAMES.filter((o) => left === null || signatureOf(o).left.includes(left.type));
    scope.problem(
      'unknown-operator',
      [...path, 'operator'],
      {
        ja: `「${operator}」という比べ方はありません。使えるのは ${candidates.join('、')} です。`,
        en: `There is no operator "${operator}". Use one of ${candidates.join(', ')}.`,
      },
      () => nearest(operator, OPERATOR_NAMES),
    );
  }
  if (left === null || !known) return null;
  const operand = parseOperand(context, left, operator, value.value, path);
  if (operand === null) return null;
  return {
    kind: 'leaf',
    source: conclusion ? 'conclusion' : 'fact',
    fact,
    operator,
    operand,
    label: typeof label === 'string' ? label : null,
    clauses: scope.clauses(toClause(value.clause), path),
    position: scope.source.at(path),
  };
}

function toClause(clause: unknown): string | string[] | undefined {
  if (typeof clause === 'string') return clause;
  return Array.isArray(clause) ? clause.map(String) : undefined;
}

function leftOf(scope: Scope, fact: string, path: Path): Left | null {
  if (fact === AS_OF) return { type: 'instant', unit: null, values: null };
  if (!scope.refer('fact', fact, path)) return null;
  const definition = scope.vocabulary.facts.get(fact);
  if (!definition) return null;
  const values = definition.values && new Map(definition.values.map((v) => [v.id, v.label]));
  return { type: definition.type, unit: definition.unit, values };
}

function parseOperand(
  context: ConditionContext,
  left: Left,
  operator: Operator,
  value: unknown,
  path: Path,
): Operand | null {
  const { scope, named } = context;
  const signature = signatureOf(operator);
  if (!signature.left.includes(left.type)) {
    const fitting = OPERATOR_NAMES.filter((o) => signatureOf(o).left.includes(left.type));
    scope.problem('operator-type', [...path, 'operator'], {
      ja: `「${operator}」はこの種類の事実（${TYPE_WORDS[left.type]}）には使えません。使えるのは ${fitting.join('、')} です。`,
      en: `"${operator}" cannot be used for a fact of this type (${left.type}). Use one of ${fitting.join(', ')}.`,
    });
    return null;
  }
  const at = [...path, 'value'];
  switch (signature.right) {
    case 'same':
      return left.type === 'integer'
        ? integerOperand(scope, named, left, value, at)
        : literalOperand(scope, left, value, at);
    case 'item':
      return itemOperand(scope, left, value, at);
    case 'list':
      return listOperand(scope, named, left, value, at);
    case 'instant':
      return instantOperand(scope, named, value, at);
    case 'integer':
      return integerOperand(
        scope,
        named,
        { ...left, unit: left.type === 'set' ? '件' : left.unit },
        value,
        at,
      );
    case 'text':
      return itemOperand(scope, { ...left, values: null }, value, at);
    case 'boolean':
      return literalOperand(scope, { type: 'boolean', unit: null, values: null }, value, at);
  }
}

const TYPE_WORDS: Record<Left['type'], string> = {
  boolean: 'はい・いいえ',
  enum: '選択肢',
  text: '文字',
  set: '選択肢の集まり',
  instant: '日時',
  integer: '数',
};
