import { CsvScanner } from '../../src/processing/formats/csv/scanner.ts';
import type { ColumnFacts } from '../../src/processing/profile-types.ts';
import { isNullToken } from '../../src/processing/text/null-tokens.ts';
import { trimAscii } from '../../src/processing/text/trim.ts';
import { kindOf } from '../../src/processing/text/value-type.ts';
import { countsBetween, plainDates, plainOutside, plainValues } from './plain/charts.ts';
import { instantOf } from './plain/instant.ts';
import { type ColumnPlace, ValueNotes } from './plain/value-notes.ts';

interface Seen {
  row: number;
  /** As it stands in the file. */
  text: string;
  trimmed: string;
  kind: ReturnType<typeof kindOf>;
}
type Facts = Omit<ColumnFacts, 'name'>;

const utf8 = (binary: string) => Buffer.from(binary, 'latin1').toString();
const shown = (binary: string) => {
  const points = [...utf8(binary)];
  return points.length > 256 ? `${points.slice(0, 256).join('')}…` : points.join('');
};
/** An instant in attoseconds. */
function instant(text: string): bigint {
  const [, date, time = '00:00', , seconds = '00', , fraction = '', zone = ''] =
    /^(\S{10})(?:[T ](\d\d:\d\d)(:(\d\d)(\.(\d+))?)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(text)!;
  const at = BigInt(Date.parse(`${date}T${time}:${seconds}Z`)) * 10n ** 15n + BigInt(fraction.padEnd(18, '0'));
  const offset = /([+-])(\d\d):?(\d\d)/.exec(zone);
  if (!offset) return at;
  const shift = BigInt(+offset[2]! * 60 + +offset[3]!) * 60n * 10n ** 18n;
  return offset[1] === '+' ? at - shift : at + shift;
}

/**
 * All facts of the columns of a comma-separated text without faults, in the plainest way: every value is kept and
 * sorted.
 */
export function referenceFacts(text: string, columns: number): Facts[] {
  const rows: string[][] = [];
  const scanner = new CsvScanner(',', ({ fields, width }) => {
    rows.push(Array.from({ length: columns }, (_, i) => (i < width ? fields[i]! : '')));
    return undefined;
  });
  scanner.push(Buffer.from(text));
  scanner.end();
  return Array.from({ length: columns }, (_, index) =>
    columnOf(
      rows.slice(1).map((row) => row[index]!),
      { index, columns, delimiter: ',' },
    ),
  );
}

function columnOf(fields: string[], place: ColumnPlace): Facts {
  const nullTokens = new Map<string, number>();
  const seen: Seen[] = [];
  fields.forEach((text, i) => {
    const trimmed = trimAscii(text);
    if (isNullToken(trimmed)) nullTokens.set(trimmed, (nullTokens.get(trimmed) ?? 0) + 1);
    else seen.push({ row: i + 1, text, trimmed, kind: kindOf(trimmed) });
  });
  const count = seen.length;
  const of = (...kinds: string[]) => seen.filter(({ kind }) => kinds.includes(kind));
  const most = (values: Seen[]) => values.length * 100 >= count * 95;
  const numbers = of('integer', 'decimal', 'code');
  const times = of('date', 'datetime');
  const has = (kind: string) => of(kind).length > 0;
  let type: Facts['type'] = 'text';
  let matching = seen;
  if (count === 0) type = 'empty';
  else if (most(numbers)) {
    if (!has('code')) {
      type = has('decimal') ? 'decimal' : 'integer';
      matching = numbers;
    }
  } else if (most(of('boolean'))) {
    type = 'boolean';
    matching = of('boolean');
  } else if (most(times)) {
    type = has('datetime') ? 'datetime' : 'date';
    matching = times;
  }
  const counts = new Map<string, number>();
  for (const { text } of seen) counts.set(text, (counts.get(text) ?? 0) + 1);
  const notes = new ValueNotes(place);
  for (const { kind, text, trimmed, row } of seen) notes.add(kind, text, trimmed, row);
  const lengths = seen.map(({ text }) => [...utf8(text)].length);
  const byInstant = times
    .map((time) => ({ ...time, at: instant(time.trimmed) }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.row - b.row));
  const latest = byInstant.find(({ at }) => at === byInstant.at(-1)!.at);
  return {
    type,
    count,
    nullCount: fields.length - count,
    nullTokens: new Map([...nullTokens].sort(([a], [b]) => (a < b ? -1 : 1))),
    evidence: {
      matching: matching.length,
      exceptions: count - matching.length,
      examples: seen
        .filter((value) => !matching.includes(value))
        .slice(0, 10)
        .map(({ row, text }) => ({ row, value: shown(text) })),
    },
    distinct: { count: counts.size, exact: true },
    topValues: [...counts]
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, 10)
      .map(([value, n]) => ({ value: shown(value), count: n })),
    numeric: type === 'integer' || type === 'decimal' ? numericOf(matching, type === 'integer') : undefined,
    range:
      type === 'date' || type === 'datetime'
        ? { min: shown(byInstant[0]!.trimmed), max: shown(latest!.trimmed) }
        : undefined,
    dateHistogram:
      type === 'date' || type === 'datetime'
        ? plainDates(
            times.map(({ trimmed }) => instantOf(trimmed).seconds),
            type === 'date',
          )
        : undefined,
    length:
      type === 'text'
        ? { min: Math.min(...lengths), max: Math.max(...lengths), mean: lengths.reduce((a, b) => a + b, 0) / count }
        : undefined,
    ...notes.facts(type, Math.max(...lengths), 'utf-8', shown),
  };
}

/** A double as a whole number of 2^-1074. */
function scaled(value: number): bigint {
  const bits = new BigUint64Array(new Float64Array([Math.abs(value)]).buffer)[0]!;
  const exponent = bits >> 52n;
  const fraction = bits & ((1n << 52n) - 1n);
  const whole = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return value < 0 ? -whole : whole;
}
/** The nearest double to p / q / 2^shift, to some 60 bits. */
function ratio(p: bigint, q: bigint, shift: number): number {
  const negative = p < 0n;
  let top = negative ? -p : p;
  let exponent = -shift;
  const extra = 80 - (top.toString(2).length - q.toString(2).length);
  if (extra > 0) top <<= BigInt(extra);
  else q <<= BigInt(-extra);
  exponent -= extra;
  let value = Number(top / q);
  while (exponent !== 0) {
    const step = Math.max(-500, Math.min(500, exponent));
    value *= 2 ** step;
    exponent -= step;
  }
  return negative ? -value : value;
}

function numericOf(values: Seen[], isWhole: boolean): Facts['numeric'] {
  const numbers = values.map(({ row, trimmed, kind }) => {
    const value = Number(trimmed);
    const exact = kind === 'integer' && !Number.isSafeInteger(value) ? BigInt(trimmed.replace('+', '')) : value || 0;
    return { row, value, exact };
  });
  const sorted = Float64Array.from(numbers, ({ value }) => value).sort();
  const n = BigInt(sorted.length);
  const sum = numbers.reduce((total, { value }) => total + scaled(value), 0n);
  const squares = numbers.reduce((total, { value }) => total + scaled(value) ** 2n, 0n);
  const quantile = (p: number) => {
    const h = (sorted.length - 1) * p;
    const [a, b] = [sorted[Math.floor(h)]!, sorted[Math.ceil(h)]!];
    const t = h - Math.floor(h);
    if (!Number.isFinite(b - a)) return a * (1 - t) + b * t;
    return (t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t) || 0;
  };
  const [q1, median, q3] = [quantile(0.25), quantile(0.5), quantile(0.75)];
  const min = numbers.reduce((a, b) => (b.exact < a.exact ? b : a)).exact;
  const max = numbers.reduce((a, b) => (b.exact > a.exact ? b : a)).exact;
  const [lowerFence, upperFence] = [q1 - 1.5 * (q3 - q1) || 0, q3 + 1.5 * (q3 - q1) || 0];
  const outside = numbers.filter(({ value }) => value < lowerFence || value > upperFence);
  const distance = (value: number) => (value > upperFence ? value - upperFence : lowerFence - value);
  const [first, last] =
    sorted[0] === sorted.at(-1) ? [sorted[0]! - 0.5, sorted[0]! + 0.5] : [sorted[0]!, sorted.at(-1)!];
  const edges = Array.from({ length: 21 }, (_, i) => (i === 20 ? last : i * ((last - first) / 20) + first) || 0);
  const doubles = numbers.map(({ value }) => value);
  const inside = plainOutside(doubles, lowerFence, upperFence);
  const variance = n > 1n ? ratio(squares * n - sum * sum, n * (n - 1n), 2148) : 0;
  return {
    min,
    max,
    mean: ratio(sum, n, 1074) || 0,
    std: n > 1n ? Math.sqrt(variance) : null,
    quartiles: { q1, median, q3 },
    zeros: numbers.filter(({ value }) => value === 0).length,
    negatives: numbers.filter(({ value }) => value < 0).length,
    histogram: { edges, counts: countsBetween(edges, doubles) },
    valueHistogram: isWhole ? plainValues(doubles) : undefined,
    // its edges and counts: tests/unit/processing/statistics/charts.test.ts
    logHistogram: undefined,
    outliers: {
      count: outside.length,
      lowerFence,
      upperFence,
      ...inside,
      lowestInside: inside.below ? inside.lowestInside : min,
      highestInside: inside.above ? inside.highestInside : max,
      examples: outside
        .sort((a, b) => distance(b.value) - distance(a.value) || a.row - b.row)
        .slice(0, 10)
        .map(({ row, exact }) => ({ row, value: exact })),
    },
  };
}
