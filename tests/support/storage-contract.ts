import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Storage } from '../../src/infra/storage/storage.ts';

const PART = 5 * 1024 * 1024; // of an upload in parts
const HOUR = 3_600_000;

/** Bytes that repeat nowhere near, in pieces of changing size. */
export function* pieces(bytes: number, seed: number): Generator<Buffer> {
  for (let at = 0, n = seed; at < bytes; n++) {
    const piece = Buffer.alloc(Math.min(bytes - at, 1 + ((n * 7_919) % 200_000)));
    for (let i = 0; i < piece.length; i += 997) piece.writeUInt8((at + i + seed) & 255, i);
    at += piece.length;
    yield piece;
  }
}

/**
 * What every store must do, whatever it is: the same tests for a folder and for each S3 server.
 * @param open a store of two buckets that nobody else writes to; the second may be missing at first
 */
export function storageContract(what: string, open: () => { storage: Storage; buckets: [string, string] }): void {
  describe(what, () => {
    let storage: Storage;
    let bucket: string;
    let other: string;
    beforeAll(async () => {
      const opened = open();
      storage = opened.storage;
      [bucket, other] = opened.buckets;
      await storage.prepare();
    });
    afterAll(() => storage?.close());

    const read = async (key: string) => Buffer.concat(await Array.fromAsync(await storage.get(bucket, key)));
    const keys = async (prefix: string) => {
      const found: string[] = [];
      for await (const { key } of storage.list(bucket)) if (key.startsWith(prefix)) found.push(key);
      return found.sort();
    };
    const newPrefix = () => `datasets/${randomUUID()}/source/`;

    test('prepare: buckets that are there, and two processes at once', async () => {
      await Promise.all([storage.prepare(), storage.prepare()]);
      await storage.prepare();
      await storage.ping();
      for (const name of [bucket, other]) {
        expect(await Array.fromAsync(storage.list(name))).toEqual([]);
        expect(await storage.abandonUploads(name, new Date(Date.now() + HOUR))).toBe(0);
      }
    });

    test.each([
      0,
      1,
      65_536,
      65_537,
      PART - 1,
      PART,
      PART + 1,
      2 * PART,
      17_000_000,
    ])('a stream of unknown length is stored whole: %i bytes', async (size) => {
      const key = `${newPrefix()}a.csv`;
      await storage.put(bucket, key, Readable.from(pieces(size, size)), 'text/csv');
      expect(Buffer.compare(await read(key), Buffer.concat([...pieces(size, size)]))).toBe(0);
      expect(await keys(key)).toEqual([key]);
      await storage.remove(bucket, key);
      expect(await keys(key)).toEqual([]);
    });

    test('several uploads in parts at a time', async () => {
      const prefix = newPrefix();
      const seeds = [1, 2, 3, 4];
      await Promise.all(
        seeds.map((seed) =>
          storage.put(bucket, `${prefix}${seed}`, Readable.from(pieces(12_000_000, seed)), 'text/csv'),
        ),
      );
      for (const seed of seeds)
        expect(Buffer.compare(await read(`${prefix}${seed}`), Buffer.concat([...pieces(12_000_000, seed)]))).toBe(0);
    });

    test.each([
      ['spaces', ' a b  c.csv'],
      ['signs of addresses', "a+b&c=d'(*)!~?#[]@$,;:.csv"],
      ['percent', '%2F %20 100% %.csv'],
      ['letters of the world', 'Größe ü€ 日本語 🙂.csv'],
      ['composed and decomposed', 'e\u0301 and \u00e9.csv'],
      ['quotes and brackets', '<a> "b" {c} |d| ^e` \\f.csv'],
      ['a name of 200 bytes', `${'x'.repeat(196)}.csv`],
      ['dots', '...a..b.csv'],
    ])('a key with %s', async (_, name) => {
      const prefix = newPrefix();
      const [small, large] = [`${prefix}${name}`, `${prefix}large ${name}`.slice(0, 250)];
      await storage.put(bucket, small, 'x\n1\n', 'text/csv');
      await storage.put(bucket, large, Readable.from(pieces(6_000_000, 7)), 'text/csv');
      expect(await keys(prefix)).toEqual([small, large].sort());
      expect((await read(small)).toString()).toBe('x\n1\n');
      expect((await read(large)).length).toBe(6_000_000);
      await storage.remove(bucket, small);
      await storage.remove(bucket, large);
      expect(await keys(prefix)).toEqual([]);
    });

    test('what is stored again takes the place of what was there', async () => {
      const key = `${newPrefix()}a.csv`;
      await storage.put(bucket, key, Readable.from(pieces(6_000_000, 1)), 'text/csv');
      await storage.put(bucket, key, 'second', 'text/csv');
      expect((await read(key)).toString()).toBe('second');
    });

    test('an object is not to be seen before it is complete', async () => {
      const key = `${newPrefix()}a.csv`;
      const end = Promise.withResolvers<void>();
      async function* slow() {
        yield* pieces(12_000_000, 5);
        await end.promise;
        yield Buffer.from('end');
      }
      const putting = storage.put(bucket, key, Readable.from(slow()), 'text/csv');
      await sleep(300);
      expect(await keys(key)).toEqual([]);
      await expect(storage.get(bucket, key)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      end.resolve();
      await putting;
      expect((await read(key)).length).toBe(12_000_003);
    });

    test('a source that breaks and an upload that is aborted leave nothing', async () => {
      const prefix = newPrefix();
      for (const size of [1_000, 12_000_000]) {
        async function* broken() {
          yield* pieces(size, 5);
          throw new Error('gone');
        }
        await expect(storage.put(bucket, `${prefix}a`, Readable.from(broken()), 'text/csv')).rejects.toThrow('gone');
        const abort = new AbortController();
        const sent = pieces(size, 5);
        const source = new Readable({
          read() {
            const { value } = sent.next();
            if (value) this.push(value);
            // a client that neither sends nor goes
            else setTimeout(() => abort.abort(new Error('no more')), 50);
          },
        });
        await expect(storage.put(bucket, `${prefix}b`, source, 'text/csv', abort.signal)).rejects.toThrow();
        expect(source.destroyed).toBe(true);
      }
      expect(await keys(prefix)).toEqual([]);
    });

    test('an upload that broke off leaves no parts behind', async () => {
      const before = await storage.abandonUploads(bucket, new Date(Date.now() + HOUR));
      async function* broken() {
        yield* pieces(12_000_000, 5);
        throw new Error('gone');
      }
      const key = `${newPrefix()}a.csv`;
      await expect(storage.put(bucket, key, Readable.from(broken()), 'text/csv')).rejects.toThrow('gone');
      expect([before, await storage.abandonUploads(bucket, new Date(Date.now() + HOUR))]).toEqual([before, 0]);
    });

    test('uploads that nobody ends are given up, young ones are not', async () => {
      const key = `${newPrefix()}a.csv`;
      const end = Promise.withResolvers<void>();
      async function* slow() {
        yield* pieces(12_000_000, 5);
        await end.promise;
        yield Buffer.from('end');
      }
      const putting = storage.put(bucket, key, Readable.from(slow()), 'text/csv');
      putting.catch(() => {});
      await sleep(500); // two parts are there
      expect(await storage.abandonUploads(bucket, new Date(Date.now() - HOUR))).toBe(0);
      expect(await storage.abandonUploads(bucket, new Date(Date.now() + HOUR))).toBe(1);
      end.resolve();
      await expect(putting).rejects.toThrow();
      expect(await keys(key)).toEqual([]);
    });

    test('an upload that still gets parts is not given up, however long ago it began', async () => {
      const key = `${newPrefix()}a.csv`;
      const [more, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      async function* slow() {
        yield* pieces(6_000_000, 5);
        await more.promise;
        yield* pieces(6_000_000, 6);
        await end.promise;
        yield Buffer.from('end');
      }
      const putting = storage.put(bucket, key, Readable.from(slow()), 'text/csv');
      await sleep(2_100); // stores tell times in whole seconds
      const before = new Date();
      await sleep(1_100);
      more.resolve();
      await sleep(500);
      expect(await storage.abandonUploads(bucket, before)).toBe(0);
      end.resolve();
      await putting;
      expect((await read(key)).length).toBe(12_000_003);
    });

    test('what is not there: get says so, remove does not mind', async () => {
      const key = `${newPrefix()}a.csv`;
      await expect(storage.get(bucket, key)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await storage.remove(bucket, key);
    });

    test('an object is read from a byte on', async () => {
      const key = `${newPrefix()}part.csv`;
      const whole = Buffer.concat([...pieces(300_000, 5)]);
      await storage.put(bucket, key, Readable.from([whole]), 'text/csv');
      for (const from of [0, 1, 65_536, 299_999]) {
        const read = await Array.fromAsync(await storage.get(bucket, key, undefined, from));
        expect(Buffer.concat(read).equals(whole.subarray(from))).toBe(true);
      }
      for (const [from, end] of [
        [0, 1],
        [0, 300_000],
        [65_535, 65_537],
        [299_999, 300_000],
      ] as const) {
        const read = await Array.fromAsync(await storage.get(bucket, key, undefined, from, end));
        expect(Buffer.concat(read).equals(whole.subarray(from, end))).toBe(true);
      }
    });

    test('a reading that is cancelled ends, and the store goes on', async () => {
      const key = `${newPrefix()}a.csv`;
      await storage.put(bucket, key, Readable.from(pieces(12_000_000, 9)), 'text/csv');
      for (let n = 0; n < 5; n++) {
        const abort = new AbortController();
        const source = await storage.get(bucket, key, abort.signal);
        const reading = (async () => {
          for await (const _ of source) abort.abort(new Error('enough'));
        })();
        await expect(reading).rejects.toThrow();
      }
      const unread = await storage.get(bucket, key);
      unread.destroy();
      expect((await read(key)).length).toBe(12_000_000);
    });

    test('a list of more than 1,000 objects has each of them once, with its time', async () => {
      const prefix = newPrefix();
      const wanted = Array.from({ length: 1_105 }, (_, n) => `${prefix}${String(n).padStart(4, '0')} ä.csv`);
      for (let at = 0; at < wanted.length; at += 50)
        await Promise.all(wanted.slice(at, at + 50).map((key) => storage.put(bucket, key, 'x', 'text/csv')));
      const found: { key: string; modifiedAt: Date }[] = [];
      for await (const stored of storage.list(bucket)) if (stored.key.startsWith(prefix)) found.push(stored);
      expect(found.map(({ key }) => key).sort()).toEqual(wanted);
      // the cleanup goes by it
      for (const { modifiedAt } of found) expect(Math.abs(modifiedAt.getTime() - Date.now())).toBeLessThan(HOUR);
      for (let at = 0; at < wanted.length; at += 50)
        await Promise.all(wanted.slice(at, at + 50).map((key) => storage.remove(bucket, key)));
      expect(await keys(prefix)).toEqual([]);
    });
  });
}
