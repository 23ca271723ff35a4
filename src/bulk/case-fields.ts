/** What is said of a case beside its facts; as in a request to the API. */
import { UNSTORABLE } from '../engine/facts/read-facts.ts';
import { parseInstant } from '../rulebook/calendar.ts';

/** The years that the log's instants can have. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** Epoch milliseconds; null where it is no RFC 3339 datetime with an offset, or outside the years 1 to 9999. */
export function readAsOf(text: string): number | null {
  const instant = parseInstant(text);
  return instant !== null && instant >= EARLIEST && instant <= LATEST ? instant : null;
}

/** In UTF-16 code units. */
export const REFERENCE_LIMIT = 200;
export const isReference = (text: string): boolean =>
  text.length <= REFERENCE_LIMIT && !UNSTORABLE.test(text);
