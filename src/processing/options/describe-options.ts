import { DATE_ORDERS, DECLARED_TYPES, type ReadOptions } from './read-options.ts';

// The one description of the options of reading: flags of the command, the JSON Schema of the service and of reports,
// the input of GraphQL, the form of the page and the sentences of refusals are made from it. The page loads it.

export type OptionName = keyof ReadOptions;

/** What an option takes. */
export type OptionKind =
  | { kind: 'choice'; values: readonly string[] }
  | { kind: 'encoding' }
  /** @param none whether null is a value: no character at all */
  | { kind: 'character'; none?: boolean }
  /** @param rows of a list, at most */
  | { kind: 'header'; most: number; rows: number }
  | { kind: 'count'; most: number }
  /** @param line whether it is within a line */
  | { kind: 'text'; most: number; line?: boolean }
  /** @param least items of the list, `most` of them, each of at most `length` characters */
  | { kind: 'texts'; least: number; most: number; length: number }
  | { kind: 'types'; values: readonly string[] }
  | { kind: 'sheet'; most: number }
  | { kind: 'pointer' }
  | { kind: 'boolean' };

/** Where the form has an option: in which order, under which heading. */
export const OPTION_GROUPS = {
  layout: 'Rows and columns',
  values: 'Values',
  file: 'File',
} as const;

export type OptionDescription = OptionKind & {
  group: keyof typeof OPTION_GROUPS;
  /** Of its field in the form. */
  label: string;
  /** What its flag takes, in capitals; empty for a switch. */
  takes: string;
  /** What it does, in a sentence without "this option". */
  help: string;
  /** What is done without it, as words after "without it: ". */
  otherwise: string;
  /** Formats that it is about (`file.format`), of files in an archive too; all when not given. */
  formats?: readonly string[];
  /** The container that it is about (`file.compression.kind`). */
  container?: string;
  /** Values that are offered, of a choice all: the text, and what it means. */
  offers?: readonly (readonly [value: string, name: string])[];
};

/** Characters of a text that is compared with every value or line. */
const MOST_CHARACTERS = 200;
/** Of each list: the kernel takes 64, among them the usual ones, of 256 bytes each. */
const MOST_TOKENS = 32;
const MOST_TOKEN_CHARACTERS = 64;
/** Rows at the end that are held back until the end is known. */
const MOST_FOOTER_ROWS = 1_000;
const MOST_SKIPPED = 2_147_483_647;
/** Of a column's name, a file's path, a pointer. */
export const MOST_NAME_CHARACTERS = 1_024;
/** A workbook of Excel allows 31. */
const MOST_SHEET_CHARACTERS = 80;
/** HEAD_ROWS and MAX_COLUMNS of limits.ts. */
const MOST_HEADER_ROW = 1_000;
const MOST_COLUMNS = 16_384;
const MOST_HEADER_ROWS = 20;
/** As refusals and help call formats and containers. */
const LABELS: Readonly<Record<string, string>> = {
  csv: 'CSV',
  json: 'JSON',
  ndjson: 'JSON',
  parquet: 'Parquet',
  xlsx: 'Excel',
  zip: 'zip archives',
};
const CSV = ['csv'];
const TABLE = ['csv', 'xlsx'];
const JSON_TEXT = ['json', 'ndjson'];

/** All options, in the order in which they are listed and written. */
export const OPTIONS: Readonly<Record<OptionName, OptionDescription>> = {
  format: {
    kind: 'choice',
    values: ['csv', 'json', 'ndjson', 'parquet', 'xlsx'],
    group: 'file',
    label: 'Format',
    takes: 'FORMAT',
    help: 'What the file is read as: csv, json, ndjson, parquet or xlsx.',
    otherwise: 'by its first bytes and its name',
    offers: [
      ['csv', 'text with a delimiter'],
      ['json', 'a list of records'],
      ['ndjson', 'a record on each line'],
      ['parquet', 'Apache Parquet'],
      ['xlsx', 'workbook of Excel'],
    ],
  },
  encoding: {
    kind: 'encoding',
    group: 'file',
    label: 'Encoding',
    takes: 'LABEL',
    help: 'Encoding of the text, by a label of the WHATWG list: windows-1251, shift_jis, utf-16le.',
    otherwise: 'UTF-8; of CSV also by a byte order mark UTF-16, else windows-1252',
    formats: [...CSV, ...JSON_TEXT],
    offers: [
      ['utf-8', 'UTF-8'],
      ['windows-1252', 'Western European'],
      ['windows-1250', 'Central European'],
      ['windows-1251', 'Cyrillic'],
      ['windows-1254', 'Turkish'],
      ['shift_jis', 'Japanese'],
      ['gb18030', 'Chinese'],
      ['utf-16le', 'UTF-16, as Windows writes it'],
    ],
  },
  delimiter: {
    kind: 'character',
    group: 'layout',
    label: 'Delimiter',
    takes: 'CHARACTER',
    help: 'The character between fields: , ; | a space, \\t for a tab, U+0001.',
    otherwise: 'found from the first rows',
    formats: CSV,
    offers: [
      [',', 'comma'],
      [';', 'semicolon'],
      ['\\t', 'tab'],
      ['|', 'pipe'],
      ['space', 'space'],
    ],
  },
  quote: {
    kind: 'character',
    none: true,
    group: 'layout',
    label: 'Quote',
    takes: 'CHARACTER',
    help: 'The character around fields that contain delimiters or line ends; none: no character quotes.',
    otherwise: 'the double quote',
    formats: CSV,
    offers: [
      ['"', 'double quote'],
      ["'", 'apostrophe'],
      ['none', 'no quotes'],
    ],
  },
  escape: {
    kind: 'character',
    group: 'layout',
    label: 'Escape',
    takes: 'CHARACTER',
    help: 'The character before a quote or delimiter that is part of a field, such as \\.',
    otherwise: 'a quote inside quotes is doubled',
    formats: CSV,
    offers: [['\\', 'backslash']],
  },
  header: {
    kind: 'header',
    most: MOST_HEADER_ROW,
    rows: MOST_HEADER_ROWS,
    group: 'layout',
    label: 'Header',
    takes: 'ROW',
    help:
      'Row of the column names, from 1; true, false (columns column_1, column_2, …), or rows such as 1,2 whose texts ' +
      'are joined.',
    otherwise: 'the first row below title lines',
    formats: TABLE,
    offers: [
      ['true', 'there is one'],
      ['false', 'there is none'],
      ['2', 'the second row'],
      ['1,2', 'two rows'],
    ],
  },
  skip_rows: {
    kind: 'count',
    most: MOST_SKIPPED,
    group: 'layout',
    label: 'Skip lines at the beginning',
    takes: 'NUMBER',
    help: 'Lines at the beginning that are not read.',
    otherwise: 'title lines are found',
    formats: TABLE,
  },
  skip_footer: {
    kind: 'count',
    most: MOST_FOOTER_ROWS,
    group: 'layout',
    label: 'Skip rows at the end',
    takes: 'NUMBER',
    help: 'Rows at the end that are not read, such as a total.',
    otherwise: 'all rows are read',
    formats: TABLE,
  },
  comment: {
    kind: 'text',
    most: MOST_CHARACTERS,
    line: true,
    group: 'layout',
    label: 'Comment lines begin with',
    takes: 'TEXT',
    help: 'Lines that begin with this text are not read.',
    otherwise: 'no line is a comment',
    formats: TABLE,
    offers: [
      ['#', 'hash'],
      ['//', 'two slashes'],
      ['%', 'percent'],
    ],
  },
  columns: {
    kind: 'texts',
    least: 1,
    most: MOST_COLUMNS,
    length: MOST_NAME_CHARACTERS,
    group: 'layout',
    label: 'Column names',
    takes: 'NAMES',
    help: 'Names of the columns from the first on, instead of those of the header.',
    otherwise: 'those of the header',
    formats: TABLE,
  },
  null_tokens: {
    kind: 'texts',
    least: 0,
    most: MOST_TOKENS,
    length: MOST_TOKEN_CHARACTERS,
    group: 'values',
    label: 'Only these mean "no value"',
    takes: 'TEXTS',
    help: 'Values that are null, instead of the usual ones (NA, null, None, …); [] for none of them.',
    otherwise: 'the usual ones',
    offers: [['[]', 'no text: NA, null and None are values']],
  },
  more_null_tokens: {
    kind: 'texts',
    least: 1,
    most: MOST_TOKENS,
    length: MOST_TOKEN_CHARACTERS,
    group: 'values',
    label: 'These mean "no value" too',
    takes: 'TEXTS',
    help: 'Values that are null, beside the usual ones: -999, ?, n.s.',
    otherwise: 'the usual ones',
  },
  decimal: {
    kind: 'choice',
    values: [',', '.'],
    group: 'values',
    label: 'Decimal sign',
    takes: 'CHARACTER',
    help: 'The character before the decimals of a number: , or a point.',
    otherwise: 'the point',
    offers: [
      [',', 'comma'],
      ['.', 'point'],
    ],
  },
  thousands: {
    kind: 'choice',
    values: [',', '.', "'", ' ', '\u00a0', '\u202f'],
    group: 'values',
    label: 'Thousands separator',
    takes: 'CHARACTER',
    help: 'The character between groups of three digits: , a point, an apostrophe, space, U+00A0 or U+202F.',
    otherwise: 'numbers have none',
    offers: [
      [',', 'comma'],
      ['.', 'point'],
      ["'", 'apostrophe'],
      [' ', 'space'],
      ['\u00a0', 'no-break space'],
      ['\u202f', 'narrow no-break space'],
    ],
  },
  types: {
    kind: 'types',
    values: DECLARED_TYPES,
    group: 'values',
    label: 'Types of columns',
    takes: 'NAME=TYPE',
    help: `The type of a column: ${DECLARED_TYPES.join(', ')}. Values that do not fit are its exceptions.`,
    otherwise: 'found from the values',
    offers: [
      ['integer', 'whole numbers'],
      ['decimal', 'numbers with decimals'],
      ['boolean', 'true or false'],
      ['date', 'days'],
      ['datetime', 'days with a time'],
      ['json', 'objects and lists'],
      ['text', 'any text'],
    ],
  },
  date_order: {
    kind: 'choice',
    values: DATE_ORDERS,
    group: 'values',
    label: 'Order of dates',
    takes: 'ORDER',
    help: 'Order of day, month and year in dates such as 31.12.2025 or 12/31/25 4:05 PM.',
    otherwise: 'only dates such as 2025-12-31 are dates',
    offers: [
      ['DMY', '31.12.2025'],
      ['MDY', '12/31/2025'],
      ['YMD', '2025/12/31'],
    ],
  },
  sheet: {
    kind: 'sheet',
    most: MOST_SHEET_CHARACTERS,
    group: 'file',
    label: 'Sheet',
    takes: 'SHEET',
    help: 'Sheet of the workbook, by its name or its number from 1; a name of digits in quotes: "2".',
    otherwise: 'the first that is visible',
    formats: ['xlsx'],
  },
  member: {
    kind: 'text',
    most: MOST_NAME_CHARACTERS,
    group: 'file',
    label: 'File in the archive',
    takes: 'FILE',
    help: 'File of the zip archive, by its path in it.',
    otherwise: 'the only one',
    container: 'zip',
  },
  records: {
    kind: 'pointer',
    group: 'file',
    label: 'Place of the records',
    takes: 'POINTER',
    help: 'JSON Pointer to the list of records inside the document, such as /result/items; "" is the whole document.',
    otherwise: 'the document, or its only list of objects',
    formats: JSON_TEXT,
  },
  lenient: {
    kind: 'boolean',
    group: 'file',
    label: 'Read NaN, Infinity and comments',
    takes: '',
    help: 'Reads JSON with NaN, Infinity and comments.',
    otherwise: 'they are errors',
    formats: JSON_TEXT,
  },
};

export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

/** What an option is about: "CSV and Excel"; empty where that is everything. */
export function scopeOf({ formats = [], container }: Pick<OptionDescription, 'formats' | 'container'>): string {
  const names = (container === undefined ? formats : [container]).map((name) => LABELS[name]!);
  return [...new Set(names)].join(', ').replace(/, ([^,]+)$/, ' and $1');
}

/** What an option does, for a reader of help and API: "…. For CSV. Without it: …." */
export function describedOption(option: OptionDescription): string {
  const scope = scopeOf(option);
  return `${option.help}${scope && ` For ${scope}.`} Without it: ${option.otherwise}.`;
}

/**
 * What an option takes, as a refusal says it behind "must be".
 * @param isTyped values are typed as texts (option-texts.ts), not given as JSON
 */
export function allowedOf(option: OptionDescription, isTyped = false): string {
  switch (option.kind) {
    case 'choice':
      return `one of ${option.values.map((value) => shown(value, option)).join(', ')}`;
    case 'encoding':
      return 'a label of the WHATWG Encoding Standard, such as "windows-1251"';
    case 'character':
      return `one character and no line end${option.none ? `, or ${isTyped ? 'none' : 'null for none'}` : ''}`;
    case 'header':
      return (
        `true, false, a row number from 1 to ${option.most}, ` +
        `or a rising list of at most ${option.rows} such numbers${isTyped ? ', such as 1,2' : ''}`
      );
    case 'count':
      return `a whole number from 0 to ${option.most}`;
    case 'text':
      return `a text of 1 to ${option.most} characters${option.line ? ' without a line end' : ''}`;
    case 'texts': {
      const list = isTyped ? ', between commas or as a JSON list' : '';
      return `a list of ${option.least} to ${option.most} texts of at most ${option.length} characters${list}`;
    }
    case 'types':
      if (isTyped) return `NAME=TYPE, with one of the types ${option.values.join(', ')}`;
      return `an object of column names, each with one of ${option.values.join(', ')}`;
    case 'sheet':
      return `a sheet's name of at most ${option.most} characters, or its number from 1`;
    case 'pointer':
      return 'a JSON Pointer: empty, or a text that begins with /';
    case 'boolean':
      return 'true or false';
  }
}

/** A word as it is; a character in quotes with its name, by its code where it does not show. */
function shown(value: string, { offers = [] }: OptionDescription): string {
  if (value.length > 1) return value;
  const name = offers.find(([offer]) => offer === value)?.[1];
  const character = /^[ -~]$/.test(value) ? JSON.stringify(value) : codeOf(value);
  return name === undefined ? character : `${character} (${name})`;
}
const codeOf = (value: string) => `U+${value.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
