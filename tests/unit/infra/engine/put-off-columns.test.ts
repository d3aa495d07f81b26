import { afterAll, expect, test } from 'vitest';
import { SpillFile } from '../../../../src/infra/engine/spill-file.ts';
import { EngineThreads } from '../../../../src/infra/engine/threads.ts';
import { profileText } from '../../../support/profile-text.ts';

const threads = new EngineThreads(3);
afterAll(() => threads.close());

/** Columns of some hundred to some ten thousand different values, drawn the same way each time. */
function table(rows: number): string {
  let state = 1;
  const draw = (n: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % n;
  };
  let text = 'a,b,c,d,id,rare\n';
  for (let i = 0; i < rows; i++)
    text +=
      `${draw(700)},v${draw(900)},${draw(40_000)},w${draw(5_000)},${i},` +
      `${draw(100) < 3 ? 'often' : draw(90_000)}\n`;
  return text;
}

/**
 * Whether a column is put off follows from how full the tables of all columns are at that moment, which is a matter of
 * timing: it must change no fact, in particular not which values are shown of a column past the bound.
 */
test('columns are put off or not, as timing has it, and the report stays the same', async () => {
  const text = table(15_000);
  const alone = await profileText(text, 'csv', [], { distinctBound: 500 });
  for (let run = 0; run < 25; run++) {
    using spill = new SpillFile();
    const tuning = { aloneBytes: 0, blockBytes: 8_192, unitRows: 50 };
    const report = await profileText(text, 'csv', [50_000], {
      spill,
      threads,
      distinctBound: 500,
      tableBudget: 100_000,
      tuning,
    });
    expect(report === alone, `run ${run}`).toBe(true);
  }
});
