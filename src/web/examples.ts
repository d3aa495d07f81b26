/** Pseudo-random numbers from 0 to 1, the same everywhere: mulberry32 (Tommy Ettinger, public domain). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const twoDigits = (number: number): string => String(number).padStart(2, '0');
const pick = <T>(next: () => number, from: T[]): T => from[Math.floor(next() * from.length)]!;

function orders(): string {
  const next = random(1);
  const rows = ['order,day,city,amount,zip,paid'];
  for (let i = 1; i <= 2_000; i++) {
    const day = `2024-${twoDigits(1 + Math.floor(next() * 12))}-${twoDigits(1 + Math.floor(next() * 28))}`;
    const amount = i % 400 === 0 ? 9_999 : (5 + next() * 95).toFixed(2);
    const city = pick(next, ['Oslo', 'Lima', 'Pune', ' Graz']);
    const cell = next() < 0.08 ? 'NA' : amount;
    const zip = `0${1_000 + Math.floor(next() * 900)}`;
    rows.push([i, day, city, cell, zip, next() < 0.97].join(','));
    if (i % 250 === 0) rows.push(rows.at(-1)!);
    if (i % 700 === 0) rows.push(`${i},${day},Oslo`);
  }
  return `${rows.join('\n')}\n`;
}
function sensors(): string {
  const next = random(2);
  const rows: string[] = [];
  for (let i = 0; i < 1_500; i++) {
    const reading = {
      sensor: pick(next, ['a1', 'b7', 'c3']),
      at: new Date(1.7e12 + i * 60_000).toISOString(),
      celsius: Number((20 + next() * 4).toFixed(1)),
      ok: next() > 0.02,
      tags: { floor: i % 3 },
    };
    rows.push(JSON.stringify(next() < 0.05 ? { ...reading, celsius: null } : reading));
  }
  return `${rows.join('\n')}\n`;
}
const broken = 'id;name;note\n1;Ada;fine\n2;Grace;"this quote is never closed\n3;Linus;fine\n';

/** Three datasets to try at a click: a table with many faults, records, and a file that cannot be read. */
export const EXAMPLES: { title: string; about: string; file: () => File }[] = [
  {
    title: 'Orders',
    about: 'CSV with nulls, outliers, duplicates and short rows',
    file: () => new File([orders()], 'orders.csv', { type: 'text/csv' }),
  },
  {
    title: 'Sensors',
    about: 'JSON, one record per line, with nested values',
    file: () => new File([sensors()], 'sensors.ndjson', { type: 'application/x-ndjson' }),
  },
  {
    title: 'Broken file',
    about: 'CSV with a quote that never closes: see what a failure looks like',
    file: () => new File([broken], 'broken.csv', { type: 'text/csv' }),
  },
];
