import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openFilesystemStorage } from '../../../../src/infra/storage/filesystem.ts';
import { storageContract } from '../../../support/storage-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-objects-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

storageContract('objects in a folder', () => ({
  storage: openFilesystemStorage(folder, ['uploads', 'reports']),
  buckets: ['uploads', 'reports'],
}));
