import { Temporal } from 'temporal-polyfill';

/** From `from` (inclusive) to `to` (exclusive) the zone's clocks are `offset` ahead of UTC; all milliseconds. */
interface Stretch {
  from: number;
  to: number;
  offset: number;
}

const zones = new Map<string, Stretch[]>();

/** How far the clocks of the zone are ahead of UTC at that instant, in milliseconds. The calendar is asked once a stretch. */
export function offsetAt(instant: number, timeZone: string): number {
  let stretches = zones.get(timeZone);
  if (!stretches) {
    stretches = [];
    zones.set(timeZone, stretches);
  }
  for (const { from, to, offset } of stretches) if (from <= instant && instant < to) return offset;
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const from =
    zoned.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity;
  const to = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
  const offset = zoned.offsetNanoseconds / 1_000_000;
  stretches.unshift({ from, to, offset });
  return offset;
}
