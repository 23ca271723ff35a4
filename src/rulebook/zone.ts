import { Temporal } from 'temporal-polyfill';

/** From `from` (inclusive) to `to` (exclusive) the zone's clocks are `offset` ahead of UTC; all milliseconds. */
interface Stretch {
  from: number;
  to: number;
  offset: number;
  /** +09:00; null for an offset that has seconds. */
  suffix: string | null;
}

const zones = new Map<string, Stretch[]>();

/** How far the clocks of the zone are ahead of UTC at that instant, in milliseconds. */
export const offsetAt = (instant: number, timeZone: string): number => stretchAt(instant, timeZone).offset;

/** The calendar is asked once a stretch. */
export function stretchAt(instant: number, timeZone: string): Stretch {
  let stretches = zones.get(timeZone);
  if (!stretches) {
    stretches = [];
    zones.set(timeZone, stretches);
  }
  for (const known of stretches) if (known.from <= instant && instant < known.to) return known;
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const from =
    zoned.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity;
  const to = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
  const offset = zoned.offsetNanoseconds / 1_000_000;
  const stretch = { from, to, offset, suffix: offset % 60_000 === 0 ? zoned.offset : null };
  stretches.unshift(stretch);
  return stretch;
}
