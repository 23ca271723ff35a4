/** Are two rule sets the same but for where their parts are written? */
import type { RuleSet } from '../../rulebook/rule-set.ts';

export const readAlike = (a: RuleSet, b: RuleSet): boolean => withoutPlaces(a) === withoutPlaces(b);

const withoutPlaces = (ruleSet: RuleSet): string =>
  JSON.stringify({ ...ruleSet, file: null }, (key, value: unknown) => {
    if (key === 'position' || key === 'wordFiles' || key === 'uses') return undefined;
    if (value instanceof Map) return [...value];
    return value instanceof Set ? [...value] : value;
  });
