import { CANCELLED, AttemptOutcome as Outcome, JobState as State } from '../../core/states.ts';
import { requireUuid } from '../../core/uuid.ts';
import { cancelJob } from '../../services/cancel.ts';
import { enqueueDataset } from '../../services/enqueue.ts';
import {
  attemptsQuery,
  countJobs,
  findJobFor,
  type JobFilter,
  type Job as JobRow,
  listJobs,
} from '../../services/jobs.ts';
import { encodeCursor, type Page, readPage } from '../../services/paging.ts';
import type { Services } from '../services.ts';
import { builder } from './builder.ts';
import { connectionOf } from './connection.ts';
import { ATTEMPTS_COST } from './limits.ts';
import { pagingArguments } from './paging-arguments.ts';
import { ReadOptionsInput, readInput } from './read-options.ts';

const JobState = builder.enumType(State, {
  name: 'JobState',
  description: 'Where a job is between its request and its end.',
  values: {
    QUEUED: { description: 'Waits for a worker.' },
    STARTED: { description: 'A worker is at it.' },
    RETRYING: { description: 'An attempt has ended early; the job waits for the next one.' },
    SUCCESS: { description: 'Has ended: the report is stored. This state never changes.' },
    FAILURE: { description: 'Has ended without a report, or was cancelled: see `error`. This state never changes.' },
  },
});

const AttemptOutcome = builder.enumType(Outcome, {
  name: 'AttemptOutcome',
  description: 'How an attempt at a job ended.',
  values: {
    SUCCESS: { description: 'The report is stored.' },
    FAILURE: { description: 'The dataset is not a table, or something went wrong on our side.' },
    FAULT: { description: 'A service that is needed did not answer.' },
    LOST: { description: 'The worker stopped without notice.' },
    HANDED_BACK: { description: 'The worker was shut down.' },
    CANCELLED: { description: 'Somebody asked for it.' },
  },
});
builder.prismaObject('Attempt', {
  description: "One worker's try at a job.",
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counts the attempts at the job, from 1.' }),
    worker: t.exposeString('worker', { description: 'Name of the worker: its host and process.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When the worker took the job.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the attempt ended; null while it runs.',
    }),
    outcome: t.field({
      type: AttemptOutcome,
      nullable: true,
      description: 'How it ended; null while it runs.',
      resolve: ({ outcome }) => outcome as Outcome | null,
    }),
    error: t.exposeString('error', {
      nullable: true,
      description: 'A sentence about what went wrong; null where nothing did.',
    }),
  }),
});

export const Job = builder.prismaObject('Job', {
  description: 'One request to process a dataset. A dataset has at most one job that has not ended.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID of the job, the same as in REST.' }),
    datasetId: t.exposeID('datasetId', { description: 'UUID of the dataset that the job processes.' }),
    celeryTaskId: t.exposeString('celeryTaskId', {
      nullable: true,
      description: "Id of the broker's message; null while the job has not been handed to the broker.",
    }),
    state: t.field({
      type: JobState,
      description: 'Where the job is; `SUCCESS` and `FAILURE` are final.',
      resolve: ({ state }) => state as State,
    }),
    progress: t.exposeInt('progress', {
      description: 'Percent, 0 to 100: 5 when a worker has taken it, 100 when the report is stored. Never goes back.',
    }),
    queuedAt: t.expose('queuedAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its first attempt began; null before that.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null until then.',
    }),
    error: t.exposeString('error', {
      nullable: true,
      description: `Why it failed, in a sentence with the place in the file; \`${CANCELLED}\` where it was cancelled.`,
    }),
    rowsProcessed: t.expose('rowsProcessed', {
      type: 'BigInt',
      description: 'Rows of the data read so far; the header is not counted.',
    }),
    bytesProcessed: t.expose('bytesProcessed', { type: 'BigInt', description: 'Bytes of the file read so far.' }),
    bytesTotal: t.field({
      type: 'BigInt',
      description: 'Size of the file in bytes.',
      select: { dataset: { select: { sizeBytes: true } } },
      resolve: ({ dataset }) => dataset.sizeBytes,
    }),
    estimatedFinishAt: t.expose('estimatedFinishAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it will be done, estimated from its speed so far; null where there is no estimate.',
    }),
    cancelRequestedAt: t.expose('cancelRequestedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When somebody asked to cancel it; null where nobody did.',
    }),
    attempt: t.exposeInt('attempt', { description: 'Number of the current or last attempt; 0 before the first.' }),
    attempts: t.relation('attempts', {
      complexity: ATTEMPTS_COST,
      query: attemptsQuery,
      description: 'All tries at the job, from the first to the last.',
    }),
    dataset: t.relation('dataset', { description: 'What the job processes.' }),
  }),
});

export const JobConnection = builder.connectionObject(
  {
    type: Job,
    name: 'JobConnection',
    description: 'A page of jobs, newest first.',
  },
  { description: 'A job at its place in the list.' },
);

/** A page of jobs. */
export async function jobConnection(services: Services, filter: JobFilter, page: Page) {
  const rows = await listJobs(services, filter, page);
  const cursorOf = ({ queuedAt, id }: JobRow) => encodeCursor(queuedAt, id);
  return connectionOf(rows, page, cursorOf, () => countJobs(services, filter));
}

builder.queryField('job', (t) =>
  t.prismaField({
    type: Job,
    nullable: true,
    description: 'A job by its id; null where there is none.',
    args: { id: t.arg.id({ required: true, description: 'UUID of the job.' }) },
    resolve: (query, _root, { id }, services) => findJobFor(services, requireUuid(id), query),
  }),
);
builder.queryField('jobs', (t) =>
  t.field({
    type: JobConnection,
    description: 'The jobs of all datasets, newest first.',
    args: {
      ...pagingArguments(t.arg),
      state: t.arg({ type: JobState, description: 'Only jobs in this state.' }),
      datasetId: t.arg.id({ description: 'Only jobs of the dataset with this UUID.' }),
    },
    resolve: (_root, args, services) => {
      const page = readPage(args.first, args.after);
      const datasetId = args.datasetId ? requireUuid(args.datasetId, 'datasetId') : undefined;
      return jobConnection(services, { state: args.state ?? undefined, datasetId }, page);
    },
  }),
);
builder.mutationField('processDataset', (t) =>
  t.field({
    type: Job,
    description:
      'The active job of the dataset if there is one, the last of a finished dataset whose report was made with the ' +
      'same options, else a new one. An error `CONFLICT` while it is processed with other options than `options`.',
    args: {
      id: t.arg.id({ required: true, description: 'UUID of the dataset.' }),
      force: t.arg.boolean({
        defaultValue: false,
        description: 'Makes a new job also for a dataset that is done; its report stays until the new one is stored.',
      }),
      options: t.arg({
        type: ReadOptionsInput,
        description: 'How the file is to be read from now on, `{}` for no options. Without it the options stay.',
      }),
    },
    resolve: (_root, { id, force, options }, services) => {
      const given = readInput(options);
      return enqueueDataset(services, requireUuid(id), { isForced: force ?? false, options: given });
    },
  }),
);
builder.mutationField('cancelJob', (t) =>
  t.field({
    type: Job,
    description:
      'Cancels an active job. It ends as a failure with the error `cancelled`, and its dataset goes back to what it ' +
      'was before. An error `CONFLICT` where the job has ended.',
    args: { id: t.arg.id({ required: true, description: 'UUID of the job.' }) },
    resolve: (_root, { id }, services) => cancelJob(services, requireUuid(id)),
  }),
);
builder.subscriptionField('jobProgress', (t) =>
  t.field({
    type: Job,
    description: 'The job as it stands, then every later change; ends with the terminal state.',
    args: { jobId: t.arg.id({ required: true, description: 'UUID of the job.' }) },
    subscribe: (_root, { jobId }, { progress }) => progress.watch(requireUuid(jobId, 'jobId')),
    resolve: (job) => job as JobRow,
  }),
);
