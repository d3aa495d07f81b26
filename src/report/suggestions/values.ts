import type { Suggestion } from '../../processing/profile-types.ts';
import type { ColumnReport } from '../document.ts';
import { whole } from '../formatting.ts';
import { named, type Source, type Suggest, samples } from './suggestion.ts';

const LEAST_SHARE = 0.05;
const LEAST_TIMES = 3;
const AGREEING = 0.95;
const NINES = new Set([-99, -999, -9999, -99999, -999999, 9999, 99999, 999999]);
/** What people write for "no value" in a column of numbers. */
const WORDS = new Set(['?', '-', '--', '.', '..', '…', '–', 'n.a.', 'k.A.', '\\N', '*', 'x', ':']);

/** The number that stands for no value: written in nines, often, at the end of the range and far from the others. */
function sentinelNumber({
  type,
  top_values: top,
  count,
  min,
  max,
}: ColumnReport): { token: string; times: number } | undefined {
  if (type !== 'integer' && type !== 'decimal') return undefined;
  for (const { value, count: times } of top) {
    const number = Number(value);
    if (!NINES.has(number) || times < LEAST_TIMES || times < count * LEAST_SHARE) continue;
    const others = top.filter((other) => Number(other.value) !== number).map((other) => Number(other.value));
    const isEnd = number < 0 ? Number(min) === number : Number(max) === number;
    const isFar = others.length > 1 && others.every((other) => (number < 0 ? other > number / 3 : other < number / 3));
    const isBeyond = number < 0 || Math.abs(Number(min)) < number;
    if (isEnd && isFar && isBeyond) return { token: value.trim(), times };
  }
  return undefined;
}
function sentinelWord({
  type,
  resembles,
  top_values: top,
  count,
}: ColumnReport): { token: string; times: number } | undefined {
  if (type !== 'text' || resembles?.type !== 'number' || resembles.spellings.length > 0 || resembles.codes)
    return undefined;
  const found = top.find(({ value }) => WORDS.has(value.trim()));
  if (!found || found.count >= count / 2) return undefined;
  return resembles.matching >= (count - found.count) * AGREEING
    ? { token: found.value.trim(), times: found.count }
    : undefined;
}

/** -999, ?, - and their kind among numbers. */
export const sentinelNulls: Suggest = ({ report }) => {
  const byToken = new Map<string, { column: ColumnReport; times: number }[]>();
  for (const column of report.columns) {
    const found = sentinelNumber(column) ?? sentinelWord(column);
    if (found) byToken.set(found.token, [...(byToken.get(found.token) ?? []), { column, times: found.times }]);
  }
  return [...byToken].map(([token, found]): Suggestion => {
    const [first] = found;
    const columns = found.map(({ column }) => column);
    return {
      code: 'sentinel_nulls',
      message:
        `${named(columns)}: ${whole(first!.times)} of ${whole(first!.column.count)} values are ${token}, which may ` +
        `stand for no value → they become nulls`,
      columns: columns.map(({ name }) => name),
      evidence: { token, count: first!.times },
      options: { more_null_tokens: [token] },
    };
  });
};

const CODE_NAME =
  /(?:^|[^a-z])(?:phone|telephone|telefon|tel|mobile|fax|zip|zipcode|zip_code|postcode|postal_code|plz)(?:$|[^a-z])/i;

/** Codes that are read as numbers: 5E0 beside 123, and columns named so. */
export const codes: Suggest = (source) => {
  const isCode = (column: ColumnReport) => {
    if (column.type !== 'integer' && column.type !== 'decimal') return false;
    if (CODE_NAME.test(column.name)) return column.type === 'integer';
    const values = samples(source, column);
    return values.some((value) => /^\d+e\d+$/i.test(value)) && values.every((value) => /^\d+(?:e\d+)?$/i.test(value));
  };
  const columns = source.report.columns.filter(isCode);
  if (columns.length === 0) return [];
  const types = Object.fromEntries(columns.map(({ name }) => [name, 'text' as const]));
  return [
    {
      code: 'codes',
      message:
        `${named(columns)}: the values look like codes, not like numbers to add up → ` +
        `${columns.length === 1 ? '1 column becomes' : `${columns.length} columns become`} text`,
      columns: columns.map(({ name }) => name),
      evidence: { examples: columns.slice(0, 3).map((column) => samples(source, column)[0] ?? '') },
      options: { types },
    },
  ];
};

/** A quote that was opened by mistake has taken rows into a value. */
export const quote: Suggest = ({ report }) => {
  const column = report.columns.find(({ swallowed }) => swallowed !== undefined);
  if (!column || report.options?.quote !== undefined) return [];
  const { row, lines, count } = column.swallowed!;
  return [
    {
      code: 'quote',
      message:
        `\`${column.name}\`: the value in row ${whole(row)} runs over ${whole(lines)} lines that look like rows, as ` +
        'a quote was not closed → quotes are read as text, and these lines as rows',
      columns: [column.name],
      evidence: { row, lines, count },
      options: { quote: null },
    },
  ];
};

/** All values of a row are of one kind, and those of no column are. */
export const transposed: Suggest = ({ report, glimpse }: Source) => {
  if (!glimpse || report.columns.length < 4) return [];
  const rows = glimpse.first.slice(glimpse.titleRows + 1);
  if (rows.length !== report.row_count || rows.length < 2 || rows.length > 20) return [];
  const isNumeric = (text: string) => /^[-+]?\d+(?:\.\d+)?$/.test(text);
  const kinds = rows.map(
    ({ fields }) =>
      new Set(
        fields
          .slice(1)
          .filter((field) => field !== '')
          .map(isNumeric),
      ),
  );
  if (rows.some(({ fields }) => isNumeric(fields[0]!)) || kinds.some(({ size }) => size !== 1)) return [];
  const numeric = kinds.filter((kind) => kind.has(true)).length;
  if (numeric === 0 || numeric === rows.length) return [];
  return [
    {
      code: 'transposed',
      message:
        'Each row has values of one kind and each column has several: the table may be written with its columns as ' +
        'rows. Exchange them and upload it again',
      columns: [],
      evidence: { rows: rows.length, columns: report.columns.length },
      options: {},
    },
  ];
};
