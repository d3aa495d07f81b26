import { expect, test } from 'vitest';
import { type CpuProfile, timesOf, timesTable } from '../../../bench/cpu-profile.ts';

const ROOT = 'file:///project/';
const node = (id: number, functionName: string, url: string, children: number[] = []): CpuProfile['nodes'][number] => ({
  id,
  callFrame: { functionName, url, lineNumber: 1 },
  children,
});
const profile: CpuProfile = {
  nodes: [
    node(1, '(root)', '', [2, 3, 4]),
    node(2, '(idle)', ''),
    node(3, '(garbage collector)', ''),
    node(4, 'push', `${ROOT}src/processing/formats/csv/splitter.ts`, [5, 6, 7, 8]),
    node(
      5,
      'src/processing/kernel/columns/counting/countingPass<u32,src/processing/kernel/csv/rows/Row>',
      'wasm://wasm/1',
    ),
    node(6, 'src/processing/kernel/csv/index-scanner/index', 'wasm://wasm/1'),
    node(7, 'wasm-function[7]', 'wasm://wasm/2'),
    node(8, 'src/processing/kernel/values/row-hash/mix', 'wasm://wasm/1'),
  ],
  // a sample lasts until the next one
  samples: [5, 6, 2, 3, 7, 8, 1],
  timeDeltas: [900, 4_000, 3_000, 50_000, 2_000, 1_000, 6_000],
};

test('times by phase and by function, of all threads together', () => {
  const { phases, functions, working, waiting } = timesOf([profile, profile], ROOT);
  expect(Object.fromEntries(phases)).toEqual({
    columns: 8,
    index: 6,
    duplicates: 12,
    'garbage collection': 4,
    'rest of the engine': 2,
    'Node itself': 0,
  });
  expect([working, waiting]).toEqual([32, 100]);
  expect(
    functions.get('countingPass<u32,src/processing/kernel/csv/rows/Row>, src/processing/kernel/columns/counting.ts'),
  ).toBe(8);
  expect(functions.get('wasm-function[7], WebAssembly')).toBe(2);
});

test('the table has the largest first, and all of the time', () => {
  const times = new Map([
    ['small', 10],
    ['large', 70],
    ['medium', 20],
  ]);
  expect(timesTable('phase', times, 1).split('\n').slice(2)).toEqual([
    '| 70 | 70.0 % | large |',
    '| 30 | 30.0 % | 2 others |',
  ]);
});
