import { AppError } from '../core/errors.ts';

/** A page of a list, newest first. */
export interface Page {
  first: number;
  after: { at: Date; id: string } | undefined;
}

const DEFAULT_FIRST = 50;
const MAX_FIRST = 1_000;

/** A cursor: milliseconds since 1970 and an id. Whatever looks like one is one, so that the API's document can say what is taken. */
export const CURSOR = /^(\d{13})_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The place of a row in a list, opaque to clients. Times are stored in milliseconds, as a Date holds them; ids break ties. */
export const encodeCursor = (at: Date, id: string): string => `${at.getTime()}_${id}`;

/** What a query needs for the rows after a place in a list that is sorted newest first, by `at` and then id; one row more than asked for. */
export function newestFirst<Field extends string>(field: Field, { first, after }: Page) {
  return {
    where: after ? { OR: [{ [field]: { lt: after.at } }, { [field]: after.at, id: { lt: after.id } }] } : {},
    orderBy: [{ [field]: 'desc' as const }, { id: 'desc' as const }],
    take: first + 1,
  };
}

/** @throws AppError BAD_REQUEST for nonsense */
export function readPage(first: unknown, after: string | null | undefined): Page {
  const count = first === undefined || first === null || first === '' ? DEFAULT_FIRST : Number(first);
  if (
    !Number.isInteger(count) ||
    count < 1 ||
    count > MAX_FIRST ||
    !/^[1-9]\d*$/.test(String(first ?? DEFAULT_FIRST))
  ) {
    throw new AppError('BAD_REQUEST', `"first" must be a whole number from 1 to ${MAX_FIRST}.`);
  }
  if (after === undefined || after === null || after === '') return { first: count, after: undefined };
  const match = CURSOR.exec(after);
  if (!match)
    throw new AppError('BAD_REQUEST', '"after" is no cursor of this list: use the "next" of the page before.');
  return { first: count, after: { at: new Date(Number(match[1])), id: match[2]! } };
}
