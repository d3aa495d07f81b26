import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A file for what does not fit in memory while one dataset is profiled: append, read again. It is made when the first bytes
 * come, has no name from then on, and so is gone with the process, however that ends. Not asynchronous: the engine
 * writes in the middle of a block.
 */
export class SpillFile implements Disposable {
  #file: number | undefined;
  #end = 0;

  /** @returns the offset to read it again from */
  write(bytes: Uint8Array): number {
    this.#file ??= openNameless();
    const offset = this.#end;
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.#file, bytes, done, bytes.length - done, offset + done);
    this.#end += bytes.length;
    return offset;
  }
  read(offset: number, into: Uint8Array): void {
    for (let done = 0; done < into.length; ) {
      const got = readSync(this.#file!, into, done, into.length - done, offset + done);
      if (got === 0) throw new Error('A temporary file is shorter than what was written to it');
      done += got;
    }
  }
  [Symbol.dispose](): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-'));
  try {
    return openSync(join(folder, 'spill'), 'wx+', 0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
