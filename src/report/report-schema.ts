import { TABLE_FORMATS } from '../processing/formats/formats.ts';
import { EXAMPLES, SIDE_BINS } from '../processing/limits.ts';
import { optionsSchema } from '../processing/options/options-schema.ts';
import type { ReadOptions } from '../processing/options/read-options.ts';
import type { FileFact } from '../processing/profile-types.ts';
import { FENCE_FACTOR } from '../processing/statistics/outliers.ts';
import { ENCODINGS } from '../processing/text/text-reading.ts';
import type { AlertCode } from './alerts/table.ts';
import { THRESHOLDS } from './alerts/thresholds.ts';
import { columnSchema, count, fileNumber, fromOne, row } from './column-schema.ts';
import { boolean, dictionary, list, number, object, oneOf, optional, schemaOf, text } from './json-schema.ts';

// The one description of a report. The TypeScript types (document.ts), the JSON Schema that is served and
// docs/report.md are made from it; tests/unit/report/graphql.test.ts compares the GraphQL types with it.

const FENCES =
  `Values outside the fences of Tukey, which lie ${FENCE_FACTOR} interquartile ranges (q3 - q1) ` +
  'outside the quartiles.';

const duplicates = object(
  'Rows that repeat an earlier row. Two rows are equal when all their fields are equal as text after unquoting, an ' +
    'empty and a missing field alike; JSON records when their values are, whatever the order of keys.',
  {
    count: count('Rows that are equal to an earlier one; the first of its kind is not counted.'),
    examples: list(
      `The first ${EXAMPLES} duplicates.`,
      object('A duplicate.', { row: row(), first_row: row('The row that it repeats.') }),
      { maxItems: EXAMPLES },
    ),
  },
);

const OLDER = 'Missing in reports of earlier versions.';
/** The outliers on one side. @param where they lie @param far the farthest of them */
const side = (where: string, far: string) =>
  object(`The outliers ${where}. Missing where there is none.`, {
    count: fromOne(`Values ${where}.`),
    counts: list(
      `Of ${SIDE_BINS} bins of equal width between the fence and \`${far}\`, the bin at the fence first. A value on ` +
        'an edge belongs to the bin farther out; the last bin includes both its edges.',
      count('Values in the bin.'),
      { minItems: SIDE_BINS, maxItems: SIDE_BINS },
    ),
  });
/** The last value within the fences on one side: `end` of the whole column where there is no outlier there. */
const inside = (what: string, end: string) =>
  optional(
    fileNumber(
      `${what} value within the fences: the end of a box plot's whisker. An integer beyond 2^53 has all its digits ` +
        `where this is \`${end}\`, otherwise it is the nearest double. ${OLDER}`,
    ),
  );

const outliers = object(FENCES, {
  count: count('Values outside the fences.'),
  lower_fence: number(`q1 - ${FENCE_FACTOR} (q3 - q1)`),
  upper_fence: number(`q3 + ${FENCE_FACTOR} (q3 - q1)`),
  lowest_inside: inside('Least', 'min'),
  highest_inside: inside('Greatest', 'max'),
  below: optional(side('below the lower fence', 'min')),
  above: optional(side('above the upper fence', 'max')),
  examples: list(
    `The ${EXAMPLES} outliers that lie farthest from their fence, the farthest first.`,
    object('An outlier.', { row: row(), value: fileNumber('The value.') }),
    { maxItems: EXAMPLES },
  ),
});

const badRows = object(
  'Rows of a CSV file with another number of fields than the header. Missing fields are null, surplus ones dropped.',
  {
    count: count('How many there are.'),
    examples: list(
      `The first ${EXAMPLES}.`,
      object('A bad row.', {
        row: row(),
        line: fromOne('Line of the file, from 1.'),
        fields: count('Fields of the row.'),
        expected: count('Fields of the header.'),
      }),
      { maxItems: EXAMPLES },
    ),
  },
);

const CSV_ONLY = 'CSV only.';
const PARQUET_ONLY = 'Parquet only.';
const EXCEL_ONLY = 'Excel only.';
const file = object('How the bytes of the file were read.', {
  format: schemaOf<string>('`csv`, `json` (a list of records), `ndjson` (one record per line), `parquet` or `xlsx`.', {
    enum: TABLE_FORMATS.flatMap(({ name, variants = [] }) => [name, ...variants]),
  }),
  encoding: optional(
    schemaOf<string>(
      `Encoding of the text: ${ENCODINGS.map((name) => `\`${name}\``).join(', ')}, or the one that was given, by its ` +
        'name in the WHATWG Encoding Standard. CSV and JSON only.',
      { type: 'string', minLength: 1 },
    ),
  ),
  bom: optional(boolean('Whether the file begins with a byte order mark. CSV and JSON only.')),
  delimiter: optional(
    schemaOf<string>(`The character between fields. ${CSV_ONLY}`, { type: 'string', minLength: 1, maxLength: 1 }),
  ),
  quote: optional(
    schemaOf<string | null>(
      `The character around fields that hold delimiters or line ends; null where none does. ${CSV_ONLY}`,
      { type: ['string', 'null'], minLength: 1, maxLength: 1 },
    ),
  ),
  line_ending: optional(
    schemaOf<string | null>(
      `How lines end outside quotes: LF, CRLF, CR, \`mixed\`, or null where no line has an end. ${CSV_ONLY}`,
      { enum: ['\n', '\r\n', '\r', 'mixed', null] },
    ),
  ),
  rows: optional(count(`Rows that the footer states. ${PARQUET_ONLY}`)),
  row_groups: optional(count(`Row groups: rows that are stored together. ${PARQUET_ONLY}`)),
  codecs: optional(list(`How the columns are compressed, such as \`SNAPPY\`. ${PARQUET_ONLY}`, text('A codec.'))),
  created_by: optional(
    schemaOf<string | null>(`The program that wrote the file, as it calls itself. ${PARQUET_ONLY}`, {
      type: ['string', 'null'],
    }),
  ),
  sheet: optional(text(`Name of the sheet that was read. ${EXCEL_ONLY}`)),
  sheets: optional(
    list(
      `The sheets with cells, in the order of the workbook. ${EXCEL_ONLY}`,
      object('A sheet.', {
        name: text('Its name.'),
        hidden: boolean('Whether the workbook hides it.'),
        rows: schemaOf<number | null>(
          'Rows up to the last with a value; null for another sheet than the one that was read where it is too large ' +
            'to be counted.',
          { type: ['integer', 'null'], minimum: 0 },
        ),
      }),
    ),
  ),
  bytes: count('Size of the file in bytes; of a compressed file, that of the text inside.'),
  compression: optional(
    object('How the file is compressed. Missing for files that are not.', {
      kind: oneOf('How.', ['gzip', 'zstd', 'zip']),
      bytes: count('Size of the compressed file in bytes.'),
      member: schemaOf<string | null>('Name of the file in the zip archive; null for others.', {
        type: ['string', 'null'],
      }),
    }),
  ),
});

const alert = object('An alert.', {
  code: text<AlertCode>('Kind of the alert; docs/alerts.md lists all, with their thresholds.'),
  severity: oneOf('`error`, `warning` or `info`.', ['error', 'warning', 'info']),
  column: optional(text('Name of the column. Missing where the alert is about the whole file or several columns.')),
  columns: optional(
    list(
      `The columns, where at least ${THRESHOLDS.mergedColumns} have the same alert.`,
      object('What the alert says about one of them.', {
        column: text('Name of the column.'),
        message: text('The sentence about this column.'),
        numbers: dictionary('The figures of this column.', number('A figure.')),
      }),
      { minItems: THRESHOLDS.mergedColumns },
    ),
  ),
  message: text('A sentence for people.'),
  numbers: dictionary('The figures that the alert follows from. Shares are from 0 to 1.', number('A figure.')),
});

const warning = object('A warning.', {
  code: text('Kind of the warning, such as `repeated_column_name` or `encoding_fallback`.'),
  message: text('A sentence for people.'),
  column: optional(text('Name of the column. Missing where the warning is about the whole file.')),
});

const suggestion = object('A proposal to read the file differently.', {
  code: text('Kind of the suggestion, such as `decimal_comma` or `no_header`.'),
  message: text('A sentence for people: what would change.'),
  columns: list('Names of the columns that it is about; none where it is about the whole file.', text('A name.')),
  evidence: schemaOf<FileFact>('The facts that it follows from; their members depend on its kind.', { type: 'object' }),
  options: schemaOf<ReadOptions>('The options that would do it.', optionsSchema),
  alternatives: optional(
    list(
      'Options instead of `options`, each of another reading, where the values do not tell which is meant. Missing ' +
        'where there is one reading.',
      schemaOf<ReadOptions>('Options as in `options`.', { type: 'object' }),
    ),
  ),
});

const report = object(
  'The profile of one dataset. The same bytes, read with the same options, give the same report, byte for byte. ' +
    'Everything is exact where nothing else is stated.',
  {
    schema_version: schemaOf<1>('Version of this format.', { const: 1 }),
    row_count: count('Rows of the data; the header is not counted.'),
    null_counts: dictionary('Nulls of every column, by its name.', count('Rows in which the column has no value.')),
    numeric: dictionary(
      'The columns of type integer and decimal, by name.',
      object('Range and mean of the column.', {
        min: fileNumber('Least value.'),
        max: fileNumber('Greatest value.'),
        mean: number('Arithmetic mean.'),
      }),
    ),
    anomalies: object('Duplicate rows and outliers.', {
      duplicates,
      outliers: dictionary(`Outliers of the columns of type integer and decimal, by name. ${FENCES}`, outliers),
    }),
    columns: list(
      'The columns: of CSV in the order of the file, of JSON in the order of their first appearance. Members that do ' +
        'not belong to the type of a column are missing.',
      columnSchema,
    ),
    bad_rows: badRows,
    file,
    options: optional(
      schemaOf<ReadOptions>(
        'How somebody has said that the file is to be read. Missing where nothing was said.',
        optionsSchema,
      ),
    ),
    alerts: list(
      'What is wrong with the data, worst first; alerts about the whole file before those of columns.',
      alert,
    ),
    suggestions: optional(
      list(
        'What would change values, and is not done without being asked for. Missing where there is nothing to propose.',
        suggestion,
      ),
    ),
    warnings: list('What had to be decided or repaired to read the file.', warning),
  },
);

/** The JSON Schema (2020-12) of a report, served at /schemas/report.json. */
export const reportSchema: typeof report & { $schema: string; title: string } = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Report of a dataset',
  ...report,
};
