/** Parses condition trees: json-rules-engine's own form, each leaf checked against the vocabulary. */
import { AS_OF, isObject, type Position } from './basics.ts';
import { comparableText } from './compared-texts.ts';
import { DERIVED, turnedOver } from './derived-left.ts';
import { instantOperand } from './moments.ts';
import { booleanOperand, hasOnly, itemOperand, listOperand } from './operands.ts';
import {
  isOperator,
  OPERATOR_NAMES,
  type Operator,
  operatorCalled,
  operatorsFor,
  signatureOf,
  type ValueType,
} from './operators.ts';
import { nearest } from './problems.ts';
import { integerOperand, textOf } from './read-expression.ts';
import type { Condition, Leaf, NamedCondition, Operand } from './rule-set.ts';
import type { Left, Scope } from './scope.ts';
import { BROKEN, FORMS } from './short-form.ts';
import type { Path } from './source.ts';

/** null where something was wrong; the problems are in the scope. */
export function parseCondition(scope: Scope, value: unknown, path: Path): Condition | null {
  const { problems } = scope;
  if (value === BROKEN) return null;
  if (!isObject(value) || Object.keys(value).length === 0)
    return problems.add('wrong-shape', path, {
      ja: 'ここには条件（all、any、not、condition、fact のどれか）を書いてください。',
      en: 'Write a condition here: one of all, any, not, condition, fact.',
    });
  const forms = FORMS.filter((form) => Object.hasOwn(value, form));
  const [form] = forms;
  if (form === undefined) {
    const key = Object.keys(value)[0] ?? '';
    return problems.add('unknown-key', [...path, key], {
      ja: `「${key}」は条件の書き方ではありません。`,
      en: `"${key}" is not a form of condition.`,
      suggestion: () => nearest(key, FORMS),
      ofKey: true,
    });
  }
  if (forms.length > 1)
    return problems.add('ambiguous-condition', path, {
      ja: `${forms.join(' と ')} は同じ所に並べて書けません。all か any の中に入れてください。`,
      en: `${forms.join(' and ')} cannot stand side by side. Put them into all or any.`,
    });
  if (form === 'fact') return parseLeaf(scope, value, path);
  if (!hasOnly(scope, value, [form], path)) return null;
  const [inner, at] = [value[form], [...path, form]];
  switch (form) {
    case 'not': {
      const of = parseCondition(scope, inner, at);
      return of && { kind: 'not', of };
    }
    case 'condition':
      if (typeof inner !== 'string')
        return problems.add('wrong-shape', at, {
          ja: 'condition には条件の名前を書いてください。',
          en: 'Write the name of a condition in condition.',
        });
      return scope.refer('condition', inner, at) ? { kind: 'named', name: inner } : null;
    default: {
      if (!Array.isArray(inner))
        return problems.add('wrong-shape', at, {
          ja: `${form} には「-」で条件を並べてください。`,
          en: `Write the conditions of ${form} as a list, each after "-".`,
        });
      if (inner.length === 0)
        return problems.add('empty-condition', at, {
          ja: `${form} の中が空です。条件のない規則は、だれにでも当てはまってしまいます。`,
          en: `${form} is empty. A rule without a condition would hold for everybody.`,
        });
      const of = inner.map((part, i) => parseCondition(scope, part, [...at, i]));
      return of.every((part) => part !== null) ? { kind: form, of } : null;
    }
  }
}

/** `position`: of its name. */
export function parseNamedCondition(
  scope: Scope,
  name: string,
  value: unknown,
  position: Position,
): NamedCondition | null {
  const path = ['conditions', name];
  const { label: _, clause: __, ...tree } = isObject(value) ? value : {};
  // A leaf keeps its own label and clause; on a group they belong to the name.
  const isGroup = isObject(value) && !Object.hasOwn(value, 'fact');
  const condition = parseCondition(scope, isGroup ? tree : value, path);
  const beside = besideOf(scope, isObject(value) ? value : {}, path, isGroup);
  return condition && { name, ...beside, condition, position };
}

function parseLeaf(scope: Scope, value: Record<string, unknown>, path: Path): Leaf | null {
  const { problems, conclusions } = scope;
  if (!hasOnly(scope, value, ['fact', 'operator', 'value', 'label?', 'clause?'], path)) return null;
  const { fact, operator } = value;
  if (typeof fact !== 'string' || typeof operator !== 'string')
    return problems.add('wrong-shape', path, {
      ja: 'fact と operator には名前を書いてください。',
      en: 'Write names in fact and operator.',
    });
  const conclusion = conclusions.get(fact);
  const derived = DERIVED.exec(fact)?.[1];
  const left =
    conclusion ??
    (derived === undefined
      ? leftOf(scope, fact, [...path, 'fact'])
      : derivedLeft(scope, derived, [...path, 'fact']));
  const called = (left && operatorCalled(operator, left.type)) ?? operator;
  if (!isOperator(called)) {
    const candidates = left ? operatorsFor(left.type) : OPERATOR_NAMES;
    return problems.add('unknown-operator', [...path, 'operator'], {
      ja: `「${operator}」という比べ方はありません。使えるのは ${candidates.join('、')} です。`,
      en: `There is no operator "${operator}". Use one of ${candidates.join(', ')}.`,
      suggestion: () => nearest(operator, OPERATOR_NAMES),
    });
  }
  const operand = left && parseOperand(scope, left, called, value.value, path);
  if (derived !== undefined && operand)
    return derivedLeaf(scope, derived, { operator: called, operand }, value, path);
  return (
    operand && {
      ...{ kind: 'leaf', source: conclusion ? 'conclusion' : 'fact', fact, operator: called, operand },
      ...besideOf(scope, value, path),
      position: scope.source.at(path),
    }
  );
}

function derivedLeft(scope: Scope, name: string, path: Path): Left | null {
  if (!scope.refer('number', name, path)) return null;
  const number = scope.numbers.get(name);
  return number ? { type: 'integer', unit: number.unit, values: null } : null;
}

/** The comparison with one of the facts of the number on its left. */
function derivedLeaf(
  scope: Scope,
  name: string,
  { operator, operand }: Pick<Leaf, 'operator' | 'operand'>,
  value: Record<string, unknown>,
  path: Path,
): Leaf | null {
  const number = scope.numbers.get(name);
  if (!number) return null;
  const turned =
    operand.kind === 'expression'
      ? turnedOver(number.expression, operator, operand.expression, scope.vocabulary)
      : null;
  if (turned === null)
    return scope.problems.add('value-type', [...path, 'fact'], {
      ja: `「${number.label}」は、この比べ方の左側には書けません。左側に書けるのは、申告があるはずの事実を足し引きした数を、数と比べるときです。「事実: { 以上: { number: ${name} } }」のように、右側には書けます。`,
      en: `"${name}" cannot stand on the left of this comparison: that takes a sum or difference of facts that are known to exist, compared with a number. It can stand on the right, as in { number: ${name} }.`,
      ofKey: true,
    });
  const beside = besideOf(scope, value, path);
  return {
    ...{ kind: 'leaf', source: 'fact', fact: turned.fact, operator: turned.operator },
    operand: {
      kind: 'expression',
      expression: turned.expression,
      text: textOf(scope, turned.expression, number.unit ?? ''),
    },
    ...beside,
    label: beside.label ?? `${number.label}${signatureOf(operator).ja}：${operand.text}`,
    position: scope.source.at(path),
  };
}

const isText = (written: unknown): written is string => typeof written === 'string' && written !== '';

/** What is written beside a condition. `tells`: whether what cannot be read is told here, and not of the same words elsewhere. */
function besideOf(
  scope: Scope,
  { label, clause }: Record<string, unknown>,
  path: Path,
  tells = true,
): { label: string | null; clauses: string[] } {
  const { problems, origin } = scope;
  // Earlier programs passed over what was no text.
  const isTold = tells && origin === 'file';
  if (isTold && label !== undefined && !isText(label))
    problems.add('wrong-shape', [...path, 'label'], {
      ja: '「label」には文字を書いてください。',
      en: 'Write a text in "label".',
    });
  const ids: unknown[] = [clause ?? []].flat();
  const isWrong = clause !== undefined && (ids.length === 0 || !ids.every(isText));
  if (isTold && isWrong)
    problems.add('wrong-shape', [...path, 'clause'], {
      ja: '「clause」には条項の名前を書いてください。複数なら [ ] で並べます。',
      en: 'Write the name of a clause in "clause", or several in [ ].',
    });
  const named = typeof clause === 'string' || Array.isArray(clause) ? ids.map(String) : [];
  return {
    label: typeof label === 'string' ? label : null,
    clauses: isTold && isWrong ? named : scope.clauses(named, path),
  };
}

function leftOf(scope: Scope, fact: string, path: Path): Left | null {
  if (fact === AS_OF) return { type: 'instant', unit: null, values: null };
  if (!scope.refer('fact', fact, path)) return null;
  const definition = scope.vocabulary.facts.get(fact);
  if (!definition) return null;
  const { type, unit, values, pattern, comparedAs } = definition;
  return {
    type,
    unit,
    pattern,
    comparedAs,
    values: values && new Map(values.map(({ id, label }) => [id, label])),
  };
}

function parseOperand(
  scope: Scope,
  left: Left,
  operator: Operator,
  value: unknown,
  path: Path,
): Operand | null {
  const operand = operandOf(scope, left, operator, value, path);
  const isOpen = left.values === null && (left.type === 'text' || left.type === 'set');
  return operand?.kind === 'literal' && isOpen
    ? { ...operand, value: comparable(operand.value, left) }
    : operand;
}

/** Texts as those of facts are compared. */
function comparable(value: Literal, { comparedAs = null }: Left): Literal {
  if (typeof value === 'string') return comparableText(value, comparedAs);
  return typeof value === 'object' ? value.map((text) => comparableText(text, comparedAs)) : value;
}

type Literal = Extract<Operand, { kind: 'literal' }>['value'];

function operandOf(scope: Scope, left: Left, operator: Operator, value: unknown, path: Path): Operand | null {
  const { left: types, right } = signatureOf(operator);
  const { type, unit } = left;
  if (!types.includes(type)) {
    const fitting = operatorsFor(type);
    return scope.problems.add('operator-type', [...path, 'operator'], {
      ja: `「${operator}」はこの種類の事実（${TYPE_WORDS[type]}）には使えません。使えるのは ${fitting.join('、')} です。`,
      en: `"${operator}" cannot be used for a fact of this type (${type}). Use one of ${fitting.join(', ')}.`,
    });
  }
  const at = [...path, 'value'];
  switch (right) {
    case 'same':
      if (type === 'integer') return integerOperand(scope, { unit, isCount: false }, value, at);
      return type === 'boolean' ? booleanOperand(scope, value, at) : itemOperand(scope, left, value, at);
    case 'item':
      return itemOperand(scope, left, value, at);
    case 'list':
      return listOperand(scope, left, value, at);
    case 'instant':
      return instantOperand(scope, value, at);
    case 'integer':
      return integerOperand(
        scope,
        type === 'set' ? { unit: '件', isCount: true } : { unit, isCount: false },
        value,
        at,
      );
    case 'text':
      return itemOperand(scope, { ...left, values: null, pattern: null }, value, at);
    case 'boolean':
      return booleanOperand(scope, value, at);
  }
}

const TYPE_WORDS: Record<ValueType, string> = {
  boolean: 'はい・いいえ',
  enum: '選択肢',
  text: '文字',
  set: '選択肢の集まり',
  instant: '日時',
  integer: '数',
};
