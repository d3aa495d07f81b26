import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/core/config.ts';
import { openS3Storage } from '../../src/infra/storage/s3.ts';
import { storageContract } from '../support/storage-contract.ts';

// of the S3 server that the environment names: MinIO in npm run test:services, each store in turn in npm run
// test:stores
const { s3 } = readConfig(process.env);
if (!s3) throw new Error('The tests of stores need one: run npm run test:stores.');
const name = randomBytes(6).toString('hex');
const buckets: [string, string] = [`contract-${name}-uploads`, `contract-${name}-reports`];

storageContract('objects in an S3 server', () => ({ storage: openS3Storage(s3, buckets), buckets }));

test('a wrong secret is refused', async () => {
  const storage = openS3Storage({ ...s3, secretKey: 'another one' }, buckets);
  await expect(storage.ping()).rejects.toThrow();
  await expect(storage.put(buckets[0], 'datasets/a', 'x', 'text/csv')).rejects.toThrow();
  await storage.close();
});

test('a store that is not there is no store: ping says so', async () => {
  const storage = openS3Storage({ ...s3, endpoint: 'http://127.0.0.1:1' }, buckets);
  await expect(storage.ping()).rejects.toThrow();
  await storage.close();
});
