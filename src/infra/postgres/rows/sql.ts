import { JobState, WAITING_STATES } from '../../../core/states.ts';
import { Prisma } from '../database.ts';

/**
 * Pieces of SQL that the files of this folder share. The rule of the folder: every statement on a table is here, in the
 * file of its noun, as SQL that `rowsOf` or `countOf` runs. Two exceptions are the Prisma client's: relations that a
 * GraphQL query selects (selected.ts), and statements that need one transaction (`$transaction`).
 */

/**
 * The columns of a row, named as Prisma names them: `queued_at AS "queuedAt"`. Made from the schema, so that none is
 * missed.
 * @param fields an enum of the Prisma client, such as `Prisma.JobScalarFieldEnum`
 */
export function columnsOf(fields: Record<string, string>): Prisma.Sql {
  const column = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Prisma.raw(
    Object.keys(fields)
      .map((field) => `${column(field)} AS "${field}"`)
      .join(', '),
  );
}

/**
 * A state as a literal. Not as a parameter: Postgres uses a partial index only where the statement's text implies the
 * index's condition.
 */
export const literal = (state: string): Prisma.Sql => Prisma.raw(`'${state}'`);

/** States as a list of literals: `('a', 'b')`. */
export const listOf = (states: readonly string[]): Prisma.Sql =>
  Prisma.raw(`(${states.map((state) => `'${state}'`).join(', ')})`);

/** A job that a worker has claimed. */
export const STARTED = Prisma.sql`state = ${literal(JobState.STARTED)}`;
/** A job that waits for a worker. */
export const WAITING = Prisma.sql`state IN ${listOf(WAITING_STATES)} AND leased_until IS NULL`;

/**
 * The beginning of statements that change a job and its dataset: they lock the dataset's row first, so that none can
 * deadlock with another.
 */
export const lockedDataset = (id: string): Prisma.Sql =>
  Prisma.sql`locked AS (SELECT id FROM datasets WHERE id = ${id}::uuid FOR UPDATE)`;

/** The order of jobs in which the first is the latest one; `latestJobQuery` of selected.ts is the same for Prisma. */
export const LATEST_JOB_FIRST = Prisma.sql`ORDER BY queued_at DESC, id DESC`;

/** A value as jsonb; null for none. */
export const jsonOrNull = (value: object | undefined): Prisma.Sql =>
  Prisma.sql`${value === undefined ? null : JSON.stringify(value)}::jsonb`;

/** Text as Postgres can store it, which takes no NUL and no half of a surrogate pair. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\ufffd');

/** A page of a list that is sorted newest first. */
export interface Page {
  /** Most rows of the page. */
  first: number;
  /** The last row of the previous page, by its time and id. */
  after: { at: Date; id: string } | undefined;
}

/** Conditions, all of which must hold; none: every row. */
export function where(conditions: (Prisma.Sql | false)[]): Prisma.Sql {
  const wanted = conditions.filter((condition) => condition !== false);
  return wanted.length > 0 ? Prisma.sql`WHERE ${Prisma.join(wanted, ' AND ')}` : Prisma.empty;
}

/** The condition for what comes after a place in a list that is sorted newest first, by `time` and then id. */
export const olderThan = (time: Prisma.Sql, { after }: Page): Prisma.Sql | false =>
  after !== undefined && Prisma.sql`(${time}, id) < (${after.at}::timestamptz, ${after.id}::uuid)`;

/** Order and limit of such a list: one row more than asked for, which shows that there is a next page. */
export const newestFirst = (time: Prisma.Sql, { first }: Page): Prisma.Sql =>
  Prisma.sql`ORDER BY ${time} DESC, id DESC LIMIT ${first + 1}`;
