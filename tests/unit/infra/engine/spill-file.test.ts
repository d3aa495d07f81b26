import { fstatSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSharedSpill, SpillFile } from '../../../../src/infra/engine/spill-file.ts';

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
