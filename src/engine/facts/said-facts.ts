/** What a caller says of facts without giving them a value; and how that is logged with the facts. */
import { isObject } from '../../rulebook/basics.ts';

/** Names of facts. */
export interface SaidOfFacts {
  /** Asked, and who was asked cannot tell: they stay unknown, also those that would be assumed, and are not asked again. */
  cannotTell?: readonly string[] | undefined;
  /** Asked, and there is none: as if left out where that is what their absence means, but nothing is assumed. */
  none?: readonly string[] | undefined;
}
export const SAID_LISTS = ['cannotTell', 'none'] as const;
export type SaidList = (typeof SAID_LISTS)[number];

/** Among the groups of the facts; no group is called so. */
const loggedAs = (list: SaidList): string => `(${list})`;

/** The facts with what was said of others, as they are logged: the very facts where nothing was. */
export function factsToLog(facts: unknown, said: SaidOfFacts): unknown {
  const lists = SAID_LISTS.filter((list) => said[list] !== undefined && said[list].length > 0);
  if (lists.length === 0 || !isObject(facts)) return facts;
  return { ...facts, ...Object.fromEntries(lists.map((list) => [loggedAs(list), said[list]])) };
}

/** The two again. */
export function loggedFacts(logged: unknown): { facts: unknown; said: SaidOfFacts } {
  if (!isObject(logged)) return { facts: logged, said: {} };
  const facts = { ...logged };
  const said: SaidOfFacts = {};
  for (const list of SAID_LISTS) {
    const names = facts[loggedAs(list)];
    if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) continue;
    said[list] = names;
    delete facts[loggedAs(list)];
  }
  return { facts, said };
}
