import { DatasetError } from '../../../src/processing/errors.ts';
import type { Dialect } from '../../../src/processing/formats/csv/dialect.ts';
import { type FieldKind, fieldKind } from '../../../src/processing/formats/csv/field-kind.ts';
import { HEAD_BYTES, HEAD_ROWS } from '../../../src/processing/limits.ts';
import { trimAscii } from '../../../src/processing/text/trim.ts';

/** The rule of docs/reading.md once more, over the whole text and without anything kept from one step to the next. */
interface PlainRow {
  fields: { text: string; quoting: number }[];
  /** Offset of its line end. */
  end: number;
}

/** All rows but blank ones, up to a fault: a quote that never closes, or too many columns. */
function rowsUnder(delimiter: string, text: string, most: number): PlainRow[] {
  const rows: PlainRow[] = [];
  let at = 0;
  while (at < text.length && rows.length < most) {
    const start = at;
    const fields: PlainRow['fields'] = [];
    for (;;) {
      const begin = at;
      let field = '';
      let quoting = 0;
      let next = at;
      while (text[next] === ' ') next++;
      if (text[next] === '"') {
        for (next++; ; next++) {
          const quote = text.indexOf('"', next);
          if (quote < 0) return rows;
          field += text.slice(next, quote);
          next = quote + 1;
          if (text[next] !== '"') break;
          field += '"';
        }
        quoting = [undefined, delimiter, '\n', '\r', ' '].includes(text[next]) ? 1 : 2;
        at = next;
      } else at = begin;
      const tail = at;
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
      fields.push({ text: field + text.slice(tail, at), quoting });
      if (fields.length > 16_384) return rows;
      if (text[at] !== delimiter || at >= text.length) break;
      at++;
    }
    const end = at;
    const isBlank = fields.length === 1 && /^ *$/.test(text.slice(start, end));
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (!isBlank) rows.push({ fields, end });
  }
  return rows;
}

const filledOf = ({ fields }: PlainRow) => fields.findLastIndex(({ text }) => trimAscii(text) !== '') + 1;
const isEmpty = (row: PlainRow) => row.fields.length > 1 && filledOf(row) === 0;
const kindsOf = ({ fields }: PlainRow): FieldKind[] =>
  fields.slice(0, 64).map(({ text, quoting }) => fieldKind(text, quoting));
const isComment = ({ fields: [first] }: PlainRow) => '#%'.includes(trimAscii(first!.text)[0] ?? ' ');

function commonest(numbers: number[]): number {
  const times = (number: number) => numbers.filter((other) => other === number).length;
  return [...new Set(numbers)].sort((a, b) => times(b) - times(a) || b - a)[0] ?? 0;
}

/** @param seen how many of the rows are looked at closely */
function evaluate(delimiter: string, rows: PlainRow[], seen: number, least = 0) {
  const full = rows.filter((row) => !isEmpty(row));
  const width = Math.max(least, commonest(full.map(({ fields }) => fields.length).filter((n) => n > 1 && least !== 1)));
  const fits = (row: PlainRow) => row.fields.length === width || (row.fields.length > width && filledOf(row) <= width);
  /** The kind of most values of each column below a row, of those that are looked at. */
  const columnsBelow = (header: number) => {
    const below = rows.slice(header + 1, seen).filter((row) => !isEmpty(row) && fits(row));
    return Array.from({ length: Math.min(width, 64) }, (_, column) => {
      const kinds = below.map((row) => kindsOf(row)[column]!).filter((kind) => kind !== 'empty');
      const most = (['number', 'time', 'boolean'] as const).find(
        (kind) => kinds.filter((other) => other === kind).length > kinds.length / 2,
      );
      return { most, kinds };
    });
  };
  const isAboveValues = (header: number) => {
    if (header >= seen) return false;
    const names = kindsOf(rows[header]!);
    return columnsBelow(header).some(({ most }, column) => most !== undefined && names[column] === 'text');
  };
  const several = full.filter(({ fields }) => fields.length > 1).length;
  const firstFull = rows.findIndex((row) => filledOf(row) > 1);
  const usual = several > full.length - several && firstFull > 0 ? firstFull : 0;
  let header = usual;
  if (width > 1)
    for (let at = usual; at < Math.min(rows.length, seen); at++) {
      const row = rows[at]!;
      if (isEmpty(row)) continue;
      const isTable = fits(row) && !isComment(row);
      const isNames = kindsOf(row)
        .slice(0, width)
        .every((kind) => kind === 'text');
      if (at > usual && isTable && isNames && isAboveValues(at)) {
        header = at;
        break;
      }
      if (isTable) break;
    }

  const points: number[] = columnsBelow(header).flatMap(({ most, kinds }) =>
    kinds.map((kind) => (kind === 'torn' ? 0.1 : kind === most ? 1 : 0.5)),
  );
  const isSeen = header < seen && rows.length > 0;
  const hasBelow = rows.slice(header + 1, seen).some((row) => !isEmpty(row) && fits(row));
  const names = isSeen ? kindsOf(rows[header]!).filter((kind) => kind !== 'empty') : [];
  if (!hasBelow && isSeen && fits(rows[header]!))
    points.push(
      ...kindsOf(rows[header]!)
        .slice(0, width)
        .filter((kind) => kind !== 'empty')
        .map((kind) => (kind === 'torn' ? 0.1 : 0.5)),
    );
  const cells = points.length > 0 ? points.reduce((a, b) => a + b) / points.length : 0.5;
  const fitting = full.filter(fits).length;
  const isFirst =
    header > 0
      ? rows.slice(0, header).every((row, i) => isEmpty(row) || (i < seen && isComment(row)))
      : rows.length > 0 && fits(rows[0]!);
  const isSure = isFirst || isAboveValues(header);
  const below = rows.slice(header + 1, seen).filter((row) => !isEmpty(row) && fits(row));
  const isTorn = below.filter((row) => kindsOf(row).includes('torn')).length > below.length / 2;
  const untorn = names.length > 0 ? names.filter((kind) => kind !== 'torn').length / names.length : 1;
  const score = (fitting / full.length) * (width / (width + 1)) * cells;
  const withHeader = score * (isSure ? 1 : 1 / 3) * (0.5 + untorn / 2);
  const isEven = full.every(({ fields }) => fields.length === width);

  const dialect = (): Dialect => {
    const headerWidth = rows[header]!.fields.length;
    const below = rows.slice(header + 1).filter((row) => !isEmpty(row));
    const looked = rows.slice(header + 1, seen).filter((row) => !isEmpty(row));
    const first = looked.map(({ fields }) => trimAscii(fields[0]!.text));
    const areNames =
      below.length > 1 &&
      looked.length > 1 &&
      below.every(({ fields }) => fields.length === headerWidth + 1) &&
      first.every((name, i) => name !== '' && first.indexOf(name) === i) &&
      !looked.some((row) => kindsOf(row).includes('torn')) &&
      ((rows[header]!.fields.slice(0, 64).every(({ quoting }) => quoting > 0) &&
        looked.every(({ fields }) => fields[0]!.quoting > 0)) ||
        (looked.every((row) => kindsOf(row)[0] === 'text') &&
          columnsBelow(header)
            .slice(1)
            .every(({ most }) => most !== undefined)));
    const wider = below.map(filledOf).filter((filled) => filled > headerWidth);
    const columns = areNames ? headerWidth + 1 : wider.length * 2 > below.length ? commonest(wider) : headerWidth;
    return {
      delimiter,
      separator: delimiter,
      titleRows: header,
      namesDelimiter: false,
      columns,
      headerWidth,
      hasRowNames: areNames,
    };
  };
  const fitsAt = (at: number) => at >= rows.length || isEmpty(rows[at]!) || fits(rows[at]!);
  const isTornAt = (at: number) => at < seen && rows[at] !== undefined && kindsOf(rows[at]).includes('torn');
  const hasRowAt = (at: number) => rows[at] !== undefined && fits(rows[at]);
  return {
    width,
    fitting,
    score,
    withHeader,
    isTorn,
    isEven,
    dialect,
    header,
    fitsAt,
    isTornAt,
    hasRowAt,
    full: full.length,
  };
}
type Evaluated = ReturnType<typeof evaluate>;

/** Whether the header of one is a row that the other passes over, or has in another width, and torn. */
function hasHeaderCutBy(one: Evaluated, other: Evaluated): boolean {
  const at = one.header;
  if (!one.hasRowAt(at) || one.isTornAt(at) || !other.isTornAt(at)) return false;
  if (other.hasRowAt(at) && other.header <= at) return false;
  const between = Array.from({ length: Math.max(other.header - at + 1, 0) }, (_, i) => at + i);
  return between.every((row) => one.fitsAt(row)) && one.fitting > other.fitting;
}

const NO_HEADER = new DatasetError(
  'The file has no header: every line is blank',
  { line: 1, byte: 0 },
  'Upload a file with a header and rows.',
);
/**
 * @param text of the file behind a byte order mark, one character a byte
 * @param start bytes of the mark
 * @throws DatasetError when there is no row; other faults of the head have other messages than in the engine
 */
export function plainDialect(text: string, start = 0): Dialect {
  const headRows = (delimiter: string, most = HEAD_ROWS) => {
    const within = rowsUnder(delimiter, text, most).filter(
      ({ end }) => end < HEAD_BYTES - start || text.length <= HEAD_BYTES - start,
    );
    return within.length > 0
      ? { rows: within, isWithin: true }
      : { rows: rowsUnder(delimiter, text, 1), isWithin: false };
  };
  const seenOf = (rows: PlainRow[]) =>
    Math.min(100, rows.filter(({ end }) => end < 1 << 18 || text.length <= 1 << 18).length);
  const named = /^"?sep=([^\w\s"]|\t)"?([\r\n]|$)/i.exec(text.slice(0, 16))?.[1];
  if (named) {
    const { rows } = headRows(named);
    if (rows.length < 2) throw NO_HEADER;
    const seen = seenOf(rows) - 1;
    const { width, dialect } = evaluate(named, rows.slice(1), seen);
    const found = width > 0 ? dialect() : evaluate(named, rows.slice(1), seen, 1).dialect();
    return { ...found, titleRows: found.titleRows + 1, namesDelimiter: true };
  }
  const readings = [',', ';', '\t', '|']
    .filter((delimiter) => delimiter === ',' || text.includes(delimiter))
    .map((delimiter) => ({ delimiter, ...headRows(delimiter) }));
  if (readings.every(({ rows }) => rows.length === 0)) throw NO_HEADER;
  const whole: Dialect = {
    delimiter: ',',
    separator: '\0',
    titleRows: 0,
    namesDelimiter: false,
    columns: 1,
    headerWidth: 1,
    hasRowNames: false,
  };
  const some = readings
    .filter(({ rows }) => rows.length > 0)
    // of a first row longer than the head only the width is known
    .map(({ delimiter, rows, isWithin }) =>
      evaluate(delimiter, isWithin ? rows : rows.map(withoutTexts), isWithin ? seenOf(rows) : 1),
    )
    .filter(({ width }) => width > 1);
  if (some.length === 0) return whole;
  if (some.length === 1 && some[0]!.isEven) return some[0]!.dialect();
  const best = some.reduce((a, b) => {
    if (hasHeaderCutBy(a, b)) return a;
    if (hasHeaderCutBy(b, a)) return b;
    if (Math.abs(a.score - b.score) > 1e-9) return a.score > b.score ? a : b;
    return b.fitting > a.fitting || (b.fitting === a.fitting && b.width > a.width) ? b : a;
  });
  if (best.dialect().columns === 1 && best.fitting <= best.full / 2) return whole;
  const lines = headRows('\0', 100);
  const asOne = lines.isWithin
    ? evaluate('\0', lines.rows, seenOf(lines.rows), 1)
    : { withHeader: 0.25, isTorn: false };
  return !asOne.isTorn && best.withHeader < asOne.withHeader - 1e-9 ? whole : best.dialect();
}
const withoutTexts = (row: PlainRow): PlainRow => ({
  end: row.end,
  fields: row.fields.map(({ text }) => ({ text: trimAscii(text) === '' ? '' : 'x', quoting: 0 })),
});
