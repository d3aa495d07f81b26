import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, opendir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../core/errors.ts';
import type { Storage } from './storage.ts';

/**
 * Objects in a folder. A file is written under another name first and renamed, so that a crash leaves no half object
 * under its key.
 */
export function openFilesystemStorage(root: string, buckets: string[]): Storage {
  const unfinished = join(root, '.unfinished');

  /** @throws Error for a key that would lead out of the bucket's folder */
  function pathOf(bucket: string, key: string): string {
    const base = join(root, bucket);
    const path = join(base, key);
    if (!path.startsWith(base + sep)) throw new Error(`The key ${JSON.stringify(key)} leads out of its bucket.`);
    return path;
  }

  return {
    async prepare() {
      // left behind by a killed process; this process alone uses the folder, so nothing is being written there
      await rm(unfinished, { recursive: true, force: true });
      for (const folder of [unfinished, ...buckets.map((bucket) => join(root, bucket))])
        await mkdir(folder, { recursive: true });
    },
    async put(bucket, key, body, _contentType, signal) {
      const path = pathOf(bucket, key);
      const temporary = join(unfinished, randomUUID());
      try {
        const source = typeof body === 'string' ? Readable.from([body]) : body;
        await pipeline(source, createWriteStream(temporary, { flags: 'wx', flush: true, highWaterMark: 1 << 20 }), {
          signal,
        });
        await mkdir(dirname(path), { recursive: true });
        await rename(temporary, path);
        return { etag: undefined };
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    async get(bucket, key, signal, from = 0, end = Number.POSITIVE_INFINITY) {
      const file = await open(pathOf(bucket, key)).catch((error) => {
        if (error.code === 'ENOENT')
          throw new AppError('NOT_FOUND', 'The stored file is gone: upload it again.', { cause: error });
        throw error;
      });
      return createReadStream('', { fd: file, start: from, end: end - 1, highWaterMark: 1 << 20, signal });
    },
    async remove(bucket, key) {
      await rm(pathOf(bucket, key), { force: true });
    },
    async *list(bucket) {
      const base = join(root, bucket);
      // not glob(), which skips names that begin with a dot
      for await (const entry of await opendir(base, { recursive: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const found = await stat(path).catch(() => undefined); // removed meanwhile
        if (found) yield { key: relative(base, path).replaceAll(sep, '/'), modifiedAt: found.mtime };
      }
    },
    async abandonUploads(_bucket, before) {
      let count = 0;
      for (const name of await readdir(unfinished)) {
        const path = join(unfinished, name);
        const found = await stat(path).catch(() => undefined);
        if (!found || found.mtime >= before) continue;
        await rm(path, { force: true });
        count++;
      }
      return count;
    },
    async ping() {
      await access(root);
    },
    async close() {},
  };
}
