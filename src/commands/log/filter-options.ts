import type { DecisionFilter } from '../../decisions/store.ts';
import { instantOption } from '../terminal/instant-option.ts';
import { versionOption } from './stored-version.ts';

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

export function filterOf(options: FilterOptions): DecisionFilter {
  const { prefecture, incident, version, outcome, category, reference } = options;
  return {
    ...{
      prefecture,
      incident,
      version: version === undefined ? undefined : versionOption(version),
      outcome,
      category,
      reference,
    },
    asOfFrom: instantOf('--as-of-from', options.asOfFrom),
    asOfUntil: instantOf('--as-of-until', options.asOfUntil),
    decidedFrom: instantOf('--decided-from', options.decidedFrom),
    decidedUntil: instantOf('--decided-until', options.decidedUntil),
  };
}

const instantOf = (option: string, text: string | undefined): Date | undefined =>
  text === undefined ? undefined : new Date(instantOption(option, text));
