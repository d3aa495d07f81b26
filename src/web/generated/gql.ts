/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "fragment WebJob on Job {\n    id state progress error celeryTaskId startedAt finishedAt attempt rowsProcessed bytesProcessed\n  }": typeof types.WebJobFragmentDoc,
    "query WebDatasets(\n    $first: Int, $after: String, $status: DatasetStatus, $search: String, $orderBy: DatasetOrder\n  ) {\n    datasets(first: $first, after: $after, status: $status, search: $search, orderBy: $orderBy) {\n      edges {\n        node {\n          id name status rowCount sizeBytes uploadedAt error\n          alertCounts { errors warnings infos }\n          latestJob { ...WebJob }\n        }\n      }\n      pageInfo { hasNextPage endCursor }\n    } }": typeof types.WebDatasetsDocument,
    "query WebDataset($id: ID!) {\n    dataset(id: $id) {\n      id name status error sizeBytes options\n      latestJob { ...WebJob }\n      report {\n        createdAt rowCount options\n        columns { name type nullCount }\n        suggestions { code message columns options alternatives }\n      }\n    } }": typeof types.WebDatasetDocument,
    "query WebPreview($id: ID!, $options: ReadOptions) {\n    previewDataset(id: $id, options: $options) {\n      columns { name type }\n      rows { row line values surplus }\n      rowsRead file\n      warnings { code message }\n      suggestions { code message columns options alternatives }\n    } }": typeof types.WebPreviewDocument,
    "mutation WebProcess($id: ID!, $force: Boolean, $options: ReadOptions) {\n    processDataset(id: $id, force: $force, options: $options) { id } }": typeof types.WebProcessDocument,
    "mutation WebCancel($id: ID!) { cancelJob(id: $id) { id } }": typeof types.WebCancelDocument,
    "mutation WebDelete($id: ID!) { deleteDataset(id: $id) }": typeof types.WebDeleteDocument,
    "mutation WebRename($id: ID!, $name: String!) { renameDataset(id: $id, name: $name) { id name } }": typeof types.WebRenameDocument,
    "subscription WebProgress($jobId: ID!) {\n    jobProgress(jobId: $jobId) { ...WebJob } }": typeof types.WebProgressDocument,
};
const documents: Documents = {
    "fragment WebJob on Job {\n    id state progress error celeryTaskId startedAt finishedAt attempt rowsProcessed bytesProcessed\n  }": types.WebJobFragmentDoc,
    "query WebDatasets(\n    $first: Int, $after: String, $status: DatasetStatus, $search: String, $orderBy: DatasetOrder\n  ) {\n    datasets(first: $first, after: $after, status: $status, search: $search, orderBy: $orderBy) {\n      edges {\n        node {\n          id name status rowCount sizeBytes uploadedAt error\n          alertCounts { errors warnings infos }\n          latestJob { ...WebJob }\n        }\n      }\n      pageInfo { hasNextPage endCursor }\n    } }": types.WebDatasetsDocument,
    "query WebDataset($id: ID!) {\n    dataset(id: $id) {\n      id name status error sizeBytes options\n      latestJob { ...WebJob }\n      report {\n        createdAt rowCount options\n        columns { name type nullCount }\n        suggestions { code message columns options alternatives }\n      }\n    } }": types.WebDatasetDocument,
    "query WebPreview($id: ID!, $options: ReadOptions) {\n    previewDataset(id: $id, options: $options) {\n      columns { name type }\n      rows { row line values surplus }\n      rowsRead file\n      warnings { code message }\n      suggestions { code message columns options alternatives }\n    } }": types.WebPreviewDocument,
    "mutation WebProcess($id: ID!, $force: Boolean, $options: ReadOptions) {\n    processDataset(id: $id, force: $force, options: $options) { id } }": types.WebProcessDocument,
    "mutation WebCancel($id: ID!) { cancelJob(id: $id) { id } }": types.WebCancelDocument,
    "mutation WebDelete($id: ID!) { deleteDataset(id: $id) }": types.WebDeleteDocument,
    "mutation WebRename($id: ID!, $name: String!) { renameDataset(id: $id, name: $name) { id name } }": types.WebRenameDocument,
    "subscription WebProgress($jobId: ID!) {\n    jobProgress(jobId: $jobId) { ...WebJob } }": types.WebProgressDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment WebJob on Job {\n    id state progress error celeryTaskId startedAt finishedAt attempt rowsProcessed bytesProcessed\n  }"): (typeof documents)["fragment WebJob on Job {\n    id state progress error celeryTaskId startedAt finishedAt attempt rowsProcessed bytesProcessed\n  }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query WebDatasets(\n    $first: Int, $after: String, $status: DatasetStatus, $search: String, $orderBy: DatasetOrder\n  ) {\n    datasets(first: $first, after: $after, status: $status, search: $search, orderBy: $orderBy) {\n      edges {\n        node {\n          id name status rowCount sizeBytes uploadedAt error\n          alertCounts { errors warnings infos }\n          latestJob { ...WebJob }\n        }\n      }\n      pageInfo { hasNextPage endCursor }\n    } }"): (typeof documents)["query WebDatasets(\n    $first: Int, $after: String, $status: DatasetStatus, $search: String, $orderBy: DatasetOrder\n  ) {\n    datasets(first: $first, after: $after, status: $status, search: $search, orderBy: $orderBy) {\n      edges {\n        node {\n          id name status rowCount sizeBytes uploadedAt error\n          alertCounts { errors warnings infos }\n          latestJob { ...WebJob }\n        }\n      }\n      pageInfo { hasNextPage endCursor }\n    } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query WebDataset($id: ID!) {\n    dataset(id: $id) {\n      id name status error sizeBytes options\n      latestJob { ...WebJob }\n      report {\n        createdAt rowCount options\n        columns { name type nullCount }\n        suggestions { code message columns options alternatives }\n      }\n    } }"): (typeof documents)["query WebDataset($id: ID!) {\n    dataset(id: $id) {\n      id name status error sizeBytes options\n      latestJob { ...WebJob }\n      report {\n        createdAt rowCount options\n        columns { name type nullCount }\n        suggestions { code message columns options alternatives }\n      }\n    } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query WebPreview($id: ID!, $options: ReadOptions) {\n    previewDataset(id: $id, options: $options) {\n      columns { name type }\n      rows { row line values surplus }\n      rowsRead file\n      warnings { code message }\n      suggestions { code message columns options alternatives }\n    } }"): (typeof documents)["query WebPreview($id: ID!, $options: ReadOptions) {\n    previewDataset(id: $id, options: $options) {\n      columns { name type }\n      rows { row line values surplus }\n      rowsRead file\n      warnings { code message }\n      suggestions { code message columns options alternatives }\n    } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation WebProcess($id: ID!, $force: Boolean, $options: ReadOptions) {\n    processDataset(id: $id, force: $force, options: $options) { id } }"): (typeof documents)["mutation WebProcess($id: ID!, $force: Boolean, $options: ReadOptions) {\n    processDataset(id: $id, force: $force, options: $options) { id } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation WebCancel($id: ID!) { cancelJob(id: $id) { id } }"): (typeof documents)["mutation WebCancel($id: ID!) { cancelJob(id: $id) { id } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation WebDelete($id: ID!) { deleteDataset(id: $id) }"): (typeof documents)["mutation WebDelete($id: ID!) { deleteDataset(id: $id) }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation WebRename($id: ID!, $name: String!) { renameDataset(id: $id, name: $name) { id name } }"): (typeof documents)["mutation WebRename($id: ID!, $name: String!) { renameDataset(id: $id, name: $name) { id name } }"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription WebProgress($jobId: ID!) {\n    jobProgress(jobId: $jobId) { ...WebJob } }"): (typeof documents)["subscription WebProgress($jobId: ID!) {\n    jobProgress(jobId: $jobId) { ...WebJob } }"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;