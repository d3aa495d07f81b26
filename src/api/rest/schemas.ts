import { DATASET_STATUSES, JOB_STATES } from '../../core/states.ts';
import { reportSchema } from '../../report/report-schema.ts';
import { MAX_FIRST } from '../../services/paging.ts';
import { PREVIEW_ROWS } from '../../services/preview.ts';
import { optionsSchema } from '../../services/reading-options.ts';
import { CONDITION_KINDS, MAX_CONDITIONS, MAX_TEXTS, OUTLIER_SIDES } from '../../services/row-conditions.ts';
import { MAX_ROWS, type RowCondition } from '../../services/rows.ts';
import { CONDITION_MEMBERS } from '../condition-members.ts';

const text = { type: 'string' };
const uuid = { type: 'string', format: 'uuid' };
const time = { type: 'string', format: 'date-time' };
const count = { type: 'integer', format: 'int64', minimum: 0 };
const orNull = <Schema extends { type: string }>(schema: Schema) => ({ ...schema, type: [schema.type, 'null'] });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** An object with exactly these properties. */
export const object = (properties: Record<string, object>, optional: string[] = []) => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
  additionalProperties: false,
});
const page = (item: string) =>
  object({
    items: { type: 'array', items: ref(item), maxItems: MAX_FIRST },
    next: { ...orNull(text), description: 'The "after" of the next page, null on the last' },
  });

const progress = { type: 'integer', minimum: 0, maximum: 100, description: 'Percent' };
const name = { type: 'string', minLength: 1 };
const error = orNull({ ...text, description: 'What is wrong with the file, or with the attempt' });
const row = { type: 'integer', format: 'int64', minimum: 1 };

/** What a member of a condition takes. */
const OPERANDS = {
  text,
  texts: { type: 'array', items: text, minItems: 1, maxItems: MAX_TEXTS },
  boolean: { type: 'boolean' },
  side: { type: 'string', enum: [...OUTLIER_SIDES] },
  bound: { type: ['number', 'string'] },
  length: { type: 'integer', minimum: 0 },
  row,
};

// the report's own schema names its draft and title: the OpenAPI document has one draft for all, and names by key
const { $schema: _draft, title: _title, ...Report } = reportSchema;

/** The same schema with the options of reading by their name: generated clients have one type for them. */
function withNamedOptions(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withNamedOptions);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { properties, description } = schema as { properties?: object; description?: string };
  if (properties === optionsSchema.properties) return { ...ref('ReadOptions'), description };
  return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, withNamedOptions(value)]));
}

/** Bodies by name, as generated clients call their types. */
export const schemas = {
  DatasetStatus: { type: 'string', enum: [...DATASET_STATUSES] },
  JobState: { type: 'string', enum: [...JOB_STATES] },
  UploadedDataset: object({
    id: uuid,
    name,
    status: ref('DatasetStatus'),
    checksum_sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    size_bytes: count,
  }),
  Dataset: object({
    id: uuid,
    name,
    status: ref('DatasetStatus'),
    row_count: orNull(count),
    latest_job_id: orNull(uuid),
    report_available: { type: 'boolean' },
    error,
  }),
  DatasetPage: page('Dataset'),
  EnqueuedJob: object({ job_id: uuid, dataset_id: uuid, state: ref('JobState'), progress }),
  Job: object({
    id: uuid,
    dataset_id: uuid,
    state: ref('JobState'),
    progress,
    error,
    queued_at: time,
    started_at: orNull(time),
    finished_at: orNull(time),
  }),
  JobPage: page('Job'),
  Report: withNamedOptions(Report) as object,
  ReadOptions: { ...optionsSchema, description: 'How the file is to be read; what is not given is found from it' },
  RowCondition: {
    ...object(
      Object.fromEntries(
        Object.entries(CONDITION_MEMBERS).map(([name, description]) => [
          name,
          { ...OPERANDS[CONDITION_KINDS[name as keyof RowCondition]], description },
        ]),
      ),
      Object.keys(CONDITION_MEMBERS),
    ),
    minProperties: 1,
    description: 'A condition on rows: all its members must hold',
  },
  RowConditions: {
    oneOf: [ref('RowCondition'), { type: 'array', items: ref('RowCondition'), maxItems: MAX_CONDITIONS }],
  },
  Row: object(
    {
      row: { ...row, description: 'Number of the row, from 1; the header is not counted' },
      line: { ...row, description: 'Line of the file, from 1' },
      values: {
        type: 'object',
        description: "By column: a CSV's fields as text, a JSON record's values as they are",
      },
      surplus: { type: 'array', items: text, description: 'Fields beyond the last column' },
    },
    ['surplus'],
  ),
  Preview: object(
    {
      columns: {
        type: 'array',
        items: object({ name: text, type: { ...text, description: 'As in a report' } }),
      },
      rows: { type: 'array', items: ref('Row'), maxItems: PREVIEW_ROWS },
      rows_read: { ...count, description: 'Rows from which the types are known; the file may have more' },
      file: { type: 'object', description: '`file` of a report, without `bytes`' },
      options: ref('ReadOptions'),
      warnings: { type: 'array', items: { type: 'object' }, description: 'As in a report' },
      suggestions: { type: 'array', items: { type: 'object' }, description: 'As in a report' },
    },
    ['options'],
  ),
  Rows: object(
    {
      rows: {
        type: 'array',
        maxItems: MAX_ROWS,
        items: ref('Row'),
      },
      next: {
        ...orNull(text),
        description: 'The "after" of the next page, null on the last; missing where "rows" names the rows',
      },
      count: { ...count, description: 'All rows for which the conditions hold; with "count=true"' },
    },
    ['next', 'count'],
  ),
};
