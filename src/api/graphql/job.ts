import { AttemptOutcome as Outcome, JobState as State } from '../../core/states.ts';
import { requireUuid } from '../../core/uuid.ts';
import { cancelJob } from '../../services/cancel.ts';
import { enqueueDataset } from '../../services/enqueue.ts';
import { attemptsQuery, findJobFor, type Job as JobRow, listJobs } from '../../services/jobs.ts';
import { readPage } from '../../services/paging.ts';
import { builder } from './builder.ts';
import { connectionOf } from './connection.ts';
import { ATTEMPTS_COST } from './limits.ts';

const JobState = builder.enumType(State, { name: 'JobState' });

const AttemptOutcome = builder.enumType(Outcome, {
  name: 'AttemptOutcome',
  values: {
    FAILURE: { description: 'The dataset is not a table, or something went wrong on our side.' },
    FAULT: { description: 'A service that is needed did not answer.' },
    LOST: { description: 'The worker stopped without notice.' },
    HANDED_BACK: { description: 'The worker was shut down.' },
  },
});
builder.prismaObject('Attempt', {
  description: "One worker's try at a job.",
  fields: (t) => ({
    number: t.exposeInt('number'),
    worker: t.exposeString('worker'),
    startedAt: t.expose('startedAt', { type: 'DateTime' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
    outcome: t.field({ type: AttemptOutcome, nullable: true, resolve: ({ outcome }) => outcome as Outcome | null }),
    error: t.exposeString('error', { nullable: true }),
  }),
});

export const Job = builder.prismaObject('Job', {
  fields: (t) => ({
    id: t.exposeID('id'),
    datasetId: t.exposeID('datasetId'),
    celeryTaskId: t.exposeString('celeryTaskId', { nullable: true }),
    state: t.field({ type: JobState, resolve: ({ state }) => state as State }),
    progress: t.exposeInt('progress'),
    queuedAt: t.expose('queuedAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
    error: t.exposeString('error', { nullable: true }),
    rowsProcessed: t.expose('rowsProcessed', { type: 'BigInt' }),
    bytesProcessed: t.expose('bytesProcessed', { type: 'BigInt' }),
    bytesTotal: t.field({
      type: 'BigInt',
      select: { dataset: { select: { sizeBytes: true } } },
      resolve: ({ dataset }) => dataset.sizeBytes,
    }),
    estimatedFinishAt: t.expose('estimatedFinishAt', { type: 'DateTime', nullable: true }),
    cancelRequestedAt: t.expose('cancelRequestedAt', { type: 'DateTime', nullable: true }),
    attempt: t.exposeInt('attempt', { description: 'Number of the attempt; 0 before the first.' }),
    attempts: t.relation('attempts', { complexity: ATTEMPTS_COST, query: attemptsQuery }),
    dataset: t.relation('dataset'),
  }),
});

export const JobConnection = builder.connectionObject({ type: Job, name: 'JobConnection' });

builder.queryField('job', (t) =>
  t.prismaField({
    type: Job,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (query, _root, { id }, services) => findJobFor(services, requireUuid(id), query),
  }),
);
builder.queryField('jobs', (t) =>
  t.field({
    type: JobConnection,
    args: { first: t.arg.int(), after: t.arg.string(), state: t.arg({ type: JobState }), datasetId: t.arg.id() },
    resolve: async (_root, args, services) => {
      const page = readPage(args.first, args.after);
      const datasetId = args.datasetId ? requireUuid(args.datasetId, 'datasetId') : undefined;
      const rows = await listJobs(services, { state: args.state ?? undefined, datasetId }, page);
      return connectionOf(rows, page, (job) => job.queuedAt);
    },
  }),
);
builder.mutationField('processDataset', (t) =>
  t.field({
    type: Job,
    description: 'The active job of the dataset if there is one, the last of a finished dataset, else a new one.',
    args: { id: t.arg.id({ required: true }), force: t.arg.boolean({ defaultValue: false }) },
    resolve: (_root, { id, force }, services) => enqueueDataset(services, requireUuid(id), force ?? false),
  }),
);
builder.mutationField('cancelJob', (t) =>
  t.field({
    type: Job,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, services) => cancelJob(services, requireUuid(id)),
  }),
);
builder.subscriptionField('jobProgress', (t) =>
  t.field({
    type: Job,
    description: 'The job as it stands, then every later change; ends with the terminal state.',
    args: { jobId: t.arg.id({ required: true }) },
    subscribe: (_root, { jobId }, { progress }) => progress.watch(requireUuid(jobId, 'jobId')),
    resolve: (job) => job as JobRow,
  }),
);
