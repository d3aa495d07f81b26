import type { ByteSource } from '../../byte-source.ts';
import { Turns } from '../../containers/turns.ts';
import type { RowContent } from '../../whole-row.ts';
import type { Declared, KnownFile, TakeRow } from '../format.ts';
import { jsonReading, LINES, sourceOf } from './json-reading.ts';
import { ParquetTable } from './table.ts';

/** A row whose content comes when its group is read: `take` wants it at once. */
interface Promised {
  row: number;
  fields: RowContent['fields'];
}

/** Rows that are counted, without reading them, between two looks at the clock. */
const ROWS_BETWEEN_LOOKS = 4_096;

/**
 * Gives every row to `take` (see FormatReader), row group by row group. Only groups of wanted rows are read, and no
 * further than the last of them: the content is there when the group is yielded.
 */
export async function* parquetRows(
  source: ByteSource,
  _file: KnownFile,
  take: TakeRow,
  declared: Declared,
): AsyncGenerator<void> {
  await using table = await ParquetTable.open(source);
  const turns = new Turns(declared.limits?.signal);
  let row = 0;
  for (const [index, group] of table.footer.groups.entries()) {
    const wanted: Promised[] = [];
    const read = () => {
      const fields: RowContent['fields'] = [];
      wanted.push({ row, fields });
      return { fields };
    };
    let isDone = false;
    const first = row + 1;
    const end = row + group.rows;
    while (row < end && !isDone) {
      row++;
      if (row % ROWS_BETWEEN_LOOKS === 0 && turns.isDue) await turns.take();
      isDone = take(row, read);
    }
    for (const run of runsOf(wanted)) await keep(run, table, { firstGroup: index, first }, declared);
    yield;
    if (isDone) return;
  }
}

/** Rows between two wanted ones that are read for that: others are passed over, from the group's beginning. */
const MOST_BETWEEN = 16_384;

/** Wanted rows that are read in one go. */
function runsOf(wanted: Promised[]): Promised[][] {
  const runs: Promised[][] = [];
  for (const one of wanted) {
    const run = runs.at(-1);
    if (run && one.row - run.at(-1)!.row <= MOST_BETWEEN) run.push(one);
    else runs.push([one]);
  }
  return runs;
}

/** Reads the wanted rows of a group. @param first the group's first row */
async function keep(
  wanted: Promised[],
  table: ParquetTable,
  { firstGroup, first }: { firstGroup: number; first: number },
  declared: Declared,
): Promise<void> {
  const from = wanted[0]!.row;
  const limit = wanted.at(-1)!.row - from + 1;
  const byRow = new Map(wanted.map((one) => [one.row, one]));
  const json = await jsonReading(declared);
  const inOrder = [...wanted];
  async function* texts() {
    for await (const batch of table.batches({
      firstGroup,
      skip: from - first,
      limit,
      signal: declared.limits?.signal,
    })) {
      const lines = batch.text.split('\n');
      for (let i = 0; i < batch.rows; i++) if (byRow.has(batch.row + i)) yield `${lines[i]}\n`;
    }
  }
  const takeOne: TakeRow = (_line, read) => {
    inOrder.shift()!.fields.push(...read().fields);
    return inOrder.length === 0;
  };
  const known = { format: LINES };
  for await (const _block of json.reader.rows(sourceOf(texts()), known, takeOne, json.declared));
}
