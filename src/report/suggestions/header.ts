import type { ColumnReport } from '../document.ts';
import { dataRows, isNumber, named, type Suggest } from './suggestion.ts';

const COMMA_NUMBER = /^[-+]?\d+(?:,\d+)?$/;
const isComma = ({ type, resembles }: ColumnReport) =>
  type === 'text' && resembles?.type === 'number' && resembles.spellings[0]?.like === 'decimal comma';
const isTyped = (column: ColumnReport) =>
  column.type === 'integer' || column.type === 'decimal' || column.type === 'date' || isComma(column);
const isDate = (text: string) => /^\d{4}-\d\d-\d\d/.test(text);

/** The first row is one like the others: its numbers and dates stand above numbers and dates. */
export const noHeader: Suggest = ({ report, glimpse }) => {
  const names = glimpse?.first[glimpse.titleRows]?.fields;
  const { columns, row_count } = report;
  if (!names || row_count === 0 || names.length !== columns.length || names.includes('')) return [];
  if (report.options?.header !== undefined || report.options?.columns) return [];
  const typed = columns.filter(isTyped);
  const fits = (column: ColumnReport) => {
    const name = names[column.position - 1]!;
    if (isComma(column)) return COMMA_NUMBER.test(name);
    return column.type === 'date' ? isDate(name) : isNumber(name);
  };
  const numbers = typed
    .filter(({ type }) => type !== 'date')
    .map(({ position }) => Number(names[position - 1]!.replace(',', '.')));
  // 2019, 2020, 2021 are names of a wide table
  const areWhole = typed.every(({ position }) => /^\d+$/.test(names[position - 1]!));
  const [one, two] = numbers as [number, number];
  const isSeries = areWhole && numbers.length > 1 && numbers.every((n, i) => n - one === i * (two - one));
  const isYear = (n: number) => Number.isInteger(n) && n >= 1800 && n <= 2100;
  const isWide = (isSeries && two !== one) || (numbers.length > 0 && numbers.every(isYear));
  const areValues = typed.length > 0 && typed.every(fits) && !isWide;
  const below = columns.filter(
    ({ type, top_values: top }, i) => type === 'text' && top.some(({ value }) => value.trim() === names[i]),
  );
  const occur = typed.length === 0 && columns.length > 1 && below.length > columns.length / 2;
  if (!areValues && !occur) return [];
  const why = areValues ? 'has numbers and dates where the rows have them' : 'has values that the rows have too';
  return [
    {
      code: 'no_header',
      message: `The first row (${named(names.map((name) => ({ name })))}) ${why} → it becomes row 1 of the data`,
      columns: [],
      evidence: { first_row: names.slice(0, 10) },
      options: { header: false },
    },
  ];
};

/** Units of measurement as they stand under names, and anything in brackets. */
const UNIT = new RegExp(
  `^(?:${[
    '[([].{1,15}[)\\]]',
    '%|°|°?[CFK]|deg(?:rees)?(?: ?[CF])?|[munµk]?[msgVAWJNlL]|cm|dm|km|kg|ha|m[23²³]|ppm|ppb',
    'h|hr|hrs|min|sec|days?|years?|yyyy-mm-dd|h?Pa|[kMG]?Hz|mbar|bar|psi|[kM]Wh|mV|mA',
    'k?m/h|c?m/s|mg/l|µg/l|g/cm3|USD|EUR|GBP|[€$£]|counts?|-',
  ].join('|')})$`,
  'i',
);
const LEAST_ROWS = 3;

/** The row below the header has units, or is a second row of names, above columns of numbers. */
export const secondHeader: Suggest = ({ report, glimpse }) => {
  if (!glimpse || report.options?.header !== undefined || report.warnings.some(({ code }) => code === 'sep_line'))
    return [];
  const [second, ...rows] = dataRows(glimpse);
  const names = glimpse.first[glimpse.titleRows]?.fields;
  if (!second || !names || rows.length < LEAST_ROWS || names.some(isNumber)) return [];
  const width = report.columns.length;
  if (second.fields.length !== width) return [];
  const values = (i: number) => rows.map(({ fields }) => fields[i] ?? '').filter((value) => value !== '');
  const numeric = report.columns
    .map((_, i) => i)
    .filter((i) => values(i).length >= LEAST_ROWS && values(i).every(isNumber));
  const texts = second.fields.filter((field) => field !== '');
  if (numeric.length === 0 || texts.length < 2 || texts.some(isNumber)) return [];
  // a hyphen alone is a value that is missing
  if (!numeric.some((i) => second.fields[i] !== '' && second.fields[i] !== '-')) return [];
  const isUnits = numeric.every((i) => second.fields[i] === '' || UNIT.test(second.fields[i]!));
  const isNames =
    numeric.every((i) => second.fields[i] !== '') && texts.length === width && numeric.length * 2 >= width;
  if (!isUnits && !isNames) return [];
  const columns = numeric.map((i) => report.columns[i]!);
  const header = [glimpse.titleRows + 1, glimpse.titleRows + 2];
  return [
    {
      code: isUnits ? 'units_row' : 'two_header_rows',
      message:
        `The first row below the header ${isUnits ? 'has units' : 'looks like a second row of names'} ` +
        `(${named(texts.map((name) => ({ name })))}) → it joins the header, and ` +
        `${columns.length === 1 ? '1 column becomes' : `${columns.length} columns become`} numbers`,
      columns: columns.map(({ name }) => name),
      evidence: { line: second.line, fields: second.fields.slice(0, 10) },
      options: { header },
    },
  ];
};
