import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { type Api, type DatasetView, type JobView, type Options, Refused, type RowView } from './api.ts';
import type { DatasetOrderField, RowConditionInput } from './generated/graphql.ts';
import { graphql } from './generated/index.ts';
import { validReport } from './valid-report.ts';

const UPLOAD = graphql(
  `mutation Upload($name: String!, $file: Upload!, $options: ReadOptions) {
    uploadDataset(name: $name, file: $file, options: $options) { id name status rowCount error } }`,
);
const DATASET = graphql(
  `query Dataset($id: ID!) { dataset(id: $id) { id name status rowCount error report { json } } }`,
);
const PROCESS = graphql(
  `mutation Process($id: ID!, $force: Boolean, $options: ReadOptions) {
    processDataset(id: $id, force: $force, options: $options) { id datasetId state progress error } }`,
);
const JOB = graphql(`query Job($id: ID!) { job(id: $id) { id datasetId state progress error } }`);
const CANCEL = graphql(`mutation Cancel($id: ID!) { cancelJob(id: $id) { id datasetId state progress error } }`);
const DELETE = graphql(`mutation Delete($id: ID!) { deleteDataset(id: $id) }`);
const RENAME = graphql(
  `mutation Rename($id: ID!, $name: String!) {
    renameDataset(id: $id, name: $name) { id name status rowCount error } }`,
);
const DATASETS = graphql(
  `query Datasets($first: Int, $after: String, $orderBy: DatasetOrder) {
    datasets(first: $first, after: $after, orderBy: $orderBy) {
      edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
);
const ROWS = graphql(
  `query Rows($id: ID!, $where: [RowConditionInput!], $first: Int, $after: String, $count: Boolean!) {
    dataset(id: $id) { rows(where: $where, first: $first, after: $after) {
      edges { cursor node { row line values surplus } } pageInfo { hasNextPage endCursor } ...Count @include(if: $count)
    } } }
  fragment Count on RowConnection { totalCount }`,
);
const PROGRESS = graphql(
  `subscription Progress($jobId: ID!) { jobProgress(jobId: $jobId) { id datasetId state progress error } }`,
);

/** A condition of the product's vocabulary as the schema spells it. */
const inCamelCase = (condition: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(condition).map(([name, value]) => [
      name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      name === 'outlier' ? String(value).toUpperCase() : value,
    ]),
  );

/** Options as the input has them: of those whose values are no enums. */
const inputOf = (options: Options | undefined) => (options ? inCamelCase(options) : options);

interface Answer<Data> {
  data?: Data | null;
  errors?: readonly { message: string; extensions?: { code?: unknown } }[];
}
function take<Data>({ data, errors }: Answer<Data>): Data {
  if (errors?.[0]) throw new Refused(String(errors[0].extensions?.code), errors[0].message);
  return data!;
}
const dataset = (node: DatasetView): DatasetView => ({ ...node, status: node.status.toLowerCase() });
const job = (node: JobView): JobView => ({ ...node, state: node.state.toLowerCase() });

export function graphqlApi(url: string): Api {
  async function send<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const body = JSON.stringify({ query: print(document), variables });
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return take((await response.json()) as Answer<Data>);
  }
  return {
    async upload({ name, content, filename, type, options }) {
      const form = new FormData();
      form.set(
        'operations',
        JSON.stringify({
          query: print(UPLOAD),
          variables: { name: name ?? '', file: null, options: inputOf(options) },
        }),
      );
      form.set('map', '{"0":["variables.file"]}');
      form.set('0', new File([content as string], filename, { type: type ?? '' }));
      const response = await fetch(`${url}/graphql`, { method: 'POST', body: form });
      return dataset(take((await response.json()) as Answer<{ uploadDataset: DatasetView }>).uploadDataset);
    },
    dataset: async (id) => {
      const found = (await send(DATASET, { id })).dataset;
      return found ? dataset(found as DatasetView) : null;
    },
    process: async (id, force = false, options) =>
      job((await send(PROCESS, { id, force, options: inputOf(options) })).processDataset as JobView),
    job: async (id) => {
      const found = (await send(JOB, { id })).job;
      return found ? job(found as JobView) : null;
    },
    report: async (id) => {
      const report = (await send(DATASET, { id })).dataset?.report;
      return report ? validReport(url, report.json) : null;
    },
    cancel: async (id) => job((await send(CANCEL, { id })).cancelJob as JobView),
    remove: async (id) => {
      await send(DELETE, { id });
    },
    rename: async (id, name) => dataset((await send(RENAME, { id, name })).renameDataset as DatasetView),
    async datasets(first, after, order) {
      const orderBy = order && {
        field: order.replace('-', '').toUpperCase() as DatasetOrderField,
        direction: order.startsWith('-') ? ('DESC' as const) : ('ASC' as const),
      };
      const { edges, pageInfo } = (await send(DATASETS, { first, after, orderBy: orderBy || null })).datasets;
      return {
        ids: edges.map((edge) => edge!.node.id),
        next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
      };
    },
    async rows(id, { where, first, after, count = false } = {}) {
      const conditions = where && [where].flat().map(inCamelCase);
      const variables = { id, where: conditions as RowConditionInput[], first, after: after ?? null, count };
      const page = (await send(ROWS, variables)).dataset!.rows;
      return {
        rows: page.edges.map(
          ({ node: { surplus, ...row } }) => ({ ...row, ...(surplus ? { surplus } : {}) }) as RowView,
        ),
        next: page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null,
        ...(count ? { count: page.totalCount! } : {}),
      };
    },
    async *watch(jobId) {
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
      });
      try {
        for await (const answer of client.iterate({ query: print(PROGRESS), variables: { jobId } })) {
          yield job(take(answer as Answer<{ jobProgress: JobView }>).jobProgress);
        }
      } catch (error) {
        // graphql-ws rejects with the list of errors when the subscription itself is refused
        if (Array.isArray(error)) take({ errors: error });
        throw error;
      } finally {
        await client.dispose();
      }
    },
  };
}
