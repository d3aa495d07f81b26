// report/formatting.ts has counts and sizes as well: for reports, whose numbers are whole and which must not load the
// locales. Here are rates, and the page loads nothing of the engine.

/** Bytes for people, in powers of 1,000. */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  for (; bytes >= 1_000 && unit < units.length - 1; unit++) bytes /= 1_000;
  return `${unit === 0 ? Math.round(bytes) : bytes.toFixed(1)} ${units[unit]}`;
}

/** A count with thousands separators. */
export const whole = (count: number): string => count.toLocaleString('en');

/** A rate of rows to two or three digits: 940, 12.3 k, 2.5 M. */
export function rough(count: number): string {
  const units = ['', ' k', ' M', ' G'];
  let unit = 0;
  for (; count >= 1_000 && unit < units.length - 1; unit++) count /= 1_000;
  return `${unit === 0 || count >= 100 ? Math.round(count) : count.toFixed(1)}${units[unit]}`;
}

/** A time span: 0.4 s, 12 s, 3 min 5 s, 2 h 10 min. */
export function span(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  const all = Math.round(seconds);
  if (all < 60) return `${all} s`;
  if (all < 3_600) return all % 60 === 0 ? `${all / 60} min` : `${Math.floor(all / 60)} min ${all % 60} s`;
  return `${Math.floor(all / 3_600)} h ${Math.floor((all % 3_600) / 60)} min`;
}
