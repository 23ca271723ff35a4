import type { DecisionFilter } from '../decisions/store.ts';
import { parseInstant } from '../rulebook/calendar.ts';
import { UsageError } from './io.ts';

/** Which decisions of the log are meant, as options of a command. */
export interface FilterOptions {
  prefecture?: string;
  incident?: string;
  version?: string;
  outcome?: string;
  category?: string;
  reference?: string;
  /** RFC 3339 with an offset; from, inclusive, until, exclusive. */
  asOfFrom?: string;
  asOfUntil?: string;
  decidedFrom?: string;
  decidedUntil?: string;
}

const VERSION = /^[0-9a-f]{6,64}$/i;

export function filterOf(options: FilterOptions): DecisionFilter {
  const { prefecture, incident, version, outcome, category, reference } = options;
  if (version !== undefined && !VERSION.test(version))
    throw new UsageError(
      '--version: write the sha256 of a rule set, or its first 6 or more digits（ルールの sha256、またはその先頭 6 桁以上を書いてください）',
    );
  return {
    ...{ prefecture, incident, version: version?.toLowerCase(), outcome, category, reference },
    asOfFrom: instantOf('--as-of-from', options.asOfFrom),
    asOfUntil: instantOf('--as-of-until', options.asOfUntil),
    decidedFrom: instantOf('--decided-from', options.decidedFrom),
    decidedUntil: instantOf('--decided-until', options.decidedUntil),
  };
}

function instantOf(option: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant === null)
    throw new UsageError(
      `${option} ${text}: write a datetime with an offset, such as 2030-01-31T12:00:00+09:00（時差まで書いてください）`,
    );
  return new Date(instant);
}
