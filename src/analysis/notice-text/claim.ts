import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Path } from '../../rulebook/source.ts';
import type { Reading, ReadingKind } from './readings.ts';

/** A value of a rule set that the clauses it cites should show. */
export interface Claim {
  /** As `accepted` in the rule file names it. */
  about: string;
  path: Path;
  name: LocalizedText;
  clauses: readonly string[];
  kind: ReadingKind;
  /** Whether a reading of a clause says the same; `beside` are all of that clause. */
  fits(reading: Reading, beside: readonly Reading[]): boolean;
  /** Whether it is wrong that no clause shows it; `ifKind`: where one shows something of its kind. */
  isWanted: 'always' | 'ifKind' | 'never';
  /** What the clause would say literally, where no reading can be made of it. */
  literally: string | null;
}

export function numberClaim(
  kind: 'number' | 'count' | 'days' | 'months',
  path: Path,
  value: number,
  clauses: readonly string[],
  name: LocalizedText,
): Claim {
  const fits = (reading: Reading): boolean => reading.kind === kind && reading.value === value;
  const about = path.slice(0, 2).join('/');
  return { about, path, name, clauses, kind, fits, isWanted: 'always', literally: null };
}
