import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { isTransient } from '../../src/core/errors.ts';
import { createLogger } from '../../src/core/log.ts';
import { openDatabase } from '../../src/infra/postgres/database.ts';
import { csvOf, isOver, until, useFleet } from '../support/fleet.ts';

const fleet = useFleet();

test('the database is away in the middle of a job: the job goes on, and whoever watches sees its end', async () => {
  const { api } = await fleet.start('api');
  await fleet.start('worker', { LEASE_SECONDS: '30' });
  fleet.proxies.s3.hold(400_000);
  const dataset = await api.upload({ name: 'database', content: csvOf(3_000_000), filename: 'a.csv' });
  const { id } = await api.process(dataset.id);
  await until(() => fleet.proxies.s3.held() > 0);
  const states: string[] = [];
  const watched = (async () => {
    for await (const { state } of api.watch(id)) states.push(state);
  })();
  await until(() => states.includes('started'));
  fleet.proxies.postgres.cut();
  fleet.proxies.s3.restore();
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  fleet.proxies.postgres.restore();
  expect(await fleet.jobWhen(id, isOver)).toMatchObject({ state: 'success', attempt: 1 });
  await watched;
  expect(states.filter((state) => state === 'success')).toEqual(['success']);
  expect(states.at(-1)).toBe('success');
});

test('half-open connections to the database (LISTEN too) are noticed, and missed changes are read', async () => {
  const { api } = await fleet.start('api');
  fleet.proxies.s3.hold(400_000);
  await fleet.start('worker', { LEASE_SECONDS: '30' }, false);
  const dataset = await api.upload({ name: 'listen', content: csvOf(3_000_000), filename: 'a.csv' });
  const { id } = await api.process(dataset.id);
  await until(() => fleet.proxies.s3.held() > 0);
  const seen: string[] = [];
  const watched = (async () => {
    for await (const { state } of api.watch(id)) seen.push(state);
  })();
  await until(() => seen.includes('started'));
  fleet.proxies.postgres.strand();
  // ended by somebody else while nobody hears of anything
  await fleet.database.$executeRaw`
    UPDATE jobs SET state = 'failure', error = 'ended', finished_at = now(), leased_until = NULL
    WHERE id = ${id}::uuid`;
  await watched;
  expect(seen.filter((state) => state === 'failure')).toEqual(['failure']);
  // and requests are answered again
  await until(() => api.dataset(dataset.id).catch(() => undefined));
});

test('no connection is free: 503 with Retry-After, in bounded time, and well again after it', async () => {
  const { url, api } = await fleet.start('api', { POSTGRES_POOL_SIZE: '2' }, true);
  const dataset = await api.upload({ name: 'pool', content: csvOf(100), filename: 'a.csv' });
  const began = performance.now();
  const answers = await fleet.withPostgres(async (client) => {
    await client.query('BEGIN; LOCK TABLE datasets IN ACCESS EXCLUSIVE MODE');
    const requests = Array.from({ length: 20 }, async () => {
      const response = await fetch(`${url}/datasets/${dataset.id}`);
      const { code } = (await response.json()) as { code?: string };
      return [response.status, code, response.headers.get('retry-after')];
    });
    const refused = Promise.all(requests.map((request) => request)).catch(() => []);
    // those that hold the two connections wait for the lock, all others are refused
    const done = await Promise.race([
      refused,
      new Promise((resolve) => setTimeout(resolve, 7_000)).then(async () => {
        await client.query('ROLLBACK');
        return refused;
      }),
    ]);
    return done as [number, string | undefined, string | null][];
  });
  expect(performance.now() - began).toBeLessThan(20_000);
  const unavailable = answers.filter(([status]) => status === 503);
  expect(unavailable.length).toBeGreaterThanOrEqual(18);
  for (const [, code, retryAfter] of unavailable) expect([code, Number(retryAfter) > 0]).toEqual(['UNAVAILABLE', true]);
  expect(await api.dataset(dataset.id)).toMatchObject({ name: 'pool' });
});

test('a deadlock is retried: the end of a job meets a lock in the other order', async () => {
  const { api } = await fleet.start('api', {}, true);
  await fleet.start('worker', { LEASE_SECONDS: '30' });
  fleet.proxies.s3.hold(400_000);
  const dataset = await api.upload({ name: 'deadlock', content: csvOf(3_000_000), filename: 'a.csv' });
  const { id } = await api.process(dataset.id);
  await until(() => fleet.proxies.s3.held() > 0);
  await fleet.withPostgres(async (client) => {
    // holds the job, lets the worker take the dataset and wait for the job, then wants the dataset
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM jobs WHERE id = $1 FOR UPDATE', [id]);
    fleet.proxies.s3.restore();
    await until(async () => {
      const { rows } = await fleet.database.$queryRaw<
        { n: bigint }[]
      >`SELECT count(*) AS n FROM pg_locks WHERE NOT granted`.then((found) => ({ rows: found }));
      return Number(rows[0]!.n) > 0;
    });
    await client.query('SELECT 1 FROM datasets WHERE id = $1 FOR UPDATE', [dataset.id]).catch(() => {});
    await client.query('ROLLBACK');
  });
  expect(await fleet.jobWhen(id, isOver)).toMatchObject({ state: 'success' });
});

test('a connection that breaks between two requests is a transient fault and does not end the process', async () => {
  const postgres = fleet.config.postgres!;
  const fields = Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');
  const length = Buffer.alloc(4);
  length.writeInt32BE(fields.length + 4);
  const fatal = Buffer.concat([Buffer.from('E'), length, fields]);
  let isArmed = false;
  // as from a Postgres that is stopped: the end comes in the same segment as the last answer
  const server = createServer((client) => {
    const service = connect(postgres.port, postgres.host);
    client.pipe(service);
    service.on('data', (chunk: Buffer) => {
      if (isArmed && chunk.includes('marker') && chunk.at(-6) === 'Z'.charCodeAt(0)) {
        isArmed = false;
        client.end(Buffer.concat([chunk, fatal]));
        service.destroy();
      } else client.write(chunk);
    });
    service.on('error', () => client.destroy());
    client.on('error', () => service.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { database, close } = openDatabase({ ...postgres, host: '127.0.0.1', port }, 1, createLogger('silent', 'test'));
  try {
    await database.$queryRaw`SELECT 1`;
    isArmed = true;
    const first = database.$queryRaw<{ m: string }[]>`SELECT 'marker' AS m, pg_sleep(1)::text`.then(
      ([row]) => row!.m, // begins now: a query of Prisma waits for somebody to ask
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    const waiting = await database
      .$transaction(async (transaction) => transaction.$queryRaw`SELECT 2`)
      .catch((error) => error);
    expect(await first).toBe('marker');
    expect(isArmed).toBe(false);
    // on a new connection, or refused as what passes
    expect(Array.isArray(waiting) || isTransient(waiting), String(waiting)).toBe(true);
    expect(await database.$queryRaw<{ n: number }[]>`SELECT 3 AS n`).toEqual([{ n: 3 }]);
  } finally {
    await close();
    server.close();
  }
});
