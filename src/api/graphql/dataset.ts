import { DatasetStatus as Status } from '../../core/states.ts';
import { requireUuid } from '../../core/uuid.ts';
import { FORMAT_LABELS } from '../../services/content-type.ts';
import { deleteDataset, findDatasetFor, listDatasets } from '../../services/datasets.ts';
import { latestJobQuery, listJobs } from '../../services/jobs.ts';
import { readPage } from '../../services/paging.ts';
import { loadDatabaseReport } from '../../services/stored-report.ts';
import { requireName, storeUpload } from '../../services/upload.ts';
import { builder } from './builder.ts';
import { connectionOf } from './connection.ts';
import { Job, JobConnection } from './job.ts';
import { REPORT_COST } from './limits.ts';
import { Report } from './report.ts';

const DatasetStatus = builder.enumType(Status, { name: 'DatasetStatus' });

const Dataset = builder.prismaObject('Dataset', {
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    originalFilename: t.exposeString('originalFilename'),
    contentType: t.exposeString('contentType'),
    status: t.field({ type: DatasetStatus, resolve: ({ status }) => status as Status }),
    checksumSha256: t.exposeString('checksumSha256'),
    sizeBytes: t.expose('sizeBytes', { type: 'BigInt' }),
    uploadedAt: t.expose('uploadedAt', { type: 'DateTime' }),
    processedAt: t.expose('processedAt', { type: 'DateTime', nullable: true }),
    rowCount: t.exposeInt('rowCount', { nullable: true }),
    error: t.exposeString('error', { nullable: true }),
    latestJob: t.field({
      type: Job,
      nullable: true,
      // selected with the dataset, so that a list of datasets reads the jobs of all at once
      select: (_args, _context, nested) => ({ jobs: nested(latestJobQuery) }),
      resolve: ({ jobs }) => jobs[0] ?? null,
    }),
    jobs: t.field({
      type: JobConnection,
      args: { first: t.arg.int(), after: t.arg.string() },
      resolve: async ({ id }, args, services) => {
        const page = readPage(args.first, args.after);
        const rows = await listJobs(services, { datasetId: id }, page);
        return connectionOf(rows, page, (job) => job.queuedAt);
      },
    }),
    report: t.field({
      type: Report,
      nullable: true,
      complexity: REPORT_COST,
      resolve: ({ id }, _args, services) => loadDatabaseReport(services, id),
    }),
  }),
});

const DatasetConnection = builder.connectionObject({ type: Dataset, name: 'DatasetConnection' });

builder.queryField('dataset', (t) =>
  t.prismaField({
    type: Dataset,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (query, _root, { id }, services) => findDatasetFor(services, requireUuid(id), query),
  }),
);
builder.queryField('datasets', (t) =>
  t.field({
    type: DatasetConnection,
    args: {
      first: t.arg.int(),
      after: t.arg.string(),
      status: t.arg({ type: DatasetStatus }),
      search: t.arg.string({ description: 'Part of the name, in any case.' }),
    },
    resolve: async (_root, args, services) => {
      const page = readPage(args.first, args.after);
      const filter = { status: args.status ?? undefined, search: args.search || undefined };
      const rows = await listDatasets(services, filter, page);
      return connectionOf(rows, page, (dataset) => dataset.uploadedAt);
    },
  }),
);
builder.mutationField('uploadDataset', (t) =>
  t.field({
    type: Dataset,
    description: `Stores a ${FORMAT_LABELS} file. The same bytes again give the dataset that is there.`,
    args: { name: t.arg.string({ required: true }), file: t.arg({ type: 'Upload', required: true }) },
    resolve: async (_root, { name, file }, services) => {
      const checked = requireName(name);
      const incoming = await file;
      const stored = await storeUpload(services, incoming).catch(async (error) => {
        // the request has failed, and this rejects with its refusal
        if (incoming.signal?.aborted) await incoming.complete;
        throw error;
      });
      try {
        await incoming.complete;
      } catch (error) {
        await stored.discard();
        throw error;
      }
      return (await stored.finish(checked)).dataset;
    },
  }),
);
builder.mutationField('deleteDataset', (t) =>
  t.id({
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, args, services) => {
      const id = requireUuid(args.id);
      await deleteDataset(services, id);
      return id;
    },
  }),
);
