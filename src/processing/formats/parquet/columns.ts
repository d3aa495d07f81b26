import type { ByteRanges } from '../../byte-source.ts';
import type { Turns } from '../../containers/turns.ts';
import { type Assemble, assembler } from './assemble.ts';
import type { RowGroup } from './footer.ts';
import { LeafCursor, type OnWrongText } from './leaf-cursor.ts';
import { LeafQueue, type Room } from './leaf-queue.ts';
import { damaged } from './pages.ts';
import type { Node } from './schema.ts';

/** The values of a column in one row group, in order. */
export interface ColumnReader {
  /** Bytes of its chunks that are read. */
  readonly bytes: number;
  /**
   * Holds the values of some rows, at least one, at most `most`, and not more JSON than `budget` bytes if that is more
   * than one. @throws DatasetError when there are none
   */
  ahead(most: number, budget: number): Promise<number>;
  /** Passes over the first rows, before any is held. */
  skip(rows: number): Promise<void>;
  /** The JSON of the value of the next row, which is held. */
  take(): string;
}

/** Reads a column of a row group. @param windowBytes how much is read from the source at once, at least */
export function readColumn(
  ranges: ByteRanges,
  group: RowGroup,
  node: Node,
  windowBytes: number,
  turns: Turns,
  room: Room,
  onWrongText: OnWrongText,
): ColumnReader {
  const cursor = (index: number, leaf: LeafCursor['leaf'], isNested: boolean) =>
    new LeafCursor(ranges, group.chunks[index]!, leaf, windowBytes, turns, isNested, onWrongText);
  if (node.kind === 'leaf' && node.repetition !== 'REPEATED') {
    return new FlatColumn(cursor(node.firstLeaf, node, false), room);
  }
  const queues = new Map<number, LeafQueue>();
  const visit = (one: Node) => {
    if (one.kind === 'leaf') queues.set(one.firstLeaf, new LeafQueue(cursor(one.firstLeaf, one, true), room));
    else one.children.forEach(visit);
  };
  visit(node);
  return new NestedColumn(node, queues, group);
}

/** Of a text in memory. */
const LEAST_BYTES = 16;

class FlatColumn implements ColumnReader {
  readonly #cursor: LeafCursor;
  readonly #room: Room;
  /** Taken from a page that is too large to be kept, and how many of them are given. */
  #ahead: string[] = [];
  #given = 0;
  constructor(cursor: LeafCursor, room: Room) {
    this.#cursor = cursor;
    this.#room = room;
  }
  get bytes(): number {
    return this.#cursor.bytes;
  }
  skip(rows: number): Promise<void> {
    return this.#cursor.skip(rows);
  }
  async ahead(most: number, budget: number): Promise<number> {
    const cursor = this.#cursor;
    if (this.#given === this.#ahead.length) {
      if (!cursor.isOpen && !(await cursor.open())) cursor.endsEarly();
      if (cursor.heldBytes <= this.#room.kept) return cursor.ahead(most, budget);
      const rows = cursor.ahead(Math.min(this.#room.rows, Math.ceil(this.#room.ahead / LEAST_BYTES)), this.#room.ahead);
      this.#ahead = Array.from({ length: rows }, () => cursor.take() ?? 'null');
      this.#given = 0;
      cursor.release();
    }
    return Math.min(most, this.#ahead.length - this.#given);
  }
  take(): string {
    if (this.#given < this.#ahead.length) return this.#ahead[this.#given++]!;
    return this.#cursor.take() ?? 'null';
  }
}

class NestedColumn implements ColumnReader {
  readonly #queues: LeafQueue[];
  readonly #assemble: Assemble;
  readonly #fail: (error: unknown) => unknown;

  constructor(node: Node, queues: ReadonlyMap<number, LeafQueue>, group: RowGroup) {
    this.#queues = [...queues.values()];
    this.#assemble = assembler(node, queues);
    const chunk = group.chunks[node.firstLeaf]!;
    this.#fail = (error) => damaged(error, chunk, chunk.begin);
  }
  get bytes(): number {
    return this.#queues.reduce((sum, { cursor }) => sum + cursor.bytes, 0);
  }
  async skip(rows: number): Promise<void> {
    for (const { cursor } of this.#queues) await cursor.skip(rows);
  }
  async ahead(most: number): Promise<number> {
    let rows = most;
    for (const queue of this.#queues) {
      queue.shift();
      await queue.fill(most);
      if (queue.rows === 0) queue.cursor.endsEarly();
      rows = Math.min(rows, queue.rows);
    }
    return rows;
  }
  take(): string {
    try {
      const text = this.#assemble();
      for (const queue of this.#queues) queue.endRow();
      return text;
    } catch (error) {
      throw this.#fail(error);
    }
  }
}
