import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { profileSource } from '../../../../src/infra/engine/profile-source.ts';
import { openSource } from '../../../../src/infra/engine/source.ts';

test.each([
  'PAR1',
  'PK\x03\x04',
  'PK\x05\x06',
])('a file that holds no more than %j ends in a sentence', async (text) => {
  const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-test-'));
  try {
    const file = join(folder, 'short.parquet');
    writeFileSync(file, text, 'latin1');
    const source = openSource(file, new AbortController().signal);
    const profile = profileSource(source, file, { threads: 0 });
    await expect(profile).rejects.toThrow(/ends behind its first bytes|has no directory at its end/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('while the pieces of a file are read, everything else has its turn', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-test-'));
  try {
    const file = join(folder, 'blank.csv');
    writeFileSync(file, Buffer.alloc(2_000_000, '\n'));
    let turns = 0;
    const turn = () => {
      turns++;
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    let pieces = 0;
    let bytes = 0;
    for await (const piece of openSource(file, new AbortController().signal).bytes) {
      expect(turns).toBeGreaterThanOrEqual(pieces);
      pieces++;
      bytes += piece.length;
    }
    clearImmediate(next);
    expect(pieces).toBeGreaterThan(5);
    expect(bytes).toBe(2_000_000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
