import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultOf } from './check.ts';
import { makeInput } from './mutate.ts';

/** The bounded run of tests/fuzz/run.ts; a longer one is started by hand. */
const run = (...args: string[]) => {
  const script = ['tests/fuzz/run.ts', ...args];
  return spawnSync(process.execPath, script, { encoding: 'utf8', timeout: 300_000, killSignal: 'SIGKILL' });
};

test('1,500 changed inputs: a report or an error with a place, the same for every cut, in bounded memory', () => {
  const { status, stdout, stderr } = run('--runs', '1500', '--seed', '1');
  expect(stdout + stderr).toMatch(/^1500 inputs of seed 1: 0 faults, peak memory \d+ MiB\.\n$/);
  expect(status).toBe(0);
}, 310_000);

test('the run says what is wrong, and writes the input down', () => {
  const file = 'tests/fuzz/failures/seed-77-input-5.';
  const format = makeInput(77, 5).format;
  // no input is done in no time
  const { status, stdout } = run('--runs', '3', '--seed', '77', '--from', '5', '--seconds', '0');
  expect(status).toBe(1);
  expect(stdout).toBe(`${file}${format} (--seed 77 --from 5 --runs 1): not done after 0 s\n`);
  expect(readFileSync(file + format)).toEqual(makeInput(77, 5).bytes);
  rmSync(file + format);
  expect(existsSync(file + format)).toBe(false);
});

test('more memory than allowed is a fault', () => {
  const { status, stdout } = run('--runs', '2', '--seed', '1', '--memory', '20');
  expect(stdout).toMatch(/^2 inputs of seed 1: 0 faults, peak memory \d+ MiB, over 20\.\n$/);
  expect(status).toBe(1);
});

test('what is no valid result is found out', () => {
  const input = { bytes: Buffer.from('a\n1\n'), format: 'csv' } as const;
  expect(faultOf(input, { report: '{"schema_version":1}' })).toContain('not valid by the schema');
  expect(faultOf(input, { differs: 'here' })).toContain('another result');
  expect(faultOf(input, { message: 'No place.', place: {} })).toContain('no line');
  expect(faultOf(input, { message: 'no sentence', place: { line: 1, byte: 0 } })).toContain('no sentence');
  expect(faultOf(input, { message: 'Too far (line 1, byte 5).', place: { line: 1, byte: 5 } })).toContain(
    'outside the file',
  );
  expect(faultOf({ ...input, format: 'json' }, { message: 'Here.', place: { line: 1, byte: 0 } })).toContain(
    'no column',
  );
});
