// What report/formatting.ts has no form for: reports have no rates and no time spans.

/** A rate of rows to two or three digits: 940, 12.3 k, 2.5 M. */
export function rough(count: number): string {
  const units = ['', ' k', ' M', ' G'];
  let unit = 0;
  // 999.6 would be 1000, and 99.96 k 100.0 k
  for (; count >= 999.5 && unit < units.length - 1; unit++) count /= 1_000;
  return `${unit === 0 || count >= 99.95 ? Math.round(count) : count.toFixed(1)}${units[unit]}`;
}

/** A time span: 0.4 s, 12 s, 3 min 5 s, 2 h 10 min. */
export function span(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  const all = Math.round(seconds);
  if (all < 60) return `${all} s`;
  if (all < 3_600) return all % 60 === 0 ? `${all / 60} min` : `${Math.floor(all / 60)} min ${all % 60} s`;
  return `${Math.floor(all / 3_600)} h ${Math.floor((all % 3_600) / 60)} min`;
}

/** A text of at most so many characters; an ellipsis shows that it was cut. */
export const shortened = (text: string, most: number): string =>
  text.length > most
    ? `${text
        .slice(0, most)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`
    : text;
