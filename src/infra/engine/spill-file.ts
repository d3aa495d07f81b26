import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TransientError } from '../../core/errors.ts';
import type { Spill } from '../../processing/host/spill.ts';

// not imported: an import reads all that the module exports, and so loads streams, which cost a thread a sixth of its
// start
const { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } = process.getBuiltinModule('node:fs');

/** The disk of the temporary file is full, or the user's share of it: a sentence for the terminal and the log. */
export class SpillError extends TransientError {
  /** As the system has it, for threads, which pass it on without the class. */
  readonly code: string = 'ENOSPC';
}
/** What the system says when nothing more can be written: no space, and beyond a quota. */
const FULL: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT']);

/** @param written bytes in the file, of what does not fit in memory */
function asSpillError(error: unknown, written: number): unknown {
  if (!FULL.has((error as NodeJS.ErrnoException).code)) return error;
  return new SpillError(
    `The disk is full: what does not fit in memory is written to a temporary file in ${tmpdir()}, ` +
      `${Math.round(written / 1e6).toLocaleString('en')} MB until then. ` +
      'Free space there, or set TMPDIR to a folder on another disk.',
    { cause: error },
  );
}

/** What another thread of this process needs to use the file: its descriptor and where it ends. */
export interface SharedSpill {
  file: number;
  end: BigInt64Array;
}

/**
 * A file for what does not fit in memory while one dataset is profiled: append, read again. It is made when the first
 * bytes come, has no name from then on, and so is gone with the process, however that ends. Not asynchronous: the
 * engine writes in the middle of a block.
 */
export class SpillFile implements Spill, Disposable {
  #shared: SharedSpill | undefined;
  /** How often it was lent and not yet given back. */
  #lent = 0;
  #disposed = false;

  /**
   * For other threads; until `giveBack` the file stays open: its number would be another file's, which they would write
   * to.
   */
  lend(): SharedSpill {
    this.#lent++;
    return this.#open();
  }
  /** The threads that it was lent to no longer use it. */
  giveBack(): void {
    this.#lent--;
    this.#closeUnused();
  }
  /** @returns the offset to read it again from */
  write(bytes: Uint8Array): number {
    return openSharedSpill(this.#open()).write(bytes);
  }
  read(offset: number, into: Uint8Array): void {
    openSharedSpill(this.#open()).read(offset, into);
  }
  /** Closes it, at once or when the last thread has given it back. */
  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#closeUnused();
  }
  #open(): SharedSpill {
    this.#shared ??= { file: openNameless(), end: new BigInt64Array(new SharedArrayBuffer(8)) };
    return this.#shared;
  }
  #closeUnused(): void {
    if (!this.#disposed || this.#lent > 0 || !this.#shared) return;
    closeSync(this.#shared.file);
    this.#shared = undefined;
  }
}

/** The file as any thread uses it: each takes its place at the end for itself. */
export function openSharedSpill({ file, end }: SharedSpill): Spill {
  return {
    write(bytes) {
      const offset = Number(Atomics.add(end, 0, BigInt(bytes.length)));
      try {
        for (let done = 0; done < bytes.length; )
          done += writeSync(file, bytes, done, bytes.length - done, offset + done);
      } catch (error) {
        throw asSpillError(error, offset);
      }
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
  try {
    const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-'));
    try {
      return openSync(join(folder, 'spill'), 'wx+', 0o600);
    } finally {
      rmSync(folder, { recursive: true });
    }
  } catch (error) {
    throw asSpillError(error, 0);
  }
}
