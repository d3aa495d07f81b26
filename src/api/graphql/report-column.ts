import type { ColumnReport } from '../../report/document.ts';
import { builder } from './builder.ts';

const ColumnType = builder.enumType('ColumnType', {
  values: {
    INTEGER: { value: 'integer' },
    DECIMAL: { value: 'decimal' },
    BOOLEAN: { value: 'boolean' },
    DATE: { value: 'date' },
    DATETIME: { value: 'datetime' },
    JSON: { value: 'json' },
    TEXT: { value: 'text' },
    EMPTY: { value: 'empty' },
  } as const,
});
const NullToken = builder.simpleObject('NullToken', {
  fields: (t) => ({ token: t.string(), count: t.field({ type: 'BigInt' }) }),
});
const PlacedText = builder.simpleObject('PlacedText', {
  fields: (t) => ({ row: t.field({ type: 'BigInt' }), value: t.string() }),
});
const Evidence = builder.simpleObject('Evidence', {
  fields: (t) => ({
    matching: t.field({ type: 'BigInt' }),
    exceptions: t.field({ type: 'BigInt' }),
    strings: t.field({ type: 'BigInt', nullable: true }),
    examples: t.field({ type: [PlacedText] }),
  }),
});
const Distinct = builder.simpleObject('Distinct', {
  fields: (t) => ({
    count: t.field({ type: 'BigInt' }),
    exact: t.boolean(),
    method: t.string({ nullable: true }),
  }),
});
const CountedValue = builder.simpleObject('CountedValue', {
  fields: (t) => ({ value: t.string(), count: t.field({ type: 'BigInt' }) }),
});
const Quartiles = builder.simpleObject('Quartiles', {
  fields: (t) => ({ q1: t.float(), median: t.float(), q3: t.float() }),
});
const Histogram = builder.simpleObject('Histogram', {
  fields: (t) => ({ edges: t.floatList(), counts: t.field({ type: ['BigInt'] }) }),
});
const TextLength = builder.simpleObject('TextLength', {
  fields: (t) => ({ min: t.field({ type: 'BigInt' }), max: t.field({ type: 'BigInt' }), mean: t.float() }),
});

/** The facts of a column, typed; what does not belong to its type is null. */
export const ReportColumn = builder.simpleObject('ReportColumn', {
  fields: (t) => ({
    name: t.string(),
    position: t.int(),
    type: t.field({ type: ColumnType }),
    count: t.field({ type: 'BigInt' }),
    nullCount: t.field({ type: 'BigInt' }),
    nullTokens: t.field({ type: [NullToken] }),
    evidence: t.field({ type: Evidence }),
    distinct: t.field({ type: Distinct, nullable: true }),
    topValues: t.field({ type: [CountedValue] }),
    min: t.field({ type: 'JSON', nullable: true, description: 'A number; a text for dates and datetimes.' }),
    max: t.field({ type: 'JSON', nullable: true, description: 'A number; a text for dates and datetimes.' }),
    mean: t.float({ nullable: true }),
    std: t.float({ nullable: true }),
    quartiles: t.field({ type: Quartiles, nullable: true }),
    zeros: t.field({ type: 'BigInt', nullable: true }),
    negatives: t.field({ type: 'BigInt', nullable: true }),
    histogram: t.field({ type: Histogram, nullable: true }),
    length: t.field({ type: TextLength, nullable: true }),
  }),
});

/** A column of the document as GraphQL shows it. */
export const reportColumn = ({ null_count, null_tokens, top_values, type, evidence, ...column }: ColumnReport) => ({
  ...column,
  type: type as 'text',
  evidence: { ...evidence, examples: evidence.examples.map(({ row, value }) => ({ row, value: String(value) })) },
  nullCount: null_count,
  nullTokens: Object.entries(null_tokens).map(([token, count]) => ({ token, count })),
  topValues: top_values,
});
