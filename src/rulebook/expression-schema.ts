/** The JSON Schemas of calculations, and of the values that they use. */
import { type Json, listOf, object, whenThen } from './comparison-schema.ts';

const text = (description: string): Json => ({ type: 'string', description });
const whole = (minimum: number): Json => ({ type: 'integer', minimum, maximum: Number.MAX_SAFE_INTEGER });
const namedValue = object('名前の付いた値', { value: text('values に書いた名前') });

/** `expression`: any amount or number. */
export function calculations(expression: Json): Json[] {
  const bounds = {
    atLeast: { ...expression, description: '下限（これより少なければ、この額）' },
    atMost: { ...expression, description: '上限（これより多ければ、この額）' },
  };
  const of = { of: { ...expression, description: 'もとの金額' } };
  const times = { ...expression, description: '掛ける数' };
  const dividedBy = { description: '割る数（1 以上の整数）', anyOf: [whole(1), namedValue] };
  const to = { ...whole(1), description: '何円単位か（省くと 1）' };
  const rounded = (key: string, description: string): Json =>
    object(description, { [key]: expression }, { to });
  const oneOf = (description: string, properties: Json, ...keys: string[]): Json => ({
    ...object(description, of, properties),
    anyOf: keys.map((key) => ({ required: [key] })),
  });
  return [
    namedValue,
    object('計算した数', { number: text('numbers に書いた名前') }),
    object('合計', { sum: listOf(expression) }),
    object('差（一つ目から、ほかを引く）', { difference: { ...listOf(expression), minItems: 2 } }),
    object('積（人数×1人あたりの額など）', { product: listOf(expression) }),
    object('小さい方（上限）', { lesserOf: listOf(expression) }),
    object('大きい方（下限）', { greaterOf: listOf(expression) }),
    object(
      '割合（途中では丸めず、最後に1円未満を切り捨てる）',
      {
        percent: {
          description: '何%か',
          anyOf: [{ type: 'number', minimum: 1 }, { const: 0 }, namedValue],
        },
        ...of,
      },
      bounds,
    ),
    oneOf(
      '何分のいくつ（2/31 なら times: 2, dividedBy: 31）',
      { times, dividedBy, ...bounds },
      'times',
      'dividedBy',
    ),
    oneOf('下限と上限', bounds, 'atLeast', 'atMost'),
    rounded('roundDown', '切り捨て'),
    rounded('roundUp', '切り上げ'),
    rounded('roundHalfUp', '四捨五入'),
  ];
}

/** A value with decimals is a percentage. */
export const ofUnit: Json = {
  ...whenThen(
    { required: ['unit'], properties: { unit: { pattern: '^\\s*(?:[%％]|パーセント)\\s*$' } } },
    { properties: { value: { minimum: 0 } } },
  ),
  else: { properties: { value: whole(Number.MIN_SAFE_INTEGER) } },
};
