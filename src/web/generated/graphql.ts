/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What the values of a column are: given when at least 95 % of them agree. */
export type ColumnType =
  /** `true` and `false`, in any case. */
  | 'BOOLEAN'
  /** Days, as `YYYY-MM-DD`. */
  | 'DATE'
  /** Days with a time of day, in ISO 8601, with or without a zone. */
  | 'DATETIME'
  /** Numbers of which some are written with a point or an exponent. */
  | 'DECIMAL'
  /** Nothing but nulls. */
  | 'EMPTY'
  /** Numbers that are all written without point and exponent. */
  | 'INTEGER'
  /** Nested values: objects and arrays of a JSON file. */
  | 'JSON'
  /** Anything else, codes with leading zeros among them. */
  | 'TEXT';

/** The type that a column is given. */
export type ColumnTypeInput = {
  /** Name of the column. */
  column: string;
  /** What its values are to be. */
  type: DeclaredType;
};

/** How a list of datasets is sorted. */
export type DatasetOrder = {
  /** Which end comes first. */
  direction?: OrderDirection;
  /** What is compared. */
  field?: DatasetOrderField;
};

/** What datasets can be sorted by. Of equal ones the id decides. */
export type DatasetOrderField =
  /** Alerts of the report: errors, then warnings, then infos; a dataset without a report counts as less than any. */
  | 'ALERTS'
  /** Name, small and capital letters alike, by code points. */
  | 'NAME'
  /** Rows of the data; a dataset without a report counts as less than any. */
  | 'ROWS'
  /** Bytes of the file. */
  | 'SIZE'
  /** When the file was first stored. */
  | 'UPLOADED_AT';

/** What has become of a dataset. */
export type DatasetStatus =
  /** Its last job succeeded: it has a report. */
  | 'DONE'
  /** Its last job failed: see `error`. */
  | 'FAILED'
  /** A worker is at its job. */
  | 'PROCESSING'
  /** Stored, and never processed to an end. */
  | 'UPLOADED';

/** The order of day, month and year. */
export type DateOrder =
  /** As REST's `DMY`: 31.12.2025. */
  | 'DMY'
  /** As REST's `MDY`: 12/31/2025. */
  | 'MDY'
  /** As REST's `YMD`: 2025/12/31. */
  | 'YMD';

/** A type that a column is given. */
export type DeclaredType =
  /** As REST's `boolean`: true or false. */
  | 'BOOLEAN'
  /** As REST's `date`: days. */
  | 'DATE'
  /** As REST's `datetime`: days with a time. */
  | 'DATETIME'
  /** As REST's `decimal`: numbers with decimals. */
  | 'DECIMAL'
  /** As REST's `integer`: whole numbers. */
  | 'INTEGER'
  /** As REST's `json`: objects and lists. */
  | 'JSON'
  /** As REST's `text`: any text. */
  | 'TEXT';

/** What a file is read as. */
export type FileFormat =
  /** As REST's `csv`: text with a delimiter. */
  | 'CSV'
  /** As REST's `json`: a list of records. */
  | 'JSON'
  /** As REST's `ndjson`: a record on each line. */
  | 'NDJSON'
  /** As REST's `parquet`: Apache Parquet. */
  | 'PARQUET'
  /** As REST's `xlsx`: workbook of Excel. */
  | 'XLSX';

/** Where a job is between its request and its end. */
export type JobState =
  /** Has ended without a report, or was cancelled: see `error`. This state never changes. */
  | 'FAILURE'
  /** Waits for a worker. */
  | 'QUEUED'
  /** An attempt has ended early; the job waits for the next one. */
  | 'RETRYING'
  /** A worker is at it. */
  | 'STARTED'
  /** Has ended: the report is stored. This state never changes. */
  | 'SUCCESS';

/** Which end of an order comes first. */
export type OrderDirection =
  /** From the least to the greatest: A first, the oldest first. */
  | 'ASC'
  /** From the greatest to the least: the newest first, the largest first. */
  | 'DESC';

/** How a file is to be read; what is not given, or null, is found from the file. `quote: null` is for no quotes. */
export type ReadOptions = {
  /** Names of the columns from the first on, instead of those of the header. For CSV and Excel. Without it: those of the header. */
  columns?: Array<string> | null | undefined;
  /** Lines that begin with this text are not read. For CSV and Excel. Without it: no line is a comment. */
  comment?: string | null | undefined;
  /** Order of day, month and year in dates such as 31.12.2025 or 12/31/25 4:05 PM. Without it: only dates such as 2025-12-31 are dates. */
  dateOrder?: DateOrder | null | undefined;
  /** The character before the decimals of a number: , or a point. Without it: the point. */
  decimal?: string | null | undefined;
  /** The character between fields: , ; | a space, \t for a tab, U+0001. For CSV. Without it: found from the first rows. */
  delimiter?: string | null | undefined;
  /** Encoding of the text, by a label of the WHATWG list: windows-1251, shift_jis, utf-16le. For CSV and JSON. Without it: UTF-8; of CSV also by a byte order mark UTF-16, else windows-1252. */
  encoding?: string | null | undefined;
  /** The character before a quote or delimiter that is part of a field, such as \. For CSV. Without it: a quote inside quotes is doubled. */
  escape?: string | null | undefined;
  /** What the file is read as: csv, json, ndjson, parquet or xlsx. Without it: by its first bytes and its name. */
  format?: FileFormat | null | undefined;
  /** Row of the column names, from 1; true, false (columns column_1, column_2, …), or rows such as 1,2 whose texts are joined. For CSV and Excel. Without it: the first row below title lines. */
  header?: unknown;
  /** Reads JSON with NaN, Infinity and comments. For JSON. Without it: they are errors. */
  lenient?: boolean | null | undefined;
  /** File of the zip archive, by its path in it. For zip archives. Without it: the only one. */
  member?: string | null | undefined;
  /** Values that are null, beside the usual ones: -999, ?, n.s. Without it: the usual ones. */
  moreNullTokens?: Array<string> | null | undefined;
  /** Values that are null, instead of the usual ones (NA, null, None, …); [] for none of them. Without it: the usual ones. */
  nullTokens?: Array<string> | null | undefined;
  /** The character around fields that contain delimiters or line ends; none: no character quotes. For CSV. Without it: the double quote. */
  quote?: string | null | undefined;
  /** JSON Pointer to the list of records inside the document, such as /result/items; "" is the whole document. For JSON. Without it: the document, or its only list of objects. */
  records?: string | null | undefined;
  /** Sheet of the workbook, by its name or its number from 1; a name of digits in quotes: "2". For Excel. Without it: the first that is visible. */
  sheet?: unknown;
  /** Rows at the end that are not read, such as a total. For CSV and Excel. Without it: all rows are read. */
  skipFooter?: number | null | undefined;
  /** Lines at the beginning that are not read. For CSV and Excel. Without it: title lines are found. */
  skipRows?: number | null | undefined;
  /** The character between groups of three digits: , a point, an apostrophe, space, U+00A0 or U+202F. Without it: numbers have none. */
  thousands?: string | null | undefined;
  /** The type of a column: integer, decimal, boolean, date, datetime, json, text. Values that do not fit are its exceptions. Without it: found from the values. */
  types?: Array<ColumnTypeInput> | null | undefined;
};

export type WebJobFragment = { id: string, state: JobState, progress: number, error: string | null, celeryTaskId: string | null, startedAt: string | null, finishedAt: string | null, attempt: number, rowsProcessed: number, bytesProcessed: number };

export type WebDatasetsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  status?: DatasetStatus | null | undefined;
  search?: string | null | undefined;
  orderBy?: DatasetOrder | null | undefined;
}>;


export type WebDatasetsQuery = { datasets: { edges: Array<{ node: { id: string, name: string, status: DatasetStatus, rowCount: number | null, sizeBytes: number, uploadedAt: string, error: string | null, alertCounts: { errors: number, warnings: number, infos: number } | null, latestJob: { id: string, state: JobState, progress: number, error: string | null, celeryTaskId: string | null, startedAt: string | null, finishedAt: string | null, attempt: number, rowsProcessed: number, bytesProcessed: number } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type WebDatasetQueryVariables = Exact<{
  id: string | number;
}>;


export type WebDatasetQuery = { dataset: { id: string, name: string, status: DatasetStatus, error: string | null, sizeBytes: number, options: unknown, latestJob: { id: string, state: JobState, progress: number, error: string | null, celeryTaskId: string | null, startedAt: string | null, finishedAt: string | null, attempt: number, rowsProcessed: number, bytesProcessed: number } | null, report: { createdAt: string, rowCount: number, options: unknown, columns: Array<{ name: string, type: ColumnType, nullCount: number }>, suggestions: Array<{ code: string, message: string, columns: Array<string>, options: unknown, alternatives: Array<unknown> | null }> | null } | null } | null };

export type WebPreviewQueryVariables = Exact<{
  id: string | number;
  options?: ReadOptions | null | undefined;
}>;


export type WebPreviewQuery = { previewDataset: { rowsRead: number, file: unknown, columns: Array<{ name: string, type: string }>, rows: Array<{ row: number, line: number, values: unknown, surplus: Array<string> | null }>, warnings: Array<{ code: string, message: string }>, suggestions: Array<{ code: string, message: string, columns: Array<string>, options: unknown, alternatives: Array<unknown> | null }> } };

export type WebProcessMutationVariables = Exact<{
  id: string | number;
  force?: boolean | null | undefined;
  options?: ReadOptions | null | undefined;
}>;


export type WebProcessMutation = { processDataset: { id: string } };

export type WebCancelMutationVariables = Exact<{
  id: string | number;
}>;


export type WebCancelMutation = { cancelJob: { id: string } };

export type WebDeleteMutationVariables = Exact<{
  id: string | number;
}>;


export type WebDeleteMutation = { deleteDataset: string };

export type WebRenameMutationVariables = Exact<{
  id: string | number;
  name: string;
}>;


export type WebRenameMutation = { renameDataset: { id: string, name: string } };

export type WebProgressSubscriptionVariables = Exact<{
  jobId: string | number;
}>;


export type WebProgressSubscription = { jobProgress: { id: string, state: JobState, progress: number, error: string | null, celeryTaskId: string | null, startedAt: string | null, finishedAt: string | null, attempt: number, rowsProcessed: number, bytesProcessed: number } };

export const WebJobFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WebJob"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"celeryTaskId"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"rowsProcessed"}},{"kind":"Field","name":{"kind":"Name","value":"bytesProcessed"}}]}}]} as unknown as DocumentNode<WebJobFragment, unknown>;
export const WebDatasetsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WebDatasets"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"status"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DatasetStatus"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DatasetOrder"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"datasets"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"status"},"value":{"kind":"Variable","name":{"kind":"Name","value":"status"}}},{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"uploadedAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"alertCounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"errors"}},{"kind":"Field","name":{"kind":"Name","value":"warnings"}},{"kind":"Field","name":{"kind":"Name","value":"infos"}}]}},{"kind":"Field","name":{"kind":"Name","value":"latestJob"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"WebJob"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WebJob"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"celeryTaskId"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"rowsProcessed"}},{"kind":"Field","name":{"kind":"Name","value":"bytesProcessed"}}]}}]} as unknown as DocumentNode<WebDatasetsQuery, WebDatasetsQueryVariables>;
export const WebDatasetDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WebDataset"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dataset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"sizeBytes"}},{"kind":"Field","name":{"kind":"Name","value":"options"}},{"kind":"Field","name":{"kind":"Name","value":"latestJob"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"WebJob"}}]}},{"kind":"Field","name":{"kind":"Name","value":"report"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"rowCount"}},{"kind":"Field","name":{"kind":"Name","value":"options"}},{"kind":"Field","name":{"kind":"Name","value":"columns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"nullCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suggestions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"columns"}},{"kind":"Field","name":{"kind":"Name","value":"options"}},{"kind":"Field","name":{"kind":"Name","value":"alternatives"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WebJob"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"celeryTaskId"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"rowsProcessed"}},{"kind":"Field","name":{"kind":"Name","value":"bytesProcessed"}}]}}]} as unknown as DocumentNode<WebDatasetQuery, WebDatasetQueryVariables>;
export const WebPreviewDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"WebPreview"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"options"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ReadOptions"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"previewDataset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"options"},"value":{"kind":"Variable","name":{"kind":"Name","value":"options"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"columns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rows"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"row"}},{"kind":"Field","name":{"kind":"Name","value":"line"}},{"kind":"Field","name":{"kind":"Name","value":"values"}},{"kind":"Field","name":{"kind":"Name","value":"surplus"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rowsRead"}},{"kind":"Field","name":{"kind":"Name","value":"file"}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"suggestions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"columns"}},{"kind":"Field","name":{"kind":"Name","value":"options"}},{"kind":"Field","name":{"kind":"Name","value":"alternatives"}}]}}]}}]}}]} as unknown as DocumentNode<WebPreviewQuery, WebPreviewQueryVariables>;
export const WebProcessDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"WebProcess"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"force"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"options"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ReadOptions"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"processDataset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"force"},"value":{"kind":"Variable","name":{"kind":"Name","value":"force"}}},{"kind":"Argument","name":{"kind":"Name","value":"options"},"value":{"kind":"Variable","name":{"kind":"Name","value":"options"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<WebProcessMutation, WebProcessMutationVariables>;
export const WebCancelDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"WebCancel"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<WebCancelMutation, WebCancelMutationVariables>;
export const WebDeleteDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"WebDelete"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteDataset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}]}}]} as unknown as DocumentNode<WebDeleteMutation, WebDeleteMutationVariables>;
export const WebRenameDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"WebRename"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"renameDataset"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<WebRenameMutation, WebRenameMutationVariables>;
export const WebProgressDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"WebProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"jobId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jobProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"jobId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"jobId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"WebJob"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"WebJob"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Job"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"celeryTaskId"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"rowsProcessed"}},{"kind":"Field","name":{"kind":"Name","value":"bytesProcessed"}}]}}]} as unknown as DocumentNode<WebProgressSubscription, WebProgressSubscriptionVariables>;