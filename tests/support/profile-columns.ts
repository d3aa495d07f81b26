import { profileDataset } from '../../src/processing/profile.ts';
import type { ProfileOptions } from '../../src/processing/profile-options.ts';
import type { ColumnFacts } from '../../src/processing/profile-types.ts';

/** The facts of each column of a text that is in one piece. */
export async function profileColumns(text: string, options: ProfileOptions): Promise<ColumnFacts[]> {
  const bytes = Buffer.from(text);
  return (await profileDataset(asPiece(bytes), options)).columns;
}
async function* asPiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Columns of cells as the text of a table: short columns end in nulls. `name` makes a column's name of its index. */
export function tableText(columns: string[][], format: 'csv' | 'json'): string {
  const rows = Array.from({ length: Math.max(...columns.map(({ length }) => length)) }, (_, i) => i);
  if (format === 'csv') {
    const header = columns.map((_, k) => `,c${k}`).join('');
    const line = (i: number) => columns.map((cells) => `,${cells[i] ?? ''}`).join('');
    return `first${header}\n${rows.map((i) => `x${line(i)}\n`).join('')}`;
  }
  const record = (i: number) => columns.map((cells, k) => `,"c${k}":${cells[i] ?? 'null'}`).join('');
  return `[${rows.map((i) => `{"first":"x"${record(i)}}`).join(',\n')}]`;
}
