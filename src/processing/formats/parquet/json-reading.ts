// The rows of a Parquet file are read as JSON, one object on each line: everything that is said of values is what the
// same values say as JSON.

import type { ByteSource } from '../../byte-source.ts';
import type { ReadOptions } from '../../options/read-options.ts';
import { formatNamed } from '../choose.ts';
import type { Declared, FormatReader } from '../format.ts';
import type { Schema } from './schema.ts';

/** The reader of JSON, and what it is told. */
export interface JsonReading {
  reader: FormatReader;
  declared: Declared;
}

/** Options that are about values; the others are about how text is cut into them. */
const OF_VALUES = ['null_tokens', 'more_null_tokens', 'decimal', 'thousands', 'types', 'date_order'] as const;
/** Objects on lines, however few; NaN and infinities are written as such. */
export const LINES = 'ndjson';
const DIALECT: ReadOptions = { format: LINES, lenient: true };

/** @param declared of the Parquet file, whose options hold for the values */
export async function jsonReading({ formats, options }: Declared): Promise<JsonReading> {
  const format = formatNamed('json', formats);
  const ofValues = Object.fromEntries(
    OF_VALUES.filter((name) => options?.[name]).map((name) => [name, options![name]]),
  );
  return {
    reader: await format.load(),
    declared: {
      format,
      formats,
      options: { ...ofValues, ...DIALECT },
      file: { format: LINES },
    },
  };
}

/** Text as a file, piece by piece. */
export const sourceOf = (texts: AsyncIterable<string>): ByteSource => ({
  async *[Symbol.asyncIterator]() {
    for await (const text of texts) yield Buffer.from(text);
  },
});

/** The facts of a file that are read from its footer. */
export function floatColumns({ columns }: Schema): boolean[] {
  return columns.map(
    (node) =>
      node.kind === 'leaf' &&
      node.repetition !== 'REPEATED' &&
      ['float', 'double', 'float16'].includes(node.type.meaning.kind),
  );
}
