import type { Random } from './random.ts';
import { withRepeats } from './repeats.ts';

const HEADER =
  'ride,company,start,end,riders,miles,tariff,stored,from_zone,to_zone,paid_by,fare,surcharge,tax,tip,tolls,total';
const NAMES = HEADER.split(',');
const COMPANIES = ['CMT', 'VTS', 'DDS'];
const PAID_BY = ['credit', 'credit', 'credit', 'cash', 'cash', 'no charge', 'dispute'];
const YEAR_SECONDS = 31_536_000;
const START_OF_2015 = 1_420_070_400;

/** `2015-03-09 17:04:11` */
const stamp = (second: number) =>
  new Date((START_OF_2015 + second) * 1_000).toISOString().slice(0, 19).replace('T', ' ');

/**
 * 17 columns as of a taxi ride: an id, codes, two stamps, small counts with gaps, money of two decimals, words of few
 * kinds.
 */
function ride(random: Random, id: number): string[] {
  const start = random.below(YEAR_SECONDS);
  const miles = 0.2 + random.skewed(2.8);
  const fare = 2.5 + miles * 2.5 + random.skewed(1.8);
  const surcharge = random.pick([0, 0.5, 1]);
  const tip = random.chance(0.45) ? 0 : fare * 0.3 * random.fraction();
  const tolls = random.chance(0.05) ? 5.54 : 0;
  return [
    String(id),
    random.pick(COMPANIES),
    stamp(start),
    stamp(start + 90 + Math.round(miles * (120 + random.below(240)))),
    random.chance(0.02) ? '' : String(1 + random.below(6)),
    miles.toFixed(2),
    random.chance(0.03) ? 'NA' : String(1 + random.below(5)),
    random.chance(0.01) ? 'Y' : 'N',
    String(1 + random.below(265)),
    String(1 + random.below(265)),
    random.pick(PAID_BY),
    fare.toFixed(2),
    String(surcharge),
    random.chance(0.005) ? '0' : '0.5',
    tip.toFixed(2),
    String(tolls),
    (fare + surcharge + 0.5 + tip + tolls).toFixed(2),
  ];
}

export function* taxiCsv(random: Random, rows: number): Generator<string> {
  yield `${HEADER}\n`;
  let id = 1_000_000;
  yield* withRepeats(random, rows, () => `${ride(random, id++).join(',')}\n`);
}

/** A ride as a JSON object: numbers as they are written in the CSV, the empty and `NA` null. */
function rideObject(random: Random, id: number): string {
  const pairs = ride(random, id).map((value, column) => {
    const shown = value === '' || value === 'NA' ? 'null' : /^[\d.]+$/.test(value) ? value : JSON.stringify(value);
    return `"${NAMES[column]}":${shown}`;
  });
  return `{${pairs.join(',')}}`;
}

function rideObjects(random: Random, rows: number): Generator<string> {
  let id = 1_000_000;
  return withRepeats(random, rows, () => rideObject(random, id++));
}

/** An object a line. */
export function* taxiNdjson(random: Random, rows: number): Generator<string> {
  for (const object of rideObjects(random, rows)) yield `${object}\n`;
}

/** One array of objects. */
export function* taxiJson(random: Random, rows: number): Generator<string> {
  let before = '[';
  for (const object of rideObjects(random, rows)) {
    yield before + object;
    before = ',\n';
  }
  yield before === '[' ? '[]\n' : ']\n';
}
