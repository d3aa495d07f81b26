import { COLUMN_KINDS, type ColumnKind } from '../../report/column-kinds.ts';
import { AGREEING_PERCENT, COLUMN_TYPES, DATE_UNITS, RESEMBLED_TYPES } from '../../report/column-schema.ts';
import type { WrittenColumn } from '../../report/document.ts';
import { jsonOf } from '../../report/report-text.ts';
import { builder } from './builder.ts';

/** Texts of the report as values of an enum: `INTEGER` stands for `integer`. */
const enumValues = <T extends string>(texts: readonly T[], descriptions: Record<T, string>) =>
  Object.fromEntries(
    texts.map((text) => [text.toUpperCase(), { value: text, description: descriptions[text] }]),
  ) as unknown as Record<Uppercase<T>, { readonly value: T }>;

const ColumnType = builder.enumType('ColumnType', {
  description: `What the values of a column are: given when at least ${AGREEING_PERCENT} % of them agree.`,
  values: enumValues(COLUMN_TYPES, {
    integer: 'Numbers that are all written without point and exponent.',
    decimal: 'Numbers of which some are written with a point or an exponent.',
    boolean: '`true` and `false`, in any case.',
    date: 'Days, as `YYYY-MM-DD`.',
    datetime: 'Days with a time of day, in ISO 8601, with or without a zone.',
    json: 'Nested values: objects and arrays of a JSON file.',
    text: 'Anything else, codes with leading zeros among them.',
    empty: 'Nothing but nulls.',
  }),
});
const ColumnKinds = builder.enumType('ColumnKind', {
  description: 'What the values of a column stand for; it follows from its name and its facts.',
  values: Object.fromEntries(
    Object.entries(COLUMN_KINDS).map(([kind, description]) => [kind.toUpperCase(), { value: kind, description }]),
  ) as Record<Uppercase<ColumnKind>, { readonly value: ColumnKind; description: string }>,
});
const TOKEN = 'How the nulls are written; an empty text for fields that are empty or missing.';
const NullToken = builder.simpleObject('NullToken', {
  description: 'How many nulls are written in one way.',
  fields: (t) => ({ token: t.string({ description: TOKEN }), count: t.field({ type: 'BigInt' }) }),
});
const PlacedText = builder.simpleObject('PlacedText', {
  description: 'A value at its place in the file.',
  fields: (t) => ({ row: t.field({ type: 'BigInt' }), value: t.string() }),
});
const Evidence = builder.simpleObject('Evidence', {
  description: 'How sure the type of a column is.',
  fields: (t) => ({
    matching: t.field({ type: 'BigInt' }),
    exceptions: t.field({ type: 'BigInt' }),
    strings: t.field({ type: 'BigInt', nullable: true }),
    examples: t.field({ type: [PlacedText] }),
  }),
});
const Distinct = builder.simpleObject('Distinct', {
  description: 'How many different values a column has.',
  fields: (t) => ({
    count: t.field({ type: 'BigInt' }),
    exact: t.boolean(),
    method: t.string({ nullable: true }),
  }),
});
const CountedValue = builder.simpleObject('CountedValue', {
  description: 'A value, and how often it occurs.',
  fields: (t) => ({ value: t.string(), count: t.field({ type: 'BigInt' }) }),
});
const Quartiles = builder.simpleObject('Quartiles', {
  description: 'The three values that part the sorted numbers of a column into four equal shares.',
  fields: (t) => ({ q1: t.float(), median: t.float(), q3: t.float() }),
});
const Histogram = builder.simpleObject('Histogram', {
  description: 'How the numbers of a column are spread over bins of equal width.',
  fields: (t) => ({ edges: t.floatList(), counts: t.field({ type: ['BigInt'] }) }),
});
const DateUnit = builder.enumType('DateUnit', {
  description: 'A unit of the calendar.',
  values: enumValues(DATE_UNITS, {
    minute: '60 seconds, from a full minute on.',
    hour: '60 minutes, from a full hour on.',
    day: 'From midnight to midnight in UTC.',
    month: 'From the first of a month to its end.',
    year: 'From the first of January to the end of December.',
    decade: 'Ten years, from one that ends in 0.',
    century: 'A hundred years, from one that ends in 00.',
  }),
});
const DateHistogram = builder.simpleObject('DateHistogram', {
  description: 'Dates and datetimes by calendar units, in UTC.',
  fields: (t) => ({
    unit: t.field({ type: DateUnit }),
    edges: t.stringList({ description: 'The beginning of every unit in ISO 8601, and the end of the last.' }),
    counts: t.field({ type: ['BigInt'], description: 'Values in each unit.' }),
  }),
});
const TextLength = builder.simpleObject('TextLength', {
  description: 'Lengths of texts, in Unicode code points.',
  fields: (t) => ({
    min: t.field({ type: 'BigInt' }),
    max: t.field({ type: 'BigInt' }),
    mean: t.float({ description: 'Arithmetic mean of the lengths, in code points.' }),
  }),
});

const CountedSpelling = builder.simpleObject('CountedSpelling', {
  description: 'One way in which numbers or dates are written, and how many are.',
  fields: (t) => ({ like: t.string(), count: t.field({ type: 'BigInt' }) }),
});
const ResembledType = builder.enumType('ResembledType', {
  description: 'What most values of a text column are, however they are written.',
  values: enumValues(RESEMBLED_TYPES, {
    number: 'Numbers, with group separators, currencies or units too.',
    date: 'Dates in any usual spelling.',
    boolean: 'Truth values, such as `yes` and `no`.',
  }),
});
const Resemblance = builder.simpleObject('Resemblance', {
  description: 'The type that most values of a text column have, however they are written.',
  fields: (t) => ({
    type: t.field({ type: ResembledType }),
    matching: t.field({ type: 'BigInt' }),
    exceptions: t.field({ type: 'BigInt' }),
    spellings: t.field({ type: [CountedSpelling] }),
    first: t.field({ type: PlacedText, nullable: true }),
    codes: t.field({ type: 'BigInt', nullable: true }),
    firstCode: t.field({ type: PlacedText, nullable: true }),
    examples: t.field({ type: [PlacedText] }),
  }),
});
const LongestTexts = builder.simpleObject('LongestTexts', {
  description: 'Texts of exactly the greatest length, which may have been cut there.',
  fields: (t) => ({ count: t.field({ type: 'BigInt' }), next: t.field({ type: 'BigInt' }), lengths: t.int() }),
});
const NotedValue = builder.simpleObject('NotedValue', {
  description: 'How many values of a column are of a kind, and the first of them.',
  fields: (t) => ({ count: t.field({ type: 'BigInt' }), row: t.field({ type: 'BigInt' }), value: t.string() }),
});
const InvisibleCharacter = builder.simpleObject('InvisibleCharacter', {
  description: 'A character that does not show, and where it first occurs.',
  fields: (t) => ({
    codePoint: t.string(),
    count: t.field({ type: 'BigInt' }),
    row: t.field({ type: 'BigInt' }),
    value: t.string(),
  }),
});
const SwallowedRows = builder.simpleObject('SwallowedRows', {
  description: 'Values over several lines that would each be a row.',
  fields: (t) => ({
    count: t.field({ type: 'BigInt' }),
    lines: t.field({ type: 'BigInt' }),
    row: t.field({ type: 'BigInt' }),
    value: t.string(),
  }),
});

/** The facts of a column; what does not belong to its type is null. */
export const ReportColumn = builder.simpleObject('ReportColumn', {
  description: 'The facts of one column; what does not belong to its type is null.',
  fields: (t) => ({
    name: t.string(),
    position: t.int(),
    type: t.field({ type: ColumnType }),
    kind: t.field({ type: ColumnKinds, description: 'What the values stand for.' }),
    storedType: t.string({
      nullable: true,
      description: 'How a typed file stores the values: its logical or physical type, such as `DECIMAL(38,10)`.',
    }),
    count: t.field({ type: 'BigInt' }),
    nullCount: t.field({ type: 'BigInt' }),
    nullTokens: t.field({ type: [NullToken] }),
    evidence: t.field({ type: Evidence }),
    distinct: t.field({ type: Distinct, nullable: true }),
    topValues: t.field({ type: [CountedValue] }),
    min: t.field({ type: 'JSON', nullable: true }),
    max: t.field({ type: 'JSON', nullable: true }),
    mean: t.float({ nullable: true }),
    std: t.float({ nullable: true }),
    quartiles: t.field({ type: Quartiles, nullable: true }),
    zeros: t.field({ type: 'BigInt', nullable: true }),
    negatives: t.field({ type: 'BigInt', nullable: true }),
    histogram: t.field({ type: Histogram, nullable: true }),
    valueHistogram: t.field({
      type: Histogram,
      nullable: true,
      description: 'A bar for every value, of whole numbers of few different values.',
    }),
    logHistogram: t.field({
      type: Histogram,
      nullable: true,
      description: 'Bins of equal ratio, where nearly all values are in one bin of `histogram`.',
    }),
    dateHistogram: t.field({
      type: DateHistogram,
      nullable: true,
      description: 'Dates and datetimes by the finest unit of the calendar of which there are at most 120.',
    }),
    length: t.field({ type: TextLength, nullable: true }),
    resembles: t.field({ type: Resemblance, nullable: true }),
    longest: t.field({ type: LongestTexts, nullable: true }),
    pointGroups: t.field({ type: 'BigInt', nullable: true }),
    whiteSpace: t.field({ type: NotedValue, nullable: true }),
    invisible: t.field({ type: [InvisibleCharacter], nullable: true }),
    swallowed: t.field({ type: SwallowedRows, nullable: true }),
  }),
});

/** A column of the report as GraphQL shows it. */
export const reportColumn = ({
  null_count,
  null_tokens,
  top_values,
  min,
  max,
  value_histogram,
  log_histogram,
  date_histogram,
  resembles,
  point_groups,
  white_space,
  invisible,
  ...column
}: WrittenColumn) => ({
  ...column,
  nullCount: null_count,
  nullTokens: Object.entries(null_tokens).map(([token, count]) => ({ token, count })),
  topValues: top_values,
  min: jsonOf(min),
  max: jsonOf(max),
  valueHistogram: value_histogram,
  logHistogram: log_histogram,
  dateHistogram: date_histogram,
  resembles: resembles && { ...resembles, firstCode: resembles.first_code },
  pointGroups: point_groups,
  whiteSpace: white_space,
  invisible: invisible?.map(({ code_point, ...noted }) => ({ codePoint: code_point, ...noted })),
});
