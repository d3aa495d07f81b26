import { fstatSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isTransient } from '../../../../src/core/errors.ts';
import { openSharedSpill, SpillFile } from '../../../../src/infra/engine/spill-file.ts';
import { profileText } from '../../../support/profile-text.ts';

const piece = fc.uint8Array({ minLength: 1, maxLength: 200 });
const names = () => readdirSync(tmpdir()).filter((name) => name.startsWith('dataset-reports-'));

test('what was written is read again, whole or in parts, in any order, by whoever shares the file', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(piece, fc.nat(2)), { maxLength: 30 }),
      fc.infiniteStream(fc.nat()),
      (pieces, random) => {
        using spill = new SpillFile();
        const shared = spill.lend();
        const users = [spill, openSharedSpill(shared), openSharedSpill(shared)];
        const written = pieces.map(([bytes, user]) => ({ bytes, offset: users[user]!.write(bytes) }));
        const next = (below: number) => random.next().value! % below;
        for (let i = 0; i < pieces.length; i++) {
          const { bytes, offset } = written[next(written.length)]!;
          const from = next(bytes.length);
          const into = new Uint8Array(bytes.length - from);
          users[next(3)]!.read(offset + from, into);
          expect(into).toEqual(bytes.subarray(from));
        }
        spill.giveBack();
      },
    ),
    { numRuns: 50, seed: 41 },
  );
});

test('the file has no name, is made when it is needed, and is closed in the end', () => {
  const before = names();
  const spill = new SpillFile();
  spill.write(Buffer.from('abc'));
  expect(names()).toEqual(before);
  const { file } = spill.lend();
  const { ino, nlink, size } = fstatSync(file);
  expect({ nlink, size }).toEqual({ nlink: 0, size: 3 });
  spill[Symbol.dispose]();
  expect(fstatSync(file).ino).toBe(ino); // it is lent
  spill.giveBack();
  expect(() => fstatSync(file)).toThrow('EBADF');
});

test('what was never written cannot be read', () => {
  using spill = new SpillFile();
  spill.write(Buffer.from('abc'));
  expect(() => spill.read(1, new Uint8Array(3))).toThrow('A temporary file is shorter than what was written to it');
});

describe('a full disk', () => {
  const full = async (refused: 'writeSync' | 'mkdtempSync', code: string, after = 0) => {
    const fs = process.getBuiltinModule('node:fs');
    const original = fs[refused] as (...args: unknown[]) => unknown;
    let calls = 0;
    // before the module takes the function
    const spy = vi.spyOn(fs, refused).mockImplementation(((...args: unknown[]) => {
      if (calls++ < after) return original(...args);
      throw Object.assign(new Error(`${code}: no space left on device, write`), { code });
    }) as never);
    try {
      vi.resetModules();
      return await import('../../../../src/infra/engine/spill-file.ts');
    } finally {
      restore = () => spy.mockRestore();
    }
  };
  let restore = () => {};
  afterEach(() => restore());

  test.each(['ENOSPC', 'EDQUOT'])('is a sentence with what was written, where, and what to do: %s', async (code) => {
    const { SpillFile, SpillError } = await full('writeSync', code, 1);
    using spill = new SpillFile();
    spill.write(new Uint8Array(3_000_000));
    const write = () => spill.write(new Uint8Array(10));
    expect(write).toThrow(SpillError);
    expect(write).toThrow(
      'The disk is full: what does not fit in memory is written to a temporary file in ' +
        `${tmpdir()}, 3 MB until then. Free space there, or set TMPDIR to a folder on another disk.`,
    );
  });
  test('is met when the file is made, too', async () => {
    const { SpillFile, SpillError } = await full('mkdtempSync', 'ENOSPC');
    using spill = new SpillFile();
    expect(() => spill.write(new Uint8Array(1))).toThrow(SpillError);
  });
  test('other errors stay as they are', async () => {
    const { SpillFile, SpillError } = await full('writeSync', 'EIO');
    using spill = new SpillFile();
    const write = () => spill.write(new Uint8Array(1));
    expect(write).toThrow('EIO');
    expect(write).not.toThrow(SpillError);
  });
  test('ends a profile with an error that is worth another attempt, and is none of the dataset', async () => {
    const { SpillFile } = await full('writeSync', 'ENOSPC');
    using spill = new SpillFile();
    const text = `id\n${Array.from({ length: 50_000 }, (_, i) => i).join('\n')}\n`;
    const profile = profileText(text, 'csv', [], { spill, memoryBudget: 1_000 });
    const error = await profile.then(String, (error) => error);
    expect(error).toBeInstanceOf(Error);
    expect(isTransient(error)).toBe(true);
    expect(error.message).toMatch(/^The disk is full: /);
  });
});
