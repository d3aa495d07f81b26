/** Bytes for people, in powers of 1,000. */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  for (; bytes >= 1_000 && unit < units.length - 1; unit++) bytes /= 1_000;
  return `${unit === 0 ? bytes : bytes.toFixed(1)} ${units[unit]}`;
}
