import { AppError } from '../core/errors.ts';
import { UUID_PATTERN } from '../core/uuid.ts';
import type { ListedDataset } from '../infra/postgres/database.ts';
import {
  DATASET_ORDER_FIELDS,
  type DatasetOrder,
  type DatasetOrderField,
  type DatasetPage,
  keysOf,
} from '../infra/postgres/rows/dataset-order.ts';
import type { Page } from '../infra/postgres/rows/sql.ts';
import { whole } from '../report/formatting.ts';

export { DATASET_ORDER_FIELDS, type DatasetOrder, type DatasetOrderField, type DatasetPage, type Page };

/** Rows of a page when no `first` is given. */
export const DEFAULT_FIRST = 50;
/** Most rows of a page. */
export const MAX_FIRST = 1_000;

/**
 * The place of a row in a list is a cursor: the values by which the list is sorted, and the id, which breaks ties. It
 * is opaque to clients. All that matches a pattern is accepted, so that /openapi.json can state it.
 */
const TIME = '\\d{13}'; // milliseconds since 1970, as they are stored

/** Cursors of lists that are sorted newest first. */
export const CURSOR = new RegExp(`^(${TIME})_(${UUID_PATTERN})$`);

type Keys = NonNullable<DatasetPage['after']>['keys'];
/** How the values of each order are written. A first letter tells the orders apart. */
const DATASET_KEYS: Record<
  DatasetOrderField,
  { pattern: string; write(keys: Keys): string; read(text: string): Keys }
> = {
  uploaded_at: {
    pattern: TIME,
    write: ([time]) => String((time as Date).getTime()),
    read: (text) => [new Date(Number(text))],
  },
  name: {
    pattern: 'n[\\w-]{0,5400}', // MAX_NAME characters in UTF-8, as base64url
    write: ([name]) => `n${Buffer.from(name as string).toString('base64url')}`,
    // the database takes no NUL
    read: (text) => [Buffer.from(text.slice(1), 'base64url').toString().replaceAll('\u0000', '')],
  },
  size: { pattern: 's\\d{1,18}', write: ([bytes]) => `s${bytes}`, read: (text) => [BigInt(text.slice(1))] },
  rows: {
    pattern: 'r(?:-1|\\d{1,18})',
    write: ([rows]) => `r${rows}`,
    read: (text) => [BigInt(text.slice(1))],
  },
  alerts: {
    pattern: 'a(?:-1|\\d{1,9})(?:\\.(?:-1|\\d{1,9})){2}',
    write: (counts) => `a${counts.join('.')}`,
    read: (text) => text.slice(1).split('.').map(Number),
  },
};

/** Cursors of lists of datasets, in every order. */
export const DATASET_CURSOR = new RegExp(
  `^(${Object.values(DATASET_KEYS)
    .map(({ pattern }) => pattern)
    .join('|')})_(${UUID_PATTERN})$`,
);

/** The cursor of a row in a list that is sorted newest first. */
export const encodeCursor = (at: Date, id: string): string => `${at.getTime()}_${id}`;

/** The cursor of a dataset in a list that is sorted by a field, in either direction. */
export const datasetCursor = (dataset: ListedDataset, { field }: DatasetOrder): string =>
  `${DATASET_KEYS[field].write(keysOf(dataset, field))}_${dataset.id}`;

/** @throws AppError BAD_REQUEST when `first` is out of range */
function readFirst(first: unknown): number {
  const count = isMissing(first) ? DEFAULT_FIRST : Number(first);
  if (
    !Number.isInteger(count) ||
    count < 1 ||
    count > MAX_FIRST ||
    !/^[1-9]\d*$/.test(String(first ?? DEFAULT_FIRST))
  ) {
    throw new AppError('BAD_REQUEST', `"first" must be a whole number from 1 to ${whole(MAX_FIRST)}.`);
  }
  return count;
}
const isMissing = (value: unknown) => value === undefined || value === null || value === '';

const noCursor = () =>
  new AppError('BAD_REQUEST', '"after" is not a cursor of this list: use the "next" of the previous page.');

/**
 * A page of a list that is sorted newest first, as a client asks for it.
 * @throws AppError BAD_REQUEST when `first` is out of range or `after` is not a cursor
 */
export function readPage(first: unknown, after: string | null | undefined): Page {
  const count = readFirst(first);
  if (isMissing(after)) return { first: count, after: undefined };
  const match = CURSOR.exec(after!);
  if (!match) throw noCursor();
  return { first: count, after: { at: new Date(Number(match[1])), id: match[2]! } };
}

/**
 * A page of a list of datasets, as a client asks for it.
 * @throws AppError BAD_REQUEST when `first` is out of range, or `after` is not a cursor or one of another order
 */
export function readDatasetPage(first: unknown, after: string | null | undefined, order: DatasetOrder): DatasetPage {
  const count = readFirst(first);
  if (isMissing(after)) return { order, first: count, after: undefined };
  const [, text, id] = DATASET_CURSOR.exec(after!) ?? [];
  if (text === undefined || id === undefined) throw noCursor();
  const { pattern, read } = DATASET_KEYS[order.field];
  if (!new RegExp(`^${pattern}$`).test(text))
    throw new AppError(
      'BAD_REQUEST',
      '"after" is a cursor of a list in another order: use the same order on all pages.',
    );
  return { order, first: count, after: { keys: read(text), id } };
}
