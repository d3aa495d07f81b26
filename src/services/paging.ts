import { AppError } from '../core/errors.ts';
import { UUID_PATTERN } from '../core/uuid.ts';
import type { Page } from '../infra/postgres/rows/sql.ts';
import { whole } from '../report/formatting.ts';

export type { Page };

/** Rows of a page when no `first` is given. */
export const DEFAULT_FIRST = 50;
/** Most rows of a page. */
export const MAX_FIRST = 1_000;

/**
 * A cursor: milliseconds since 1970 and an id. All that matches is accepted, so that /openapi.json can state the
 * pattern.
 */
export const CURSOR = new RegExp(`^(\\d{13})_(${UUID_PATTERN})$`);

/**
 * The place of a row in a list, opaque to clients. Times are stored in milliseconds, as a Date holds them; ids break
 * ties.
 */
export const encodeCursor = (at: Date, id: string): string => `${at.getTime()}_${id}`;

/**
 * A page as a client asks for it.
 * @throws AppError BAD_REQUEST when `first` is out of range or `after` is not a cursor
 */
export function readPage(first: unknown, after: string | null | undefined): Page {
  const count = first === undefined || first === null || first === '' ? DEFAULT_FIRST : Number(first);
  if (
    !Number.isInteger(count) ||
    count < 1 ||
    count > MAX_FIRST ||
    !/^[1-9]\d*$/.test(String(first ?? DEFAULT_FIRST))
  ) {
    throw new AppError('BAD_REQUEST', `"first" must be a whole number from 1 to ${whole(MAX_FIRST)}.`);
  }
  if (after === undefined || after === null || after === '') return { first: count, after: undefined };
  const match = CURSOR.exec(after);
  if (!match)
    throw new AppError('BAD_REQUEST', '"after" is not a cursor of this list: use the "next" of the previous page.');
  return { first: count, after: { at: new Date(Number(match[1])), id: match[2]! } };
}
