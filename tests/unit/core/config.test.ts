import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig } from '../../../src/core/config.ts';

test('nothing named: everything embedded, on the loopback address', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 4000,
    postgres: undefined,
    rabbitmq: undefined,
    s3: undefined,
  });
});

test('a service that is named takes the defaults for the rest', () => {
  const { postgres, rabbitmq, s3 } = readConfig({
    POSTGRES_HOST: 'postgres',
    RABBITMQ_HOST: 'rabbitmq',
    S3_HOST: 'minio',
  });
  expect(postgres).toEqual({
    host: 'postgres',
    port: 5432,
    user: 'dataset',
    password: 'dataset',
    database: 'dataset',
    ssl: false,
  });
  expect(rabbitmq).toEqual({
    host: 'rabbitmq',
    port: 5673,
    user: 'dataset',
    password: 'dataset',
    vhost: '/',
    queue: 'dataset-jobs',
    isCeleryShared: false,
  });
  expect(s3).toEqual({ endpoint: 'http://minio:9000', region: 'us-east-1', accessKey: 'minio', secretKey: 'minio123' });
});

test('the Postgres behind a pooler: its own address, the rest as for the pooler', () => {
  const { postgres, postgresDirect } = readConfig({
    POSTGRES_HOST: 'pooler',
    POSTGRES_PORT: '6432',
    POSTGRES_PASSWORD: 'x',
    POSTGRES_DIRECT_HOST: 'postgres',
  });
  expect(postgresDirect).toEqual({ ...postgres, host: 'postgres', port: 5432 });
  expect(readConfig({ POSTGRES_HOST: 'postgres' }).postgresDirect).toBeUndefined();
  expect(() => readConfig({ POSTGRES_DIRECT_HOST: 'postgres' })).toThrow('POSTGRES_HOST');
  expect(() => readConfig({ POSTGRES_HOST: 'pooler', POSTGRES_DIRECT_PORT: '5433' })).toThrow('POSTGRES_DIRECT_HOST');
});

test.each([
  'PORT',
  'MAX_UPLOAD_BYTES',
  'LOG_LEVEL',
  'WORKER_CONCURRENCY',
  'S3_BUCKET_UPLOADS',
  'POSTGRES_HOST',
  'PUBLIC_URL',
  'TRUST_PROXY',
])('a wrong %s is named', (name) => {
  expect(() => readConfig({ [name]: '!? no' })).toThrow(name);
});

test.each(['celery', 'amq.jobs', 'a b'])('a queue of our own cannot be named %s', (RABBITMQ_QUEUE) => {
  expect(() => readConfig({ RABBITMQ_HOST: 'rabbitmq', RABBITMQ_QUEUE })).toThrow(/^RABBITMQ_QUEUE must/);
});

test('the public address ends with a slash, and is an address of pages alone', () => {
  const url = (PUBLIC_URL: string) => readConfig({ PUBLIC_URL }).publicUrl?.href;
  expect(url('')).toBeUndefined();
  expect(url('https://example.org')).toBe('https://example.org/');
  expect(url('https://example.org/a/reports')).toBe('https://example.org/a/reports/');
  for (const wrong of [
    'example.org/reports',
    'ftp://example.org/',
    'https://me@example.org/',
    'https://example.org/?a=b',
    'https://example.org/#a',
    'https://example.org//a',
  ])
    expect(() => url(wrong), wrong).toThrow('PUBLIC_URL must be');
});

test('trusted proxies are named, not counted', () => {
  const trusted = (TRUST_PROXY: string) => readConfig({ TRUST_PROXY }).trustProxy;
  expect(trusted('')).toBe(false);
  expect(trusted('loopback, 10.0.0.0/8,::1,fd00::/8')).toEqual(['loopback', '10.0.0.0/8', '::1', 'fd00::/8']);
  for (const wrong of ['1', 'true', 'proxy.example.org', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/8/8', 'loopback,'])
    expect(() => trusted(wrong), wrong).toThrow('TRUST_PROXY must list');
});

test('docs/configuration.md and .env.example list every setting', () => {
  const names = new Set(
    [...readFileSync('src/core/config.ts', 'utf8').matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)'/g)].map(
      ([, name]) => name!,
    ),
  );
  expect(names.size).toBeGreaterThan(20);
  for (const file of ['docs/configuration.md', '.env.example'])
    for (const name of names) expect(readFileSync(file, 'utf8'), `${name} in ${file}`).toContain(name);
});
