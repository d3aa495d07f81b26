import { isDeepStrictEqual } from 'node:util';
import { CANCELLED, isActive, isTerminal } from '../../src/core/states.ts';
import { reportKey } from '../../src/services/object-keys.ts';
import { wrongInReport } from './contents.ts';
import type { AcceptedJob, Ledger } from './ledger.ts';
import type { ChaosParts } from './stores.ts';

interface JobRow {
  id: string;
  datasetId: string;
  state: string;
  error: string | null;
  attempt: number;
  deadLetterDue: boolean;
  finishedAt: Date | null;
  attempts: { number: number; outcome: string | null; endedAt: Date | null }[];
}
const SLOWEST = 3;
/** Steps of a history that are shown at its beginning and at its end. */
const END_STEPS = 7;
type Audit = Map<string, { what: string; detail: string; at: Date }[]>;

/**
 * All of it, after the last job has ended and the processes have stopped; what does not hold goes into the ledger, with
 * its id.
 */
export async function checkInvariants(parts: ChaosParts, ledger: Ledger): Promise<void> {
  const { database } = parts;
  const audit: Audit = new Map();
  const noted = await database.$queryRaw<{ job: string; what: string; detail: string; at: Date }[]>`
    SELECT job_id::text AS job, what, detail, at FROM chaos_audit ORDER BY at`;
  for (const { job, ...note } of noted) audit.set(job, [...(audit.get(job) ?? []), note]);
  const rows: JobRow[] = await database.job.findMany({ include: { attempts: { orderBy: { number: 'asc' } } } });
  const jobs = new Map(rows.map((row) => [row.id, row]));
  await checkIndex(parts, ledger);
  for (const [id, notes] of audit) checkHistory(id, notes, jobs.has(id), ledger);
  for (const job of rows) {
    if (!audit.has(job.id)) ledger.violate(`job ${job.id} has a row that was never inserted`);
    checkRow(job, parts.config.maxAttempts, ledger);
  }
  for (const job of ledger.jobs.values()) checkAccepted(job, jobs.get(job.id), audit, ledger);
  ledger.slowest = slowest(audit);
  await checkDatasets(parts, rows, ledger);
  await checkObjects(parts, ledger);
}

/** A broker that is away makes hundreds of steps. */
function shortened(steps: string[]): string {
  const left = steps.length - 2 * END_STEPS;
  if (left <= 0) return steps.join(', ');
  return [...steps.slice(0, END_STEPS), `${left} more`, ...steps.slice(-END_STEPS)].join(', ');
}

/**
 * What the jobs that took longest waited for: seconds from the job's row to each change of its state and of its
 * message.
 */
function slowest(audit: Audit): string[] {
  const histories = [...audit].map(([id, notes]) => {
    const began = notes[0]!.at.getTime();
    const at = ({ at }: { at: Date }) => (at.getTime() - began) / 1_000;
    const moves = notes.filter(({ what }) => what === 'moved' || what === 'ended');
    const steps = moves.map((note) => `${at(note).toFixed(1)} ${note.detail}`);
    return { seconds: moves.length > 0 ? at(moves.at(-1)!) : 0, line: `${id}: ${shortened(steps)}` };
  });
  return histories
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST)
    .map(({ line }) => line);
}

/** The database itself holds that a dataset has one active job at most: its index is there, and valid. */
async function checkIndex({ database }: ChaosParts, ledger: Ledger): Promise<void> {
  const found = await database.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
    WHERE relname = 'jobs' AND indisunique AND indisvalid AND indpred IS NOT NULL`;
  if (found.length !== 1) ledger.violate('the index that allows one active job a dataset is not there');
}

/** Of every job that was ever inserted, also of deleted datasets. */
function checkHistory(id: string, notes: { what: string; detail: string }[], isThere: boolean, ledger: Ledger): void {
  const of = (what: string) => notes.filter((note) => note.what === what);
  for (const { detail } of of('changed')) ledger.violate(`job ${id} was changed after its end: ${detail}`);
  for (const { detail } of of('went back')) {
    ledger.count('progress went back');
    ledger.violate(`job ${id} went back: ${detail}`);
  }
  const ends = of('ended').length;
  if (ends > 1) {
    ledger.count('doubled');
    ledger.violate(`job ${id} ended ${ends} times`);
  }
  if (ends === 0) ledger.violate(`job ${id} has not ended`);
  const [deleted] = of('deleted');
  if (deleted && !isTerminal(deleted.detail)) ledger.violate(`job ${id} was deleted while it was ${deleted.detail}`);
  if (!deleted && !isThere) ledger.violate(`job ${id} has gone without a delete`);
}

/** Of every job that is there. */
function checkRow(job: JobRow, maxAttempts: number, ledger: Ledger): void {
  const { id, attempts } = job;
  if (isActive(job.state)) ledger.violate(`job ${id} is still ${job.state}`);
  if (job.deadLetterDue) ledger.violate(`job ${id} has a dead letter that was not sent`);
  if (attempts.some(({ endedAt, outcome }) => !endedAt || !outcome))
    ledger.violate(`job ${id} has an attempt without an end`);
  if (attempts.length !== job.attempt || attempts.some(({ number }, n) => number !== n + 1))
    ledger.violate(`job ${id} has attempts ${attempts.map(({ number }) => number)}, its row says ${job.attempt}`);
  const successes = attempts.filter(({ outcome }) => outcome === 'success').length;
  if (successes > 1) ledger.count('doubled');
  if (successes !== (job.state === 'success' ? 1 : 0))
    ledger.violate(`job ${id} is ${job.state}, and ${successes} of its attempts succeeded`);
  const used = attempts.filter(({ outcome }) => outcome === 'fault' || outcome === 'lost').length;
  if (job.error?.startsWith('Given up') && used < maxAttempts)
    ledger.violate(`job ${id} was given up after ${used} of ${maxAttempts} attempts`);
  ledger.count(`after ${Math.min(attempts.length, 6)} attempts`);
}

/**
 * Of every job that was answered with 202: what its subscriber saw is what its row says, and what its file deserves.
 */
function checkAccepted(job: AcceptedJob, row: JobRow | undefined, audit: Audit, ledger: Ledger): void {
  const { id, content, end } = job;
  const notes = audit.get(id) ?? [];
  if (notes.length === 0 || (!row && !ledger.deletes.has(job.datasetId))) {
    ledger.count('lost');
    ledger.violate(`job ${id} was accepted and is lost`);
  }
  if (!end) {
    ledger.violate(`job ${id} has not ended for its subscriber`);
    return;
  }
  if (row && (row.state !== end.state || row.error !== end.error))
    ledger.violate(
      `job ${id}: its subscriber saw ${end.state} (${end.error}), its row says ${row.state} (${row.error})`,
    );
  const ended = notes.find(({ what }) => what === 'ended');
  if (ended) {
    if (ended.detail !== end.state)
      ledger.violate(`job ${id} ended as ${ended.detail}, its subscriber saw ${end.state}`);
    const after = end.at - ended.at.getTime();
    if (after > ledger.notifiedLast.after) {
      const steps = job.trail.map(({ at, what }) => `${((at - ended.at.getTime()) / 1_000).toFixed(1)} ${what}`);
      ledger.notifiedLast = { after, history: `${id}: ${shortened(steps)}` };
    }
  }
  if (end.state === 'success') {
    ledger.count('success');
    if (content.rows === undefined) ledger.violate(`job ${id} succeeded with a broken file`);
    if (job.cancel === 'confirmed') ledger.violate(`job ${id} succeeded after its cancel was confirmed`);
  } else if (end.error === CANCELLED) {
    ledger.count('cancelled');
    if (job.cancel === 'no') ledger.violate(`job ${id} is cancelled, and nobody wanted that`);
  } else {
    if (job.cancel === 'confirmed') ledger.violate(`job ${id} was cancelled and ended with: ${end.error}`);
    if (end.error?.startsWith('Given up'))
      ledger.count('given up'); // checkRow says whether its attempts were used up
    else {
      ledger.count('broken file');
      if (!content.complaint?.test(end.error ?? '')) ledger.violate(`job ${id} failed with: ${end.error}`);
    }
  }
}

/** Datasets and reports agree with their jobs. */
async function checkDatasets({ database }: ChaosParts, jobs: JobRow[], ledger: Ledger): Promise<void> {
  const ofDataset = Map.groupBy(jobs, ({ datasetId }) => datasetId);
  const datasets = await database.dataset.findMany({ include: { report: { select: { id: true } } } });
  const there = new Set(datasets.map(({ id }) => id));
  for (const dataset of datasets) {
    const { id, status } = dataset;
    if (ledger.deletes.get(id) === 'confirmed') ledger.violate(`dataset ${id} is there after its delete`);
    const own = (ofDataset.get(id) ?? []).filter(({ error }) => error !== CANCELLED);
    const last = own.toSorted((a, b) => Number(a.finishedAt) - Number(b.finishedAt)).at(-1);
    const wanted = last ? (last.state === 'success' ? 'done' : 'failed') : 'uploaded';
    if (status !== wanted) ledger.violate(`dataset ${id} is ${status}, its jobs say ${wanted}`);
    const wantedError = status === 'failed' ? (last?.error ?? null) : null;
    if (dataset.error !== wantedError)
      ledger.violate(`dataset ${id} says ${JSON.stringify(dataset.error)}, its job ${JSON.stringify(wantedError)}`);
    const succeeded = own.some(({ state }) => state === 'success');
    if (succeeded !== (dataset.report !== null))
      ledger.violate(`dataset ${id} has ${dataset.report ? 'a' : 'no'} report, its jobs say otherwise`);
    const rows = ledger.datasets.get(id)?.content.rows;
    if (status === 'done' && dataset.rowCount !== rows)
      ledger.violate(`dataset ${id} has row_count ${dataset.rowCount}, not ${rows}`);
  }
  for (const id of ledger.datasets.keys())
    if (!there.has(id) && !ledger.deletes.has(id)) ledger.violate(`dataset ${id} was stored and is lost`);
  ledger.count('datasets left', datasets.length);
}

/** Every row has its objects, every object its row, and report.json holds what the row holds. */
async function checkObjects({ database, storage, config }: ChaosParts, ledger: Ledger): Promise<void> {
  const uploads = await keysOf(storage, config.uploadsBucket);
  const reports = await keysOf(storage, config.reportsBucket);
  for (const { uploadKey, id } of await database.dataset.findMany({ select: { id: true, uploadKey: true } }))
    if (!uploads.delete(uploadKey)) ledger.violate(`dataset ${id} has no file ${uploadKey}`);
  for (const key of uploads) ledger.violate(`the object ${key} has no row`);
  const dataset = { select: { reportOptions: true } };
  const owners = await database.report.findMany({ select: { datasetId: true, reportKey: true, dataset } });
  for (const { datasetId, reportKey: key, dataset } of owners) {
    const options = dataset.reportOptions;
    if (key !== reportKey(datasetId, options))
      ledger.violate(`the report of dataset ${datasetId} has the key ${key}, which is not that of its options`);
    reports.delete(key.replace(/json$/, 'html')); // written later, or when somebody asks for it
    if (!reports.delete(key)) {
      ledger.violate(`the report of dataset ${datasetId} has no report.json`);
      continue;
    }
    const { reportJson } = await database.report.findUniqueOrThrow({ where: { datasetId } });
    let text = '';
    for await (const chunk of (await storage.get(config.reportsBucket, key)).setEncoding('utf8')) text += chunk;
    const document: unknown = JSON.parse(text);
    if (!isDeepStrictEqual(document, reportJson))
      ledger.violate(`dataset ${datasetId}: report.json and its row hold different values`);
    const { content, asked } = ledger.datasets.get(datasetId) ?? {};
    if (!isDeepStrictEqual((document as { options?: unknown }).options ?? null, options))
      ledger.violate(`dataset ${datasetId}: its report was made with other options than its row says`);
    if (asked && !asked.has(JSON.stringify(options)))
      ledger.violate(`dataset ${datasetId}: nobody asked for the options ${JSON.stringify(options)}`);
    const wrong = content && wrongInReport(content, document);
    if (wrong) ledger.violate(`dataset ${datasetId}: ${wrong}`);
    ledger.count('reports compared');
  }
  for (const key of reports) ledger.violate(`the object ${key} has no row`);
}

async function keysOf(storage: ChaosParts['storage'], bucket: string): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { key } of storage.list(bucket)) keys.add(key);
  return keys;
}
