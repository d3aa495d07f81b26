import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { selfSigned } from '../support/certificate.ts';
import { csvOf, isOver, until, useFleet } from '../support/fleet.ts';
import { answer, s3Refusal, standIns } from '../support/stand-in.ts';
import { outcomeOf } from '../support/start-outcome.ts';

const fleet = useFleet();
const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-settings-'));
/** Stands for what the services at hand cannot be brought to: the port of each. */
const ports: Record<string, string> = {};
const servers = standIns();

beforeAll(async () => {
  const { key, certificate } = selfSigned(folder);
  const tls = { key: readFileSync(key), cert: readFileSync(certificate) };
  ports.tls = await servers.add(createHttpsServer(tls, answer(404, 'text/plain', '')));
  // as Go's servers answer who does not speak TLS
  ports.plain = await servers.http(answer(400, 'text/plain', 'Client sent an HTTP request to an HTTPS server.\n'));
  ports.web = await servers.http(answer(200, 'text/html', '<!doctype html><title>Welcome</title>'));
  ports.json = await servers.http(answer(404, 'application/json', '{"error":"not found"}'));
  ports.region = await servers.http(s3Refusal(400, 'AuthorizationHeaderMalformed', '<Region>eu-west-3</Region>'));
  ports.elsewhere = await servers.http(s3Refusal(301, 'PermanentRedirect'));
  ports.clock = await servers.http(s3Refusal(403, 'RequestTimeTooSkewed'));
  ports.denied = await servers.http(s3Refusal(403, 'AccessDenied'));
  ports.taken = await servers.http((request, response) => {
    const refuse = request.method === 'GET' ? s3Refusal(404, 'NoSuchBucket') : s3Refusal(409, 'BucketAlreadyExists');
    refuse(request, response);
  });
  ports.ssh = await servers.banner('SSH-2.0-Example\r\n');
  ports.silent = await servers.add(createTcpServer((socket) => socket.on('error', () => {}).resume()));
  // a Postgres that speaks TLS and no more
  ports.postgresTls = await servers.add(
    createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => {
        socket.write('S');
        void import('node:tls').then(({ TLSSocket }) => {
          new TLSSocket(socket, { ...tls, isServer: true }).on('error', () => {});
        });
      });
    }),
  );
  const closed = createTcpServer();
  ports.closed = await servers.add(closed);
  await new Promise((resolve) => closed.close(resolve));
});
afterAll(() => {
  servers.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What is set, and what the sentence says. `$name` is the port of a stand-in. */
const REFUSED: [string, Record<string, string>, RegExp][] = [
  [
    'the wrong password of Postgres',
    { POSTGRES_PASSWORD: 'wrong' },
    /refuses POSTGRES_USER="\w+" with POSTGRES_PASSWORD/,
  ],
  ['a role that is missing', { POSTGRES_USER: 'nobody_at_all' }, /refuses POSTGRES_USER="nobody_at_all"/],
  ['a database that is missing', { POSTGRES_DB: 'no_such_database' }, /has no POSTGRES_DB="no_such_database": create/],
  ['TLS to a Postgres without it', { POSTGRES_SSLMODE: 'require' }, /does not speak TLS: set POSTGRES_SSLMODE=disable/],
  [
    'a Postgres with an untrusted certificate',
    { POSTGRES_PORT: '$postgresTls', POSTGRES_SSLMODE: 'verify-full' },
    /certificate of Postgres .* is not trusted.*NODE_EXTRA_CA_CERTS.*POSTGRES_SSLMODE=require/,
  ],
  ['no mode of TLS', { POSTGRES_SSLMODE: 'maybe' }, /^POSTGRES_SSLMODE must be one of disable, require, verify-full/],
  [
    'the wrong password of RabbitMQ',
    { RABBITMQ_PASSWORD: 'wrong' },
    /refuses RABBITMQ_USER="\w+" with RABBITMQ_PASSWORD/,
  ],
  [
    'a user whom RabbitMQ does not know',
    { RABBITMQ_USER: 'nobody' },
    /refuses RABBITMQ_USER="nobody" with RABBITMQ_PASSWORD/,
  ],
  [
    'a vhost that is missing',
    { RABBITMQ_VHOST: 'missing' },
    /does not let RABBITMQ_USER="\w+" into RABBITMQ_VHOST="missing"/,
  ],
  ['HTTP in the place of AMQP', { RABBITMQ_PORT: '$web' }, /is not a RabbitMQ .*RABBITMQ_HOST and RABBITMQ_PORT/],
  ['another protocol than AMQP', { RABBITMQ_PORT: '$ssh' }, /is not a RabbitMQ .*RABBITMQ_HOST and RABBITMQ_PORT/],
  ['a key that the store does not know', { S3_ACCESS_KEY: 'nobody' }, /does not know S3_ACCESS_KEY="nobody"/],
  [
    'the wrong secret of the store',
    { S3_SECRET_KEY: 'wrong-secret' },
    /refuses S3_SECRET_KEY: it is not the secret of S3_ACCESS_KEY/,
  ],
  ['a region that the store refuses', { S3_PORT: '$region' }, /refuses S3_REGION="us-east-1": set it to eu-west-3/],
  ['a bucket in another region', { S3_PORT: '$elsewhere' }, /refuses S3_REGION="us-east-1"/],
  ['a clock that is wrong', { S3_PORT: '$clock' }, /clock of this machine and that of the object store .* differ/],
  ["another account's bucket", { S3_PORT: '$denied' }, /bucket uploads: .*S3_BUCKET_UPLOADS or S3_BUCKET_REPORTS/],
  [
    'a bucket name that is taken',
    { S3_PORT: '$taken' },
    /bucket uploads belongs to another account.*S3_BUCKET_UPLOADS/,
  ],
  ['TLS to a store without it', { S3_SCHEME: 'https' }, /does not speak TLS: set S3_SCHEME=http/],
  ['no TLS to a store with it', { S3_PORT: '$plain' }, /if it speaks TLS, set S3_SCHEME=https/],
  [
    'a store with an untrusted certificate',
    { S3_PORT: '$tls', S3_SCHEME: 'https' },
    /certificate of the object store .* is not trusted.*NODE_EXTRA_CA_CERTS/,
  ],
  ['a web page in the place of the store', { S3_PORT: '$web' }, /is not an S3 server: set S3_HOST, S3_PORT/],
  ['another service in the place of the store', { S3_PORT: '$json' }, /is not an S3 server: set S3_HOST, S3_PORT/],
  ['another protocol than HTTP', { S3_PORT: '$ssh' }, /is not an S3 server: set S3_HOST, S3_PORT/],
];
/** What may pass is waited for: half a minute. */
const AWAY: [string, Record<string, string>, RegExp][] = [
  [
    'no such host of Postgres',
    { POSTGRES_HOST: 'missing.invalid' },
    /the host name is not known.*POSTGRES_HOST and POSTGRES_PORT/,
  ],
  ['a closed port of Postgres', { POSTGRES_PORT: '$closed' }, /nothing listens.*POSTGRES_HOST and POSTGRES_PORT/],
  [
    'no such host of RabbitMQ',
    { RABBITMQ_HOST: 'missing.invalid' },
    /the host name is not known.*RABBITMQ_HOST and RABBITMQ_PORT/,
  ],
  ['a closed port of RabbitMQ', { RABBITMQ_PORT: '$closed' }, /nothing listens.*RABBITMQ_HOST and RABBITMQ_PORT/],
  [
    'something that is silent on the port of RabbitMQ',
    { RABBITMQ_PORT: '$silent' },
    /no answer came in time.*RABBITMQ_PORT is the port of AMQP/,
  ],
  ['no such host of the store', { S3_HOST: 'missing.invalid' }, /the host name is not known.*S3_HOST and S3_PORT/],
  ['a closed port of the store', { S3_PORT: '$closed' }, /nothing listens.*S3_HOST and S3_PORT/],
];

const withPorts = (settings: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, value.startsWith('$') ? ports[value.slice(1)]! : value]),
  );

describe('a wrong setting ends the start with one sentence that names it', () => {
  test.each(REFUSED)('%s', async (_name, settings, says) => {
    // the worker stands on the same: either of the two
    for (const script of ['src/api.ts', 'src/worker.ts']) {
      const { code, output, sentence, log } = await outcomeOf(script, withPorts(settings));
      expect([code, output, log]).toEqual([1, '', []]);
      expect(sentence).toMatch(says);
      expect(sentence.split('\n')).toHaveLength(1);
      expect(sentence).not.toMatch(/wrong-secret|"wrong"/);
    }
  });
});

describe('a service that is not there is waited for with a log line, then the start ends', () => {
  test.concurrent.each(AWAY)('%s', async (_name, settings, says) => {
    const { code, output, sentence, log } = await outcomeOf('src/api.ts', withPorts(settings));
    expect([code, output]).toEqual([1, '']);
    expect(sentence).toMatch(says);
    expect(sentence.split('\n')).toHaveLength(1);
    expect(log.length).toBeGreaterThan(0);
    for (const line of log) expect(line).toMatch(/does not answer yet \(.*\): waiting up to 30 s/);
  });
});

test('a role that may not make tables, and one that may not log in', async () => {
  const name = `limited_${randomBytes(6).toString('hex')}`;
  const settings = { POSTGRES_USER: name, POSTGRES_PASSWORD: 'x', POSTGRES_DB: name };
  await fleet.withPostgres(async (client) => {
    await client.query(`CREATE DATABASE ${name}`);
    await client.query(`CREATE ROLE ${name} LOGIN PASSWORD 'x'`);
    try {
      await client.query(`REVOKE CONNECT ON DATABASE ${name} FROM public`);
      const kept = await outcomeOf('src/api.ts', settings);
      expect([kept.code, kept.output]).toEqual([1, '']);
      expect(kept.sentence).toMatch(
        /does not allow POSTGRES_USER="limited_\w+" to use POSTGRES_DB="limited_\w+": permission denied/,
      );
      await client.query(`ALTER ROLE ${name} NOLOGIN`);
      const { code, sentence } = await outcomeOf('src/api.ts', settings);
      expect([code, sentence]).toEqual([
        1,
        expect.stringMatching(/refuses POSTGRES_USER="limited_\w+": .*not permitted to log in/),
      ]);
    } finally {
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await client.query(`DROP ROLE ${name}`);
    }
  });
});

test('what is not up yet and then comes: the start goes on', async () => {
  for (const proxy of Object.values(fleet.proxies)) proxy.cut();
  const starting = Promise.all([fleet.start('api'), fleet.start('worker')]);
  for (const proxy of Object.values(fleet.proxies)) {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    proxy.restore();
  }
  const [{ api }] = await starting;
  const dataset = await api.upload({ name: 'late', content: csvOf(500), filename: 'a.csv' });
  expect(await fleet.jobWhen((await api.process(dataset.id)).id, isOver)).toMatchObject({ state: 'success' });
});

const readiness = async (url: string): Promise<[number, string]> => {
  const response = await fetch(`${url}/ready`);
  return [response.status, ((await response.json()) as { detail?: string }).detail ?? ''];
};

test('the broker goes away: /ready reports that jobs cannot be handed over, and recovers with the broker', async () => {
  const { url } = await fleet.start('api');
  expect(await readiness(url)).toEqual([200, '']);
  fleet.proxies.rabbitmq.cut();
  await until(async () => (await readiness(url))[0] === 503);
  expect(await readiness(url)).toEqual([
    503,
    expect.stringMatching(/^Jobs cannot be handed over: the broker does not answer/),
  ]);
  fleet.proxies.rabbitmq.restore();
  await until(async () => (await readiness(url))[0] === 200);
});

test('the password of the broker is changed: /ready reports it, jobs wait and are sent later', async () => {
  const { host, port, user, password } = fleet.config.rabbitmq!;
  const spoken = Buffer.from(`\0${user}\0${password}`);
  const wrong = Buffer.from(`\0${user}\0${'!'.repeat(password.length)}`);
  let isChanged = false;
  const sockets = new Set<Socket>();
  // instead of a change at the broker, which others use: the proxy sends another password
  const between = createTcpServer((client) => {
    const broker = connect(port, host);
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        broker.destroy();
        sockets.delete(socket);
      });
    }
    client.on('data', (data: Buffer) => {
      const at = isChanged ? data.indexOf(spoken) : -1;
      if (at >= 0) wrong.copy(data, at);
      broker.write(data);
    });
    broker.pipe(client);
  });
  const { url, api } = await fleet.start('api', {
    RABBITMQ_HOST: '127.0.0.1',
    RABBITMQ_PORT: await servers.add(between),
  });
  expect(await readiness(url)).toEqual([200, '']);
  isChanged = true;
  for (const socket of sockets) socket.destroy();
  const refused = await until(async () => {
    const [status, detail] = await readiness(url);
    return status === 503 && /refuses/.test(detail) ? detail : undefined;
  });
  expect(refused).toMatch(/^Jobs cannot be handed over: .* refuses this service \(RABBITMQ_USER, RABBITMQ_PASSWORD\)/);
  const dataset = await api.upload({ name: 'refused', content: csvOf(500), filename: 'a.csv' });
  const { id } = await api.process(dataset.id);
  expect(await fleet.job(id)).toMatchObject({ state: 'queued', celeryTaskId: null });
  isChanged = false;
  await fleet.jobWhen(id, ({ celeryTaskId }) => celeryTaskId !== null);
  await until(async () => (await readiness(url))[0] === 200);
});
