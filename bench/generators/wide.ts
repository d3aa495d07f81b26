import type { Random } from './random.ts';
import { withRepeats } from './repeats.ts';

const COLOURS = ['red', 'green', 'blue', ''];

/**
 * Six kinds of column in turn: integers of a growing range, money, words of few kinds, six decimals, percent, readings
 * with gaps.
 */
function cell(random: Random, column: number): string {
  switch (column % 6) {
    case 0:
      return String(random.below(2 ** (1 + (column % 20))));
    case 1:
      return (random.fraction() * 1_000).toFixed(2);
    case 2:
      return random.pick(COLOURS);
    case 3:
      // from whole numbers, so that there is no -0.000000 beside 0.000000
      return ((random.below(2_000_001) - 1_000_000) / 1_000_000).toFixed(6);
    case 4:
      return String(random.below(100));
    default:
      return random.chance(0.05) ? 'NaN' : random.skewed(50).toFixed(1);
  }
}

/** @param columns how many */
export function wideCsv(columns: number): (random: Random, rows: number) => Generator<string> {
  return function* (random, rows) {
    yield `${Array.from({ length: columns }, (_, column) => `c${column + 1}`).join(',')}\n`;
    yield* withRepeats(random, rows, () => {
      let line = cell(random, 0);
      for (let column = 1; column < columns; column++) line += `,${cell(random, column)}`;
      return `${line}\n`;
    });
  };
}
