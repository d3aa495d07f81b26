import type { Random } from './random.ts';

const SHARE = 0.01;
const KEPT = 4_096;

/** The rows, one in a hundred of them an earlier one again. @param make makes a new row */
export function* withRepeats(random: Random, rows: number, make: () => string): Generator<string> {
  const kept: string[] = [];
  for (let row = 0; row < rows; row++) {
    if (kept.length > 0 && random.chance(SHARE)) {
      yield random.pick(kept);
      continue;
    }
    const text = make();
    if (kept.length < KEPT) kept.push(text);
    else kept[random.below(KEPT)] = text;
    yield text;
  }
}
