/** Cases may say a choice in Japanese, as the vocabulary words it, and a time by the clocks of the rule set's zone. */
import { isObject } from '../../rulebook/basics.ts';
import { localInstants, toOffsetDateTime } from '../../rulebook/calendar.ts';
import { meantWord } from '../../rulebook/typed/meant.ts';
import type { FactDefinition, Vocabulary } from '../../rulebook/vocabulary.ts';
import type { CasesFile } from './cases-file.ts';

/** The file with its choices, and はい and いいえ, as requests have them. What is none stays as it is, and is refused where facts are read. */
export const withChoices = (file: CasesFile, vocabulary: Vocabulary): CasesFile => ({
  ...file,
  cases: file.cases.map((one) => ({ ...one, facts: inIds(one.facts, vocabulary) })),
});

const inIds = (facts: Readonly<Record<string, unknown>>, { facts: known, timeZone }: Vocabulary) =>
  Object.fromEntries(
    Object.entries(facts).map(([group, members]) => [
      group,
      isObject(members)
        ? Object.fromEntries(
            Object.entries(members).map(([name, value]) => [
              name,
              inId(known.get(`${group}.${name}`), value, timeZone),
            ]),
          )
        : members,
    ]),
  );

function inId(fact: FactDefinition | undefined, value: unknown, timeZone: string | null): unknown {
  if (fact?.type === 'instant' && typeof value === 'string') return withOffset(value, timeZone);
  if (fact?.type === 'set' && Array.isArray(value)) return value.map((item) => choiceOf(fact, item));
  if (fact?.type === 'boolean' && typeof value === 'string') {
    const word = meantWord(value, ['true', 'false']);
    return word === null ? value : word === 'true';
  }
  return fact?.type === 'enum' ? choiceOf(fact, value) : value;
}

/** Where the clocks never show it, or twice, it stays as it is, and is refused. */
function withOffset(written: string, timeZone: string | null): string {
  const [instant, other] = (timeZone && localInstants(written, timeZone)) || [];
  return timeZone === null || instant === undefined || other !== undefined
    ? written
    : toOffsetDateTime(instant, timeZone);
}

/** An id goes before a label; a label of two choices is neither. */
function choiceOf({ values }: FactDefinition, written: unknown): unknown {
  if (typeof written !== 'string' || values === null || values.some(({ id }) => id === written))
    return written;
  const plain = (text: string): string => text.normalize('NFKC').trim();
  const [choice, ...others] = values.filter(({ label }) => plain(label) === plain(written));
  return choice && others.length === 0 ? choice.id : written;
}
