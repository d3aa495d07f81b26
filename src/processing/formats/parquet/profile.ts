import type { ByteSource } from '../../byte-source.ts';
import type { ProfileOptions } from '../../profile-options.ts';
import type { ColumnFacts, FileFacts, Profile, Warning } from '../../profile-types.ts';
import type { Declared } from '../format.ts';
import { profileTypedColumns } from './columns/typed-columns.ts';
import { floatColumns, jsonReading, sourceOf } from './json-reading.ts';
import { ParquetTable } from './table.ts';

/** The token of null in JSON. */
const NULL = 'null';

/** @throws DatasetError with the byte when the file is none of Parquet, or damaged */
export async function profileParquet(
  source: ByteSource,
  options: ProfileOptions,
  declared: Declared,
): Promise<Profile> {
  await using table = await ParquetTable.open(source);
  const profile =
    table.footer.rows === 0
      ? await withoutRows(table, options)
      : ((await ofTypedColumns(table, options)) ?? (await ofRows(table, options, declared)));
  const { columns } = table.footer.schema;
  return {
    ...profile,
    columns: profile.columns.map((facts, i) => ({ ...facts, storedType: columns[i]!.typeName })),
    file: fileFacts(table, declared.format.name),
    warnings: [...eachOnce(table.warnings, profile.warnings), ...table.textWarnings()],
  };
}

/** Names are looked at when the table is opened, and again where they are keys of JSON. */
function eachOnce(ofNames: Warning[], others: Warning[]): Warning[] {
  const isSaid = ({ code, column }: Warning) => ofNames.some((said) => said.code === code && said.column === column);
  return [...ofNames, ...others.filter((warning) => !isSaid(warning))];
}

function fileFacts({ footer, size }: ParquetTable, format: string): FileFacts {
  const { rows, groups, codecs, createdBy } = footer;
  return { format, rows, row_groups: groups.length, codecs, created_by: createdBy, bytes: size };
}

/** @returns undefined where the values have to be read as JSON */
async function ofTypedColumns(table: ParquetTable, options: ProfileOptions): Promise<Profile | undefined> {
  const { footer, names } = table;
  const typed = await profileTypedColumns(table, options);
  if (!typed) return undefined;
  const isFloat = floatColumns(footer.schema);
  const columns = typed.columns
    .map((facts, i) => ({ name: names[i]!, ...facts }))
    .map((facts, i) => (isFloat[i] ? asDecimal(facts) : facts));
  return {
    rowCount: footer.rows,
    columns,
    duplicates: typed.duplicates,
    badRows: { count: 0, examples: [] },
    file: { format: '', bytes: 0 },
    warnings: [],
  };
}

async function ofRows(table: ParquetTable, options: ProfileOptions, declared: Declared): Promise<Profile> {
  const isFloat = floatColumns(table.footer.schema);
  let profile = await readAsJson(table, options, declared);
  // with many infinities they are taken for texts: read once more as what the footer says they are
  const { types = {} } = declared.options ?? {};
  const unlike = profile.columns.filter(
    ({ name, type }, i) => isFloat[i] && type === 'text' && !Object.hasOwn(types, name),
  );
  if (unlike.length > 0) {
    const asDecimals = Object.fromEntries(unlike.map(({ name }) => [name, 'decimal' as const]));
    const again = { ...declared, options: { ...declared.options, types: { ...types, ...asDecimals } } };
    table.restart();
    profile = await readAsJson(table, { ...options, onProgress: undefined, onStage: undefined }, again);
  }
  const columns = profile.columns.map((facts, i) => {
    if (!isFloat[i]) return facts;
    const withTokens = withNans(facts, table.nans[i]!);
    if ((Object.hasOwn(types, facts.name) ? types[facts.name] : 'decimal') !== 'decimal') return withTokens;
    return facts.type === 'text' ? infinite(withTokens, table.infinities[i]!) : asDecimal(withTokens);
  });
  return { ...profile, columns };
}

async function readAsJson(table: ParquetTable, options: ProfileOptions, declared: Declared): Promise<Profile> {
  const json = await jsonReading(declared);
  const { rowLimit, signal, onProgress } = options;
  async function* texts() {
    for await (const { text } of table.batches({ limit: rowLimit, signal })) yield text;
  }
  const told: ProfileOptions = {
    ...options,
    format: json.declared.format.name,
    readOptions: json.declared.options,
    isOfLines: true,
    ...(onProgress && { onProgress: ({ rows }) => onProgress({ bytes: table.bytes, rows }) }),
  };
  return await json.reader.profile(sourceOf(texts()), told, json.declared);
}

/** JSON has one null: those that were NaN are counted by that name. */
function withNans(facts: ColumnFacts, nans: number): ColumnFacts {
  if (nans === 0) return facts;
  const nullTokens = new Map(facts.nullTokens);
  const nulls = (nullTokens.get(NULL) ?? 0) - nans;
  if (nulls > 0) nullTokens.set(NULL, nulls);
  else nullTokens.delete(NULL);
  return { ...facts, nullTokens: new Map([['NaN', nans], ...nullTokens]) };
}

/** Floating-point numbers are decimals, all whole ones too. */
function asDecimal(facts: ColumnFacts): ColumnFacts {
  if (facts.type !== 'integer') return facts;
  const { numeric } = facts;
  return { ...facts, type: 'decimal', numeric: numeric && { ...numeric, valueHistogram: undefined } };
}

/** Of floating-point numbers that are all infinite: there is none that statistics could be of. */
function infinite(facts: ColumnFacts, examples: ColumnFacts['evidence']['examples']): ColumnFacts {
  return {
    ...facts,
    type: 'decimal',
    evidence: { ...facts.evidence, matching: 0, exceptions: facts.count, examples },
    length: undefined,
    resembles: undefined,
    longest: undefined,
  };
}

/** Of a table that has columns and no rows. */
async function withoutRows({ names }: ParquetTable, options: ProfileOptions): Promise<Profile> {
  const { signal, onStage } = options;
  for (const stage of ['parsed', 'statistics', 'anomalies'] as const) {
    signal?.throwIfAborted();
    await onStage?.(stage);
  }
  return {
    rowCount: 0,
    columns: names.map(emptyColumn),
    duplicates: { count: 0, examples: [] },
    badRows: { count: 0, examples: [] },
    file: { format: '', bytes: 0 },
    warnings: [],
  };
}
const emptyColumn = (name: string): ColumnFacts => ({
  name,
  type: 'empty',
  count: 0,
  nullCount: 0,
  nullTokens: new Map(),
  evidence: { matching: 0, exceptions: 0, examples: [] },
  distinct: { count: 0, exact: true },
  topValues: [],
  numeric: undefined,
  range: undefined,
  dateHistogram: undefined,
  length: undefined,
  resembles: undefined,
  longest: undefined,
  pointGroups: undefined,
  whiteSpace: undefined,
  invisible: undefined,
  swallowed: undefined,
});
