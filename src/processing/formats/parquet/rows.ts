import type { ByteSource } from '../../byte-source.ts';
import type { RowContent } from '../../whole-row.ts';
import type { Declared, KnownFile, TakeRow } from '../format.ts';
import { jsonReading, LINES, sourceOf } from './json-reading.ts';
import { ParquetTable } from './table.ts';

/** A row whose content comes when its group is read: `take` wants it at once. */
interface Promised {
  row: number;
  fields: RowContent['fields'];
}

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
  let row = 0;
  for (const [index, group] of table.footer.groups.entries()) {
    const wanted: Promised[] = [];
    let isDone = false;
    const end = row + group.rows;
    while (row < end && !isDone) {
      row++;
      isDone = take(row, () => {
        const fields: RowContent['fields'] = [];
        wanted.push({ row, fields });
        return { fields };
      });
    }
    if (wanted.length > 0) await keep(wanted, table, index, declared);
    yield;
    if (isDone) return;
  }
}

/** Reads the wanted rows of a group. */
async function keep(wanted: Promised[], table: ParquetTable, group: number, declared: Declared): Promise<void> {
  const last = wanted.at(-1)!.row;
  const first = table.footer.groups.slice(0, group).reduce((sum, { rows }) => sum + rows, 1);
  const byRow = new Map(wanted.map((one) => [one.row, one]));
  const json = await jsonReading(declared);
  const inOrder = [...wanted];
  async function* texts() {
    for await (const batch of table.batches(group, last - first + 1)) {
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
