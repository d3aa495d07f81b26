import { AppError } from '../core/errors.ts';

/** A page of a list, newest first. */
export interface Page {
  first: number;
  after: { at: Date; id: string } | undefined;
}

const DEFAULT_FIRST = 50;
const MAX_FIRST = 1_000;

/** The place of a row in a list, opaque to clients. Times are stored in milliseconds, as a Date holds them; ids break ties. */
export function encodeCursor(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');
}

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
  if (!Number.isInteger(count) || count < 1 || count > MAX_FIRST || !/^\d+$/.test(String(first ?? DEFAULT_FIRST))) {
    throw new AppError('BAD_REQUEST', `"first" must be a whole number from 1 to ${MAX_FIRST}.`);
  }
  if (after === undefined || after === null || after === '') return { first: count, after: undefined };
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([0-9a-f-]{36})$/.exec(Buffer.from(after, 'base64url').toString());
  const at = new Date(match?.[1] ?? '');
  if (!match || Number.isNaN(at.getTime()))
    throw new AppError('BAD_REQUEST', '"after" is no cursor of this list: use the "next" of the page before.');
  return { first: count, after: { at, id: match[2]! } };
}
