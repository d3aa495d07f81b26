import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fstatSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { SpillFile } from '../../../../src/infra/engine/spill-file.ts';
import { EngineThreads } from '../../../../src/infra/engine/threads.ts';
import { profileDataset } from '../../../../src/processing/profile.ts';
import type { ProfileOptions } from '../../../../src/processing/profile-options.ts';
import type { Profile } from '../../../../src/processing/profile-types.ts';
import { formatOf, generatedTable, type TableKind } from '../../../support/generated-table.ts';
import { profileText } from '../../../support/profile-text.ts';

/** The engine on real threads: they change how long it takes and nothing else. */
const KINDS: TableKind[] = ['narrow CSV', 'wide CSV', 'CSV of one column', 'JSON list', 'JSON lines'];
const COUNTS = [1, 2, 3, 5];
const engines = new Map(COUNTS.map((count) => [count, new EngineThreads(count)]));
const engine = (count: number) => engines.get(count)!;
afterAll(() => Promise.all([...engines.values()].map((each) => each.close())));

/** Threads from the first row on, and blocks and units so small that every file has many. */
const SMALL = { aloneBytes: 0, blockBytes: 4_096, unitRows: 16, unitCells: 2_000, chunkBytes: 1_024 };

async function onThreads(
  count: number,
  bytes: Buffer,
  kind: TableKind,
  more: Partial<ProfileOptions> = {},
  cuts: number[] = [],
) {
  using spill = new SpillFile();
  return await profileText(bytes, formatOf(kind), cuts, { threads: engine(count), tuning: SMALL, spill, ...more });
}
/** That threads which served a job before are as good as new. */
async function expectServes(count: number) {
  const bytes = generatedTable('narrow CSV', 300, 1);
  expect(await onThreads(count, bytes, 'narrow CSV')).toBe(await profileText(bytes, 'csv'));
}
/** A CSV without an end, or with one after so many rows, a piece at a time as a storage gives it. */
async function* rows(most = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
  yield Buffer.from('id,amount,word\n');
  for (let row = 0; row < most; row += 100) {
    let text = '';
    for (let i = row; i < row + 100; i++) text += `${i},${(i * 7_919) % 1_000}.5,word ${i % 50}\n`;
    yield Buffer.from(text);
    await turn();
  }
}
const profile = (source: AsyncIterable<Uint8Array>, options: Partial<ProfileOptions>): Promise<Profile> =>
  profileDataset(source, { format: 'csv', tuning: SMALL, ...options });

describe('the report is the one without threads', () => {
  const cases = fc.record({
    kind: fc.constantFrom(...KINDS),
    count: fc.constantFrom(...COUNTS),
    seed: fc.nat(),
    rows: fc.integer({ min: 1, max: 500 }),
    cuts: fc.array(fc.nat(300_000), { maxLength: 6 }),
    blockBytes: fc.constantFrom(1_024, 4_096, 65_536),
    unitRows: fc.constantFrom(16, 17, 100),
    wideColumns: fc.constantFrom(1, 65),
    distinctBound: fc.constantFrom(20, 10_000),
    memoryBudget: fc.constantFrom(0, 20_000),
  });
  test('any number of threads, any cut, any sizes', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ kind, count, seed, rows, cuts, distinctBound, memoryBudget, ...sizes }) => {
        const bytes = generatedTable(kind, rows, seed);
        const tuning = { ...SMALL, ...sizes };
        // past a small bound estimates depend on sizes and budgets, never on the threads
        const options = { tuning, distinctBound, memoryBudget, tableBudget: 0 };
        const found = await onThreads(count, bytes, kind, options, cuts);
        using spill = new SpillFile();
        expect(found).toBe(await profileText(bytes, formatOf(kind), [], { ...options, spill }));
      }),
      { numRuns: 60, seed: 31 },
    );
  });
  test.each(KINDS)('%s of some megabytes, in the sizes that are usual', async (kind) => {
    const bytes = generatedTable(kind, kind === 'wide CSV' ? 2_000 : 25_000, 5);
    const usual = { tuning: { aloneBytes: 0 } };
    expect(await onThreads(3, bytes, kind, usual, [100_000])).toBe(await profileText(bytes, formatOf(kind)));
  });
  test('threads that are never called, since the file is small', async () => {
    for (const kind of KINDS)
      for (const rows of [1, 2, 40, 600])
        for (const tuning of [undefined, { ...SMALL, aloneBytes: 1e9 }]) {
          const bytes = generatedTable(kind, rows, 14);
          const found = await onThreads(5, bytes, kind, { tuning });
          expect(found).toBe(await profileText(bytes, formatOf(kind), [], { tuning }));
        }
  });
  test('threads that come when half of the file is read', async () => {
    for (const kind of KINDS) {
      const bytes = generatedTable(kind, 600, 6);
      const tuning = { ...SMALL, aloneBytes: bytes.length / 2 };
      expect(await onThreads(2, bytes, kind, { tuning })).toBe(await profileText(bytes, formatOf(kind)));
    }
  });
});

test('job after job ends, two at a time: no thread sleeps over what is left to it', async () => {
  const files = KINDS.map((kind) => ({ kind, bytes: generatedTable(kind, kind === 'wide CSV' ? 40 : 300, 12) }));
  const expected = new Map<TableKind, string>();
  for (const { kind, bytes } of files)
    expected.set(kind, await profileText(bytes, formatOf(kind), [], { tuning: SMALL }));
  const one = async (i: number) => {
    const { kind, bytes } = files[i % files.length]!;
    const found = await profileText(bytes, formatOf(kind), [], { threads: engine(COUNTS[i % 4]!), tuning: SMALL });
    expect(found).toBe(expected.get(kind));
  };
  for (let i = 0; i < 1_000; i += 2) await Promise.all([one(i), one(i + 1)]);
});

test('records of many small blocks: no thread takes a block of JSON for one that is to be split', async () => {
  const bytes = generatedTable('JSON lines', 1_300, 13);
  const tuning = { ...SMALL, blockBytes: 1_024 };
  const expected = await profileText(bytes, 'json', [], { tuning });
  for (let i = 0; i < 400; i++)
    expect(await profileText(bytes, 'json', [], { threads: engine(COUNTS[i % 4]!), tuning })).toBe(expected);
});

test('NUL bytes, rows of empty fields and bytes that are no UTF-8, behind the first MiB: the same report', async () => {
  const part = Buffer.from(`${'é,1,two words\n'.repeat(100_000)}a,\0,x\n,,\n"",, \n`);
  const wrong = Buffer.from('it\x92s,\xe2\x82,\0\0\n;\x93x\x94,2,\xc3\n', 'latin1');
  const bytes = Buffer.concat([Buffer.from('a,b,c\n'), part, wrong, part, wrong]);
  for (const tuning of [SMALL, { ...SMALL, wideColumns: 2 }]) {
    const alone = await profileText(bytes, 'csv', [], { tuning });
    expect(alone).toContain('characters are not UTF-8');
    expect(alone).toContain('6 NUL bytes are shown');
    expect(alone).toContain('4 rows without any value are skipped');
    for (const count of [1, 3])
      expect(await onThreads(count, bytes, 'narrow CSV', { tuning }, [1_500_000, 1_500_017])).toBe(alone);
  }
});

describe('what is wrong in a file is said in the same words', () => {
  const start = Buffer.from(generatedTable('narrow CSV', 3_000, 7));
  const records = generatedTable('JSON list', 3_000, 8).subarray(0, -1);
  const lines = generatedTable('JSON lines', 3_000, 9);
  test.each<[string, TableKind, Buffer, string]>([
    ['too many columns', 'narrow CSV', start, `${'x,'.repeat(17_000)}\n1\n`],
    ['an open quote', 'narrow CSV', start, 'a,"b\n'.repeat(301)],
    ['too many columns, then a NUL', 'narrow CSV', start, `${'x,'.repeat(17_000)}\n\u0000\n`],
    ['a list that is not closed', 'JSON list', records, ''],
    ['a value that is none', 'JSON list', records, ',{"a":1},{"a":tru}]'],
    ['something behind the list', 'JSON list', records, '] x'],
    ['a line that is cut', 'JSON lines', lines, '\n{"a":1}\n{"a":"x'],
    ['a list on a line', 'JSON lines', lines, `\n{"a":1} [2]\n${'{"a":1}\n'.repeat(500)}`],
    ['bytes that are not UTF-8', 'JSON lines', Buffer.concat([lines, Buffer.from('\n{"a":"\xff"}', 'latin1')]), ''],
  ])('%s', async (_name, kind, before, fault) => {
    const bytes = Buffer.concat([before, Buffer.from(fault)]);
    const alone = await profileText(bytes, formatOf(kind));
    expect(alone).not.toMatch(/^\{/);
    for (const count of [1, 3]) expect(await onThreads(count, bytes, kind, {}, [50_000])).toBe(alone);
    await expectServes(3);
  });
});

describe('a job that ends early', () => {
  test('an abort while rows come ends it with the reason, and the threads serve the next one', async () => {
    for (const after of [1, 20_000, 200_000]) {
      using spill = new SpillFile();
      const abort = new AbortController();
      const reason = new Error('no longer wanted');
      const onProgress = ({ bytes }: { bytes: number }) => {
        if (bytes > after) abort.abort(reason);
      };
      const job = profile(rows(), { threads: engine(3), spill, memoryBudget: 0, signal: abort.signal, onProgress });
      await expect(job).rejects.toBe(reason);
      await expectServes(3);
    }
  });
  test('an abort that comes while the host waits for the threads or works with them', async () => {
    for (let i = 0; i < 20; i++) {
      using spill = new SpillFile();
      const signal = AbortSignal.timeout(5 + i * 3);
      const job = profile(rows(), { threads: engine(2), spill, memoryBudget: 0, signal });
      await expect(job).rejects.toThrow(/timeout/);
    }
    await expectServes(2);
  });
  test('an abort while the facts are worked out', async () => {
    const bytes = generatedTable('wide CSV', 4_000, 10);
    const abort = new AbortController();
    const reason = new Error('no longer wanted');
    const stages: string[] = [];
    const job = profileText(bytes, 'csv', [], {
      threads: engine(3),
      tuning: { aloneBytes: 0 },
      signal: abort.signal,
      onStage(stage) {
        stages.push(stage);
        if (stage === 'statistics') setTimeout(() => abort.abort(reason), 1);
      },
    });
    await expect(job).rejects.toBe(reason);
    expect(stages).toEqual(['parsed', 'statistics']);
    await expectServes(3);
  });
  test('a source that throws in the middle', async () => {
    const fault = new Error('the storage is gone');
    async function* broken() {
      yield* rows(5_000);
      throw fault;
    }
    await expect(profile(broken(), { threads: engine(3) })).rejects.toBe(fault);
    await expectServes(3);
  });
});

test('a spill stays open until the threads have left the job: its descriptor could be reused', async () => {
  const spill = new SpillFile();
  const { file } = spill.lend();
  spill.giveBack();
  const { ino } = fstatSync(file);
  const isOpen = () => {
    try {
      return fstatSync(file).ino === ino;
    } catch {
      return false;
    }
  };
  const abort = new AbortController();
  const onProgress = ({ bytes }: { bytes: number }) => {
    if (bytes > 100_000) abort.abort(new Error('no longer wanted'));
  };
  const job = profile(rows(), { threads: engine(2), spill, memoryBudget: 0, signal: abort.signal, onProgress });
  const ended = job.catch(() => {
    spill[Symbol.dispose]();
    return isOpen();
  });
  expect(await ended).toBe(true);
  await vi.waitUntil(() => !isOpen());
});

describe('a thread that is lost', () => {
  /** Profiles rows until the test has done what it wants to the threads, whose workers it is given. */
  async function losing(
    threads: EngineThreads,
    lose: (workers: Worker[]) => unknown,
    jobs = 1,
  ): Promise<PromiseSettledResult<Profile>[]> {
    const workers: Worker[] = [];
    const see = (worker: Worker) => workers.push(worker);
    process.on('worker', see);
    let lost = false;
    const onProgress = ({ bytes }: { bytes: number }) => {
      if (lost || bytes < 100_000) return;
      lost = true;
      lose(workers);
    };
    try {
      return await Promise.allSettled(Array.from({ length: jobs }, () => profile(rows(), { threads, onProgress })));
    } finally {
      process.off('worker', see);
    }
  }
  test('a thread that ends fails the jobs that were on it, and the next job has new threads', async () => {
    for (const victim of [0, 2]) {
      const threads = new EngineThreads(3);
      const ended = await losing(threads, (workers) => void workers[victim]!.terminate(), 2);
      for (const job of ended)
        expect(job).toMatchObject({
          status: 'rejected',
          reason: { message: expect.stringMatching(/A thread of the engine ended with code/) },
        });
      const bytes = generatedTable('JSON list', 400, 11);
      expect(await profileText(bytes, 'json', [], { threads, tuning: SMALL })).toBe(await profileText(bytes, 'json'));
      await threads.close();
    }
  });
  test('a job that was not yet on the threads goes on', async () => {
    const threads = new EngineThreads(2);
    const alone = profile(rows(20_000), { threads, tuning: { ...SMALL, aloneBytes: 1e9 } });
    await losing(threads, (workers) => void workers[0]!.terminate());
    expect((await alone).rowCount).toBe(20_000);
    await threads.close();
  });
  test('what a thread cannot do is the failure of that job alone', async () => {
    const threads = engine(2);
    const failed = Promise.withResolvers<Error>();
    const other = profile(rows(20_000), { threads });
    // no memory that the kernel can be attached to
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const job = threads.open(memory, undefined, {
      onFreed() {},
      onFacts() {},
      onLeft() {},
      onFinished() {},
      onFailure: failed.resolve,
    });
    expect((await failed.promise).message).toMatch(/memory/i);
    job.close();
    expect((await other).rowCount).toBe(20_000);
    await expectServes(2);
  });
  test('threads that are closed while a job is on them fail it', async () => {
    const threads = new EngineThreads(2);
    const [ended] = await losing(threads, () => void threads.close());
    expect(ended).toMatchObject({ status: 'rejected', reason: { message: expect.stringMatching(/closed/) } });
  });
});

test('two jobs at once: both go on side by side, and each has its own report', async () => {
  const threads = engine(3);
  const told: string[] = [];
  const job = (name: string) => profile(rows(60_000), { threads, onProgress: () => told.push(name) });
  const [a, b] = await Promise.all([job('a'), job('b')]);
  expect(a).toEqual(b);
  expect(a.rowCount).toBe(60_000);
  const changes = told.filter((name, i) => i > 0 && name !== told[i - 1]).length;
  expect(changes).toBeGreaterThan(told.length / 10);
  // neither has all of its rows read before the other one has a fifth of them: on a busy machine the system favours one
  // of them for a while
  for (const [one, other] of ['ab', 'ba'] as unknown as [string, string][])
    expect(told.slice(0, told.lastIndexOf(one)).filter((name) => name === other).length).toBeGreaterThan(
      told.length / 10,
    );
});

test.each([
  'close',
  'leave',
])('the process ends when its threads are closed, or have nothing to do: %s', async (end) => {
  const child = spawn(process.execPath, ['tests/support/profile-on-threads.ts', end], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = child.stdout.setEncoding('utf8').toArray();
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect((await output).join('')).toBe('5000\n');
});
