const count = { type: 'integer', minimum: 0 };
const row = { type: 'integer', minimum: 1 };
const number = { type: 'number' };
const object = (properties: Record<string, object>, optional: string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const examples = (item: object) => ({ type: 'array', maxItems: 10, items: item });
const byColumn = (value: object) => ({ type: 'object', additionalProperties: value });

const text = { type: 'string' };
const placed = { row, value: text };
const noted = { count: row, ...placed };
/** Members that are missing where there is nothing to say. */
const notes = {
  resembles: object(
    {
      type: { enum: ['number', 'date', 'boolean'] },
      matching: count,
      exceptions: count,
      spellings: { type: 'array', items: object({ like: text, count: row }) },
      first: object(placed),
      codes: row,
      first_code: object(placed),
      examples: examples(object(placed)),
    },
    ['first', 'codes', 'first_code'],
  ),
  longest: object({ count: row, next: count, lengths: count }),
  point_groups: row,
  white_space: object(noted),
  invisible: { type: 'array', items: object({ code_point: text, ...noted }) },
  swallowed: object({ ...noted, lines: row }),
};
const column = object(
  {
    name: text,
    position: row,
    type: { enum: ['integer', 'decimal', 'boolean', 'date', 'datetime', 'json', 'text', 'empty'] },
    count,
    null_count: count,
    null_tokens: byColumn(row),
    evidence: object(
      { matching: count, exceptions: count, strings: count, examples: examples(object({ row, value: text })) },
      ['strings'],
    ),
    distinct: object({ count, exact: { type: 'boolean' }, method: text }, ['method']),
    top_values: examples(object({ value: text, count: row })),
    min: { type: ['number', 'string'] },
    max: { type: ['number', 'string'] },
    mean: number,
    std: { type: ['number', 'null'], minimum: 0 },
    quartiles: object({ q1: number, median: number, q3: number }),
    zeros: count,
    negatives: count,
    histogram: object({
      edges: { type: 'array', items: number, minItems: 21, maxItems: 21 },
      counts: { type: 'array', items: count, minItems: 20, maxItems: 20 },
    }),
    length: object({ min: count, max: count, mean: number }),
    ...notes,
  },
  ['min', 'max', 'mean', 'std', 'quartiles', 'zeros', 'negatives', 'histogram', 'length', ...Object.keys(notes)],
);

/** The JSON Schema (2020-12) of a report, served at /schemas/report.json. */
export const reportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Report of a dataset',
  ...object({
    schema_version: { const: 1 },
    row_count: count,
    null_counts: byColumn(count),
    numeric: byColumn(object({ min: number, max: number, mean: number })),
    anomalies: object({
      duplicates: object({ count, examples: examples(object({ row, first_row: row })) }),
      outliers: byColumn(
        object({ count, lower_fence: number, upper_fence: number, examples: examples(object({ row, value: number })) }),
      ),
    }),
    columns: { type: 'array', items: column },
    bad_rows: object({ count, examples: examples(object({ row, line: row, fields: count, expected: count })) }),
    file: object(
      {
        format: { enum: ['csv', 'json', 'ndjson'] },
        encoding: { enum: ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] },
        bom: { type: 'boolean' },
        delimiter: { type: 'string', minLength: 1, maxLength: 1 },
        quote: { enum: ['"'] },
        line_ending: { enum: ['\n', '\r\n', '\r', 'mixed', null] },
        bytes: count,
      },
      ['delimiter', 'quote', 'line_ending'],
    ),
    alerts: {
      type: 'array',
      items: object(
        {
          code: text,
          severity: { enum: ['error', 'warning', 'info'] },
          column: text,
          message: text,
          numbers: { type: 'object', additionalProperties: number },
        },
        ['column'],
      ),
    },
    warnings: {
      type: 'array',
      items: object({ code: { type: 'string' }, message: { type: 'string' }, column: { type: 'string' } }, ['column']),
    },
  }),
};
