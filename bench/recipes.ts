import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from './generators/random.ts';
import { taxiCsv, taxiJson, taxiNdjson } from './generators/taxi.ts';
import { textCsv } from './generators/text.ts';
import { wideCsv } from './generators/wide.ts';

export type Format = 'csv' | 'ndjson' | 'json';
export interface Recipe {
  format: Format;
  /** At scale 1. */
  rows: number;
  says: string;
  /** The pieces of the file in order. */
  pieces: (random: Random, rows: number) => Iterable<string>;
}

const SEED = 20_261_125;
const PIECE = 1 << 20;

export const RECIPES: Record<string, Recipe> = {
  taxi: { format: 'csv', rows: 2_000_000, pieces: taxiCsv, says: '17 columns: ids, stamps, codes with NA, money' },
  text: {
    format: 'csv',
    rows: 343_000,
    pieces: textCsv,
    says: '8 columns: quoted, doubled quotes, line breaks, UTF-8',
  },
  wide: { format: 'csv', rows: 100_000, pieces: wideCsv(300), says: '300 columns: numbers, few words' },
  wide1000: { format: 'csv', rows: 20_000, pieces: wideCsv(1_000), says: '1,000 columns: numbers, few words' },
  ndjson: { format: 'ndjson', rows: 770_000, pieces: taxiNdjson, says: 'rows of taxi, an object a line' },
  json: { format: 'json', rows: 770_000, pieces: taxiJson, says: 'rows of taxi, one array' },
  small: { format: 'csv', rows: 20_000, pieces: taxiCsv, says: 'rows of taxi, a small file' },
};

/**
 * Writes the recipe's file where it is not there yet. A file cut off by an interrupt never has the final name.
 * @param scale of the rows, at least one is written
 * @returns its path, and its size in bytes
 */
export function dataFile(folder: string, name: string, scale: number): { path: string; bytes: number } {
  const recipe = RECIPES[name]!;
  const path = join(folder, `${name}${scale === 1 ? '' : `-x${scale}`}.${recipe.format}`);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const unfinished = `${path}.unfinished`;
    writePieces(unfinished, recipe.pieces(new Random(SEED), Math.max(1, Math.round(recipe.rows * scale))));
    renameSync(unfinished, path);
  }
  return { path, bytes: statSync(path).size };
}

function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w');
  try {
    let text = '';
    const flush = () => {
      const bytes = Buffer.from(text);
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      text = '';
    };
    for (const piece of pieces) {
      text += piece;
      if (text.length >= PIECE) flush();
    }
    flush();
  } finally {
    closeSync(file);
  }
}
