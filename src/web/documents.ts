import { graphql } from './generated/index.ts';

// What the page knows of a job, by the list and by its events: the documents below name the fragment.
graphql(
  `fragment WebJob on Job {
    id state progress error celeryTaskId startedAt finishedAt attempt rowsProcessed bytesProcessed
  }`,
);
export const DATASETS = graphql(
  `query WebDatasets(
    $first: Int, $after: String, $status: DatasetStatus, $search: String, $orderBy: DatasetOrder
  ) {
    datasets(first: $first, after: $after, status: $status, search: $search, orderBy: $orderBy) {
      edges {
        node {
          id name status rowCount sizeBytes uploadedAt error
          alertCounts { errors warnings infos }
          latestJob { ...WebJob }
        }
      }
      pageInfo { hasNextPage endCursor }
    } }`,
);
export const DATASET = graphql(
  `query WebDataset($id: ID!) {
    dataset(id: $id) {
      id name status error sizeBytes options
      latestJob { ...WebJob }
      report {
        createdAt rowCount options
        columns { name type nullCount }
        suggestions { code message columns options alternatives }
      }
    } }`,
);
export const PREVIEW = graphql(
  `query WebPreview($id: ID!, $options: ReadOptions) {
    previewDataset(id: $id, options: $options) {
      columns { name type }
      rows { row line values surplus }
      rowsRead file
      warnings { code message }
      suggestions { code message columns options alternatives }
    } }`,
);
export const PROCESS = graphql(
  `mutation WebProcess($id: ID!, $force: Boolean, $options: ReadOptions) {
    processDataset(id: $id, force: $force, options: $options) { id } }`,
);
export const CANCEL = graphql(`mutation WebCancel($id: ID!) { cancelJob(id: $id) { id } }`);
export const DELETE = graphql(`mutation WebDelete($id: ID!) { deleteDataset(id: $id) }`);
export const RENAME = graphql(
  `mutation WebRename($id: ID!, $name: String!) { renameDataset(id: $id, name: $name) { id name } }`,
);
export const PROGRESS = graphql(
  `subscription WebProgress($jobId: ID!) {
    jobProgress(jobId: $jobId) { ...WebJob } }`,
);
