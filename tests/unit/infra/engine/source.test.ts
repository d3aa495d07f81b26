import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSource } from '../../../../src/infra/engine/source.ts';

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
