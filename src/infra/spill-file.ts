import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Spill } from '../processing/spill.ts';

/** What another thread of this process needs to use the file: its descriptor and where it ends. */
export interface SharedSpill {
  file: number;
  end: BigInt64Array;
}

/**
 * A file for what does not fit in memory while one dataset is profiled: append, read again. It is made when the first bytes
 * come, has no name from then on, and so is gone with the process, however that ends. Not asynchronous: the engine
 * writes in the middle of a block.
 */
export class SpillFile implements Spill, Disposable {
  #shared: SharedSpill | undefined;

  /** For other threads; the file is this one's to close, after they have ended. */
  share(): SharedSpill {
    this.#shared ??= { file: openNameless(), end: new BigInt64Array(new SharedArrayBuffer(8)) };
    return this.#shared;
  }
  /** @returns the offset to read it again from */
  write(bytes: Uint8Array): number {
    return openSharedSpill(this.share()).write(bytes);
  }
  read(offset: number, into: Uint8Array): void {
    openSharedSpill(this.share()).read(offset, into);
  }
  [Symbol.dispose](): void {
    if (this.#shared) closeSync(this.#shared.file);
    this.#shared = undefined;
  }
}

/** The file as any thread uses it: each takes its place at the end for itself. */
export function openSharedSpill({ file, end }: SharedSpill): Spill {
  return {
    write(bytes) {
      const offset = Number(Atomics.add(end, 0, BigInt(bytes.length)));
      for (let done = 0; done < bytes.length; )
        done += writeSync(file, bytes, done, bytes.length - done, offset + done);
      return offset;
    },
    read(offset, into) {
      for (let done = 0; done < into.length; ) {
        const got = readSync(file, into, done, into.length - done, offset + done);
        if (got === 0) throw new Error('A temporary file is shorter than what was written to it');
        done += got;
      }
    },
  };
}

function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-'));
  try {
    return openSync(join(folder, 'spill'), 'wx+', 0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
