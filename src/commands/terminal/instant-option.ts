import { parseInstant } from '../../rulebook/calendar.ts';
import { UsageError } from './io.ts';

/** Epoch milliseconds. A usage error where the text is no RFC 3339 datetime with an offset. */
export function instantOption(option: string, text: string): number {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  throw new UsageError({
    en: `${option} ${text}: write a datetime with an offset, such as 2030-01-31T12:00:00+09:00`,
    ja: `${option} ${text}：2030-01-31T12:00:00+09:00 のように、時差まで書いてください`,
  });
}
