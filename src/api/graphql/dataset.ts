import { DatasetStatus as Status } from '../../core/states.ts';
import { requireUuid } from '../../core/uuid.ts';
import { whole } from '../../report/formatting.ts';
import { FORMAT_LABELS } from '../../services/content-type.ts';
import { MAX_NAME, requireName } from '../../services/dataset-name.ts';
import {
  countDatasets,
  deleteDataset,
  findDatasetFor,
  listDatasets,
  readStoredOptions,
  renameDataset,
} from '../../services/datasets.ts';
import { latestJobQuery } from '../../services/jobs.ts';
import { type DatasetOrder, datasetCursor, readDatasetPage, readPage } from '../../services/paging.ts';
import { loadDatabaseReport } from '../../services/stored-report.ts';
import { storeUpload } from '../../services/upload.ts';
import { builder } from './builder.ts';
import { connectionOf } from './connection.ts';
import { Job, JobConnection, jobConnection } from './job.ts';
import { OPTIONS_COST, REPORT_COST } from './limits.ts';
import { pagingArguments } from './paging-arguments.ts';
import { ReadOptionsInput, readInput } from './read-options.ts';
import { Report } from './report.ts';

const NAME = `1 to ${whole(MAX_NAME)} characters; white space around it is dropped.`;

const DatasetStatus = builder.enumType(Status, {
  name: 'DatasetStatus',
  description: 'What has become of a dataset.',
  values: {
    UPLOADED: { description: 'Stored, and never processed to an end.' },
    PROCESSING: { description: 'A worker is at its job.' },
    DONE: { description: 'Its last job succeeded: it has a report.' },
    FAILED: { description: 'Its last job failed: see `error`.' },
  },
});

const AlertCounts = builder.simpleObject('AlertCounts', {
  description: 'How many alerts a report has, by severity.',
  fields: (t) => ({
    errors: t.int({
      description: 'Alerts of the severity `error`: figures of the report are wrong until it is mended.',
    }),
    warnings: t.int({ description: 'Alerts of the severity `warning`: to look at before the data is used.' }),
    infos: t.int({ description: 'Alerts of the severity `info`: good to know.' }),
  }),
});

const Dataset = builder.prismaObject('Dataset', {
  description: 'An uploaded file with its name and lifecycle. The same bytes are one dataset.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID of the dataset, the same as in REST.' }),
    name: t.exposeString('name', { description: 'What its owner calls it; `renameDataset` changes it.' }),
    originalFilename: t.exposeString('originalFilename', {
      description: 'Name of the file as it was uploaded, without folders.',
    }),
    contentType: t.exposeString('contentType', {
      description: 'Media type by which the file is read and given back: `text/csv` or `application/json`.',
    }),
    status: t.field({
      type: DatasetStatus,
      description: 'What has become of it.',
      resolve: ({ status }) => status as Status,
    }),
    checksumSha256: t.exposeString('checksumSha256', {
      description: "SHA-256 of the file's bytes, as 64 hexadecimal digits.",
    }),
    sizeBytes: t.expose('sizeBytes', { type: 'BigInt', description: 'Size of the file in bytes.' }),
    uploadedAt: t.expose('uploadedAt', { type: 'DateTime', description: 'When its bytes were first stored.' }),
    processedAt: t.expose('processedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its report was stored; null without one.',
    }),
    options: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'How it is to be read, as somebody has said, with the members of REST and the report; null where nothing was ' +
        'said. `report.options` has those of the report.',
      complexity: OPTIONS_COST,
      // not in the rows that are listed
      resolve: ({ id }, _args, services) => readStoredOptions(services, id),
    }),
    rowCount: t.exposeInt('rowCount', {
      nullable: true,
      description: 'Rows of the data by its report, the header not counted; null without one.',
    }),
    alertCounts: t.field({
      type: AlertCounts,
      nullable: true,
      description: 'Alerts of its report, without reading it; null without one.',
      resolve: ({ alertErrors, alertWarnings, alertInfos }) =>
        alertErrors === null ? null : { errors: alertErrors, warnings: alertWarnings ?? 0, infos: alertInfos ?? 0 },
    }),
    error: t.exposeString('error', {
      nullable: true,
      description: 'Why its last job failed, in a sentence with the place in the file; null where it did not.',
    }),
    latestJob: t.field({
      type: Job,
      nullable: true,
      description: 'The job that was asked for last; null where none was.',
      // selected with the dataset, so that a list of datasets reads the jobs of all at once
      select: (_args, _context, nested) => ({ jobs: nested(latestJobQuery) }),
      resolve: ({ jobs }) => jobs[0] ?? null,
    }),
    jobs: t.field({
      type: JobConnection,
      description: 'All its jobs, newest first.',
      args: pagingArguments(t.arg),
      resolve: ({ id }, args, services) => jobConnection(services, { datasetId: id }, readPage(args.first, args.after)),
    }),
    report: t.field({
      type: Report,
      nullable: true,
      description: 'What is in the file, and what is wrong with it; null until it has been processed.',
      complexity: REPORT_COST,
      resolve: ({ id }, _args, services) => loadDatabaseReport(services, id),
    }),
  }),
});

const DatasetConnection = builder.connectionObject(
  {
    type: Dataset,
    name: 'DatasetConnection',
    description: 'A page of datasets.',
  },
  { description: 'A dataset at its place in the list.' },
);

const DatasetOrderField = builder.enumType('DatasetOrderField', {
  description: 'What datasets can be sorted by. Of equal ones the id decides.',
  values: {
    UPLOADED_AT: { value: 'uploaded_at', description: 'When the file was first stored.' },
    NAME: { value: 'name', description: 'Name, small and capital letters alike, by code points.' },
    SIZE: { value: 'size', description: 'Bytes of the file.' },
    ROWS: { value: 'rows', description: 'Rows of the data; a dataset without a report counts as less than any.' },
    ALERTS: {
      value: 'alerts',
      description:
        'Alerts of the report: errors, then warnings, then infos; a dataset without a report counts as less than any.',
    },
  } as const,
});
const OrderDirection = builder.enumType('OrderDirection', {
  description: 'Which end of an order comes first.',
  values: {
    ASC: { value: 'asc', description: 'From the least to the greatest: A first, the oldest first.' },
    DESC: { value: 'desc', description: 'From the greatest to the least: the newest first, the largest first.' },
  } as const,
});
const DatasetOrderInput = builder.inputType('DatasetOrder', {
  description: 'How a list of datasets is sorted.',
  fields: (t) => ({
    field: t.field({
      type: DatasetOrderField,
      required: true,
      defaultValue: 'uploaded_at',
      description: 'What is compared.',
    }),
    direction: t.field({
      type: OrderDirection,
      required: true,
      defaultValue: 'desc',
      description: 'Which end comes first.',
    }),
  }),
});

builder.queryField('dataset', (t) =>
  t.prismaField({
    type: Dataset,
    nullable: true,
    description: 'A dataset by its id; null where there is none.',
    args: { id: t.arg.id({ required: true, description: 'UUID of the dataset.' }) },
    resolve: (query, _root, { id }, services) => findDatasetFor(services, requireUuid(id), query),
  }),
);
builder.queryField('datasets', (t) =>
  t.field({
    type: DatasetConnection,
    description: 'The datasets, newest first or in the order that is asked for.',
    args: {
      ...pagingArguments(t.arg),
      status: t.arg({ type: DatasetStatus, description: 'Only datasets of which this has become.' }),
      search: t.arg.string({ description: 'Part of the name, in any case.' }),
      orderBy: t.arg({
        type: DatasetOrderInput,
        description: 'How the list is sorted; not given: by `UPLOADED_AT`, newest first.',
      }),
    },
    resolve: async (_root, args, services) => {
      const order: DatasetOrder = args.orderBy ?? { field: 'uploaded_at', direction: 'desc' };
      const page = readDatasetPage(args.first, args.after, order);
      const filter = { status: args.status ?? undefined, search: args.search || undefined };
      const rows = await listDatasets(services, filter, page);
      return connectionOf(
        rows,
        page,
        (dataset) => datasetCursor(dataset, order),
        () => countDatasets(services, filter),
      );
    },
  }),
);
builder.mutationField('uploadDataset', (t) =>
  t.field({
    type: Dataset,
    description: `Stores a ${FORMAT_LABELS} file. The same bytes again give the dataset that is there.`,
    args: {
      name: t.arg.string({ required: true, description: `What the dataset is to be called. ${NAME}` }),
      file: t.arg({
        type: 'Upload',
        required: true,
        description: 'The file, as a part of a multipart request; at most MAX_UPLOAD_BYTES.',
      }),
      options: t.arg({
        type: ReadOptionsInput,
        description:
          'How the file is to be read. A stored dataset of the same bytes takes them too, `{}` for no options; ' +
          'without it its options stay.',
      }),
    },
    resolve: async (_root, { name, file, options }, services) => {
      const checked = requireName(name);
      const given = readInput(options);
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
      return (await stored.finish(checked, given)).dataset;
    },
  }),
);
builder.mutationField('renameDataset', (t) =>
  t.field({
    type: Dataset,
    description: "Gives a dataset another name, on its report's page too. Names need not differ.",
    args: {
      id: t.arg.id({ required: true, description: 'UUID of the dataset.' }),
      name: t.arg.string({ required: true, description: `The new name. ${NAME}` }),
    },
    resolve: (_root, { id, name }, services) => renameDataset(services, requireUuid(id), name),
  }),
);
builder.mutationField('deleteDataset', (t) =>
  t.id({
    description:
      'Removes a dataset with its jobs, report and objects, and gives its id back. An error `CONFLICT` while a job ' +
      'is active.',
    args: { id: t.arg.id({ required: true, description: 'UUID of the dataset.' }) },
    resolve: async (_root, args, services) => {
      const id = requireUuid(args.id);
      await deleteDataset(services, id);
      return id;
    },
  }),
);
