import { Ajv2020 } from 'ajv/dist/2020.js';
import { SpillFile } from '../../src/infra/engine/spill-file.ts';
import { DatasetError, type Place } from '../../src/processing/errors.ts';
import { profileDataset } from '../../src/processing/profile.ts';
import { buildReport } from '../../src/report/build-report.ts';
import type { ReportDocument } from '../../src/report/document.ts';
import { reportSchema } from '../../src/report/report-schema.ts';
import { reportText } from '../../src/report/report-text.ts';
import { type Input, randomNumbers } from './mutate.ts';

const validate = new Ajv2020({ allowUnionTypes: true }).compile(reportSchema);

async function* pieces(bytes: Buffer, sizes: () => number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const to = Math.min(bytes.length, at + sizes());
    yield bytes.subarray(at, to);
    at = to;
  }
}
/** As the worker does it, with a spill. */
async function outcomeOf({ bytes, format }: Input, sizes: () => number): Promise<Result> {
  using spill = new SpillFile();
  try {
    return { report: reportText(buildReport(await profileDataset(pieces(bytes, sizes), { format, spill }))) };
  } catch (error) {
    if (error instanceof DatasetError) return { message: error.message, place: error.place };
    throw error;
  }
}

/** What cannot be so in any report, whatever the file. */
function contradiction(report: ReportDocument): string | undefined {
  const { row_count: rows, columns, anomalies } = report;
  if (new Set(columns.map(({ name }) => name)).size !== columns.length) return 'two columns have one name';
  if (Object.keys(report.null_counts).length !== columns.length) return 'null_counts has not every column';
  if (rows > 0 && anomalies.duplicates.count >= rows) return 'every row is a duplicate';
  if (report.bad_rows.count > rows) return 'more bad rows than rows';
  for (const column of columns) {
    const { name, count, null_count, evidence, histogram, distinct, top_values } = column;
    const says = (what: string) => `column ${JSON.stringify(name)}: ${what}`;
    if (count + null_count !== rows) return says('values and nulls are not the rows');
    if (report.null_counts[name] !== null_count) return says('null_counts says something else');
    if (Object.values(column.null_tokens).reduce((a, b) => a + b, 0) !== null_count)
      return says('tokens are not the nulls');
    if (evidence.matching + evidence.exceptions !== count) return says('evidence is not the values');
    if (evidence.examples.length !== Math.min(10, evidence.exceptions)) return says('exceptions are not shown');
    if (distinct?.exact && (distinct.count > count || (count > 0 && distinct.count < 1)))
      return says('distinct values');
    if (distinct?.exact && top_values.length !== Math.min(10, distinct.count)) return says('top values');
    const numeric = column.type === 'integer' || column.type === 'decimal';
    if (numeric !== Object.hasOwn(report.numeric, name) || numeric !== Object.hasOwn(anomalies.outliers, name))
      return says('numeric and outliers are not of the columns of numbers');
    if (histogram && histogram.counts.reduce((a, b) => a + b) !== evidence.matching)
      return says('the histogram lost values');
    if (numeric && !(Number(column.min) <= column.mean! && column.mean! <= Number(column.max)))
      return says('the mean lies outside');
  }
  return undefined;
}

/**
 * Where the fault is. Every message about a part of a file must name it: line, column and byte of a JSON file; line and
 * byte of a CSV.
 */
function placeFault(
  { bytes, format }: Input,
  { message, place }: { message: string; place: Place },
): string | undefined {
  if (!/^[A-Z].*\.$/s.test(message)) return `no sentence: ${message}`;
  // nothing can be pointed at in a file without bytes, or of another kind
  const isOfWhole = bytes.length === 0 || /^This looks like .*, not an? /.test(message);
  const wanted = isOfWhole
    ? []
    : format === 'csv'
      ? (['line', 'byte'] as const)
      : (['line', 'column', 'byte'] as const);
  const missing = wanted.find((key) => place[key] === undefined);
  if (missing) return `no ${missing}: ${message}`;
  if (isOfWhole) return undefined;
  if (place.byte! < 0 || place.byte! > bytes.length) return `a byte outside the file: ${message}`;
  if ([place.row, place.line, place.column].some((value) => value !== undefined && Number(value) < 1))
    return `a place before 1: ${message}`;
  return undefined;
}

/** What the engine makes of an input: a report's text, or the sentence and place of an error. */
export type Result = { report: string } | { message: string; place: Place } | { differs: string };

/** Profiles an input twice, in one piece and in many. Anything thrown is a crash. */
export async function resultOf(input: Input, seed: number): Promise<Result> {
  const large = input.bytes.length > 100_000;
  // what an earlier profile left behind is not what this one needs
  if (large) globalThis.gc?.();
  const whole = await outcomeOf(input, () => input.bytes.length);
  if (large) globalThis.gc?.();
  const random = randomNumbers(seed);
  // small pieces for small files only: a piece costs time
  const most = input.bytes.length < 20_000 ? 40 : 200_000;
  const cut = await outcomeOf(input, () => 1 + Math.floor(random() ** 2 * most));
  const [a, b] = [textOf(whole), textOf(cut)];
  return a === b ? whole : { differs: firstDifference(a, b) };
}
const textOf = (result: Result) => ('report' in result ? result.report : JSON.stringify(result));

/** What is wrong with a result; `undefined` when nothing is. */
export function faultOf(input: Input, result: Result): string | undefined {
  if ('differs' in result) return `another result when the stream is cut differently: ${result.differs}`;
  if ('message' in result) return placeFault(input, result);
  // V8 reads a key with an escape as another with a backslash that it has read before (nodejs/node#63785): no
  // backslashes
  const text = result.report.replace(/\\(.)/g, (whole, what) => (what === '\\' ? '\ue000' : whole));
  const report = JSON.parse(text) as ReportDocument;
  if (!validate(report)) return `not valid by the schema: ${JSON.stringify(validate.errors)}`;
  return contradiction(report);
}
function firstDifference(a: string, b: string): string {
  let at = 0;
  while (a[at] === b[at]) at++;
  return `${a.slice(Math.max(0, at - 100), at + 100)} | ${b.slice(Math.max(0, at - 100), at + 100)}`;
}
