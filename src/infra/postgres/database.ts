import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { PostgresConfig } from '../../core/config.ts';
import type { Logger } from '../../core/log.ts';
import { Prisma, PrismaClient } from '../generated/prisma/client.ts';

export { Prisma };
export type Database = PrismaClient;
export type { Dataset, Job } from '../generated/prisma/client.ts';

/** A statement without an answer for so long is given up with its connection: that is half open, and the kernel would notice in hours. */
const QUERY_MILLISECONDS = 15_000;

/**
 * Prisma over a bounded pool. A request that gets no connection within 5 s fails (pg would wait for ever).
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
    connectionTimeoutMillis: 5_000,
    query_timeout: QUERY_MILLISECONDS,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: 'dataset-reports',
  });
  // Without a handler, a connection that breaks while idle ends the process.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection broke'));
  // Nor may one that breaks while it is handed from one to the next, with no listener of either: the query under way rejects as well.
  pool.on('connect', (client) => client.on('error', () => {}));
  const nameOf = isPooled ? () => '' : statementNames();
  const database = new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: nameOf }) });
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
 * Runs a statement over the client's own connections, past its engine, which takes longer over a small one than Postgres does. For what
 * every job does; anything else is Prisma's.
 * @throws what pg throws: `isTransient` knows both
 */
export async function rowsOf<Row>(database: Database, statement: Prisma.Sql): Promise<Row[]> {
  const { pool, nameOf } = pools.get(database)!;
  const { text, values } = statement;
  const { rows } = await pool.query({ name: nameOf({ sql: text }), text, values, types });
  return rows as Row[];
}

/** Statements that each connection keeps planned; what is asked in ever new forms (lists of ids) is planned anew. */
const MOST_STATEMENTS = 200;

/**
 * Names for statements: Postgres then plans each once a connection. Planning was half the time of a claim. A name stands for its text
 * alone, in every process: behind a pooler that keeps statements itself, or that nobody has told of, one name never means two texts.
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

/** Whether the insert or update ran into a unique index. */
export function isUniqueViolation(error: unknown): boolean {
  // P2002 alone is not enough: raw statements come back as P2010 with the SQLSTATE inside
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return (
    error.code === 'P2002' ||
    /23505|UniqueConstraintViolation/.test(`${error.message} ${JSON.stringify(error.meta ?? {})}`)
  );
}
