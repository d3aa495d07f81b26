import type { FoundRows, RowQuery } from '../filter/row-query.ts';
import { CLASSES } from '../kernel/border/classes.ts';
import { FOUND_BYTES, ROW_HASH_BYTES } from '../kernel/border/tests.ts';
import type { RowContent, WholeRow } from '../whole-row.ts';
import { addTests } from './kernel-tests.ts';
import type { KernelThread } from './kernel-thread.ts';

/** A row whose content is made when it is asked for. */
class FoundRow implements WholeRow {
  readonly row: number;
  readonly line: number;
  readonly #content: RowContent;
  constructor(row: number, line: number, content: RowContent) {
    this.row = row;
    this.line = line;
    this.#content = content;
  }
  get fields(): RowContent['fields'] {
    return this.#content.fields;
  }
  get surplus(): string[] | undefined {
    return this.#content.surplus;
  }
}

/** Rows of a job that pass the tests of a query, while the job goes on. */
export class RowFilter implements FoundRows {
  readonly query: RowQuery;
  readonly #make: (bytes: Buffer) => RowContent;
  readonly #standIns: number;
  #thread: KernelThread | undefined;
  #found: WholeRow[] = [];

  /**
   * @param make the content of a row from its bytes; blank lines may follow them
   * @param standIns rows that the reader puts before the first one of `query.start`
   */
  constructor(query: RowQuery, make: (bytes: Buffer) => RowContent, standIns = 0) {
    this.#standIns = standIns;
    this.query = query;
    this.#make = make;
  }
  /** The job has begun on this thread. */
  begin(thread: KernelThread): void {
    const { start, after, first, finds = {} } = this.query;
    this.#thread = thread;
    const most = Math.min(first, Number.MAX_SAFE_INTEGER);
    const { kernel } = thread;
    kernel.beginFilter(start?.row ?? 0, this.#standIns, after, most, finds.repeated ?? false, finds.hashOf ?? 0);
    addTests(thread, this.query);
  }
  /** Makes the rows that were listed in a block, whose bytes are still there. @param line of the block's first byte */
  collect(line: number): void {
    const thread = this.#thread!;
    const { kernel } = thread;
    const count = kernel.foundRows();
    if (count === 0) return;
    const places = thread.words(kernel.foundAt(), (count * FOUND_BYTES) / 4);
    for (let i = 0; i < places.length; i += 4) {
      const begin = places[i + 1]!;
      const content = this.#make(thread.view(begin, places[i + 2]! - begin));
      this.#found.push(new FoundRow(places[i]!, line + places[i + 3]!, content));
    }
    kernel.takeFound();
  }
  take(): WholeRow[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }
  get matched(): number {
    return this.#thread?.kernel.matchedRows() ?? 0;
  }
  get read(): number {
    return this.#thread?.kernel.totalRows() ?? 0;
  }
  get hash(): Buffer | undefined {
    const at = this.#thread?.kernel.hashAt() ?? 0;
    return at === 0 ? undefined : Buffer.from(this.#thread!.view(at, ROW_HASH_BYTES));
  }
  get classCounts(): Float64Array {
    if (!this.#thread) return new Float64Array(CLASSES);
    return this.#thread.doubles(this.#thread.kernel.classCountsAt(), CLASSES).slice();
  }
}
