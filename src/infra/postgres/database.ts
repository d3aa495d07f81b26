import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { PostgresConfig } from '../../core/config.ts';
import type { Logger } from '../../core/log.ts';
import { Prisma, PrismaClient } from '../generated/prisma/client.ts';

export { Prisma };
/** Prisma's client, over a pool that `rowsOf` and `countOf` use past it. */
export type Database = PrismaClient;

import type { Dataset } from '../generated/prisma/client.ts';

export type { Dataset, Job, Report } from '../generated/prisma/client.ts';

/**
 * A statement without a result for this time fails, and its connection is closed: it is half open, which the kernel
 * would notice only in hours.
 */
const QUERY_MILLISECONDS = 15_000;
/** How long a request waits for a connection of the pool; pg would wait for ever. */
const CONNECTION_MILLISECONDS = 5_000;
/** After this time without use a connection is closed: Postgres has a process for each. */
const IDLE_MILLISECONDS = 60_000;

/** A dataset as lists have it: without its options of reading, which may take hundreds of KiB. */
export type ListedDataset = Omit<Dataset, 'options' | 'reportOptions'>;
/** What the client leaves out of the rows that it loads for GraphQL. */
const LARGE = { dataset: { options: true, reportOptions: true } } as const;

/**
 * Prisma over a bounded pool. A request that gets no connection within CONNECTION_MILLISECONDS fails.
 * @param isPooled the address is a pooler that may give every transaction another session: no statement is kept there
 */
export function openDatabase(
  config: PostgresConfig,
  poolSize: number,
  log: Logger,
  isPooled = false,
): { database: Database; close(): Promise<void> } {
  const pool = new pg.Pool({
    ...config,
    max: poolSize,
    connectionTimeoutMillis: CONNECTION_MILLISECONDS,
    query_timeout: QUERY_MILLISECONDS,
    idleTimeoutMillis: IDLE_MILLISECONDS,
    keepAlive: true,
    application_name: 'dataset-reports',
  });
  // Without a handler, a connection that breaks while idle ends the process.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection broke'));
  // The same for one that breaks while it passes from one user to the next and has no listener: the query under way
  // rejects anyway.
  pool.on('connect', (client) => client.on('error', () => {}));
  const nameOf = isPooled ? () => '' : statementNames();
  const adapter = new PrismaPg(pool, { statementNameGenerator: nameOf });
  const database = new PrismaClient({ adapter, omit: LARGE }) as unknown as Database;
  pools.set(database, { pool, nameOf });
  return {
    database,
    async close() {
      await database.$disconnect();
      await pool.end().catch(() => {});
    },
  };
}

const pools = new WeakMap<Database, { pool: pg.Pool; nameOf: (query: { sql: string }) => string }>();
const INT8 = 20;
/** Values as Prisma gives them. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? (text: string) => BigInt(text) : pg.types.getTypeParser(oid, format as 'text'),
};

/**
 * Runs a statement over the Prisma client's pool, past its engine, which takes longer over a small statement than
 * Postgres does.
 * @returns its rows, with int8 as bigint and times as Date, as Prisma gives them
 * @throws what pg throws; `isTransient` knows its errors and Prisma's
 */
export async function rowsOf<Row>(database: Database, statement: Prisma.Sql): Promise<Row[]> {
  const { rows } = await runStatement(database, statement);
  return rows as Row[];
}

/** Runs a statement like `rowsOf`. @returns how many rows it changed */
export async function countOf(database: Database, statement: Prisma.Sql): Promise<number> {
  const { rowCount } = await runStatement(database, statement);
  return rowCount ?? 0;
}

function runStatement(database: Database, { text, values }: Prisma.Sql): Promise<pg.QueryResult> {
  const { pool, nameOf } = pools.get(database)!;
  return pool.query({ name: nameOf({ sql: text }), text, values, types });
}

/** Runs a statement without effect. @throws when the database does not answer */
export async function pingDatabase(database: Pick<Database, '$queryRaw'>): Promise<void> {
  await database.$queryRaw`SELECT 1`;
}

/**
 * Statements that each connection keeps planned. What comes in ever new forms, as from Prisma's lists of ids, is
 * planned anew.
 */
const MOST_STATEMENTS = 200;

/**
 * Names for statements: Postgres then plans each once per connection, and planning was half the time of a claim. A name
 * is made from the text alone, the same in every process: behind a pooler, known or unknown to us, one name never
 * stands for two texts.
 */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>(); // at most MOST_STATEMENTS
  return ({ sql }) => {
    let name = names.get(sql);
    if (name === undefined && names.size < MOST_STATEMENTS) {
      name = `s${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
      names.set(sql, name);
    }
    return name ?? '';
  };
}
