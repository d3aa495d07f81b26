import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepKernel, useKeptKernel } from '../../../../src/infra/engine/kernel-cache.ts';
import { kernelCode } from '../../../../src/processing/host/kernel-module.ts';
import { generatedTable } from '../../../support/generated-table.ts';
import { profileText } from '../../../support/profile-text.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kernel-cache-'));
  file = join(folder, 'compiled.bin');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a kernel that was kept gives the same report', async () => {
  const table = generatedTable('narrow CSV', 20_000, 7);
  const before = await profileText(table, 'csv');
  const made = kernelCode();
  expect(keepKernel(made, file)).toBeGreaterThan(10_000);
  expect(useKeptKernel(file)).toBe(true);
  expect(kernelCode()).not.toBe(made);
  expect(await profileText(table, 'csv')).toBe(before);
});

test('what is cut off, damaged, of another kernel, of another V8 or not there is not used', () => {
  keepKernel(kernelCode(), file);
  const whole = readFileSync(file);
  const inUse = kernelCode();
  const refused = (bytes: Buffer) => {
    writeFileSync(file, bytes);
    expect(useKeptKernel(file)).toBe(false);
    expect(kernelCode()).toBe(inUse);
  };
  refused(whole.subarray(0, whole.length - 1));
  refused(Buffer.concat([Buffer.alloc(64, '0'), whole.subarray(64)]));
  for (const at of [72, 100, whole.length >> 1, whole.length - 1]) {
    const damaged = Buffer.from(whole);
    damaged[at]! ^= 0x10;
    refused(damaged);
  }
  // V8's own header: a magic number, its version, the processor's features, its flags
  for (const word of [1, 3]) {
    const other = Buffer.from(whole);
    other[72 + word * 4]! ^= 1;
    other.writeUInt32LE(crc32(other.subarray(72)), 68);
    refused(other);
  }
  truncateSync(file, 0);
  expect(useKeptKernel(file)).toBe(false);
  expect(useKeptKernel(join(folder, 'none.bin'))).toBe(false);
});

test('the syntax that the two functions need is not left switched on', () => {
  keepKernel(kernelCode(), file);
  useKeptKernel(file);
  expect(() => new Function('other', 'return %SerializeWasmModule(other)')).toThrow(SyntaxError);
});

test.each(['text', 'parquet'])('the set-up has kept one for %s, which a new process takes', (kind) => {
  const code =
    "const { KEPT, useKeptKernel } = await import('./src/infra/engine/kernel-cache.ts'); " +
    `process.stdout.write(String(useKeptKernel(KEPT.${kind})))`;
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: ROOT, encoding: 'utf8' })).toBe(
    'true',
  );
});
