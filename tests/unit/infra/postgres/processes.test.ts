import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { beginningOf, isRunning } from '../../../../src/infra/postgres/processes.ts';

/** No system gives a process this id. */
const UNUSED_PID = 2 ** 22 + 1;

test('a process that lives', () => {
  expect(isRunning(process.pid)).toBe(true);
  expect(beginningOf(process.pid)).toBe(beginningOf(process.pid));
  expect(beginningOf(process.pid)).toBeDefined();
});

test('a process that has ended, and one that never was', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
  expect(isRunning(child.pid!)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  for (const pid of [child.pid!, UNUSED_PID]) {
    expect(isRunning(pid)).toBe(false);
    expect(beginningOf(pid)).toBeUndefined();
  }
});

test.runIf(process.platform === 'linux')('a process of which only the exit status is left', async () => {
  // the shell becomes a program that does not wait for its child
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [output] = await once(parent.stdout, 'data');
  const pid = Number(String(output));
  await expect.poll(() => isRunning(pid)).toBe(false);
  expect(beginningOf(pid)).toBeUndefined();
  parent.kill('SIGKILL');
});
