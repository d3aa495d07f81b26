const PARTS = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** An instant: whole seconds since 1970 in UTC, and the digits of the fraction without zeros at the end. */
export interface Instant {
  seconds: number;
  fraction: string;
}

/** The instant of a date or datetime of value-type.ts; without a zone it is UTC. */
export function instantOf(text: string): Instant {
  const [, date, time = '00:00', seconds = '00', fraction = '', zone = 'Z'] = PARTS.exec(text)!;
  const local = Date.parse(`${date}T${time}:${seconds}Z`) / 1_000;
  const shift =
    zone === 'Z' ? 0 : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 3_600 + Number(zone.slice(-2)) * 60);
  return { seconds: local - shift, fraction: fraction.replace(/0+$/, '') };
}

/** Negative when `a` is earlier than `b`, 0 when they are one instant. */
export function compareInstants(a: Instant, b: Instant): number {
  if (a.seconds !== b.seconds) return a.seconds - b.seconds;
  return a.fraction < b.fraction ? -1 : a.fraction > b.fraction ? 1 : 0;
}
