import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { removeData } from '../support/embedded-data.ts';
import { restApi } from '../support/rest-api.ts';
import { launch } from '../support/server.ts';
import { outcomeOf } from '../support/start-outcome.ts';

const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-folder-'));
const isOfServices = (name: string) => /^(POSTGRES|RABBITMQ|S3)_/.test(name);
/** The settings of this process, without those of services: undefined where it has them. */
const ours = Object.fromEntries(
  Object.entries(process.env).map(([name, value]) => [name, isOfServices(name) ? undefined : value]),
);
const running: ReturnType<typeof launch>[] = [];
afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.map(({ exited }) => exited));
  // a server that a killed process left behind is stopped by the next start
  const last = start();
  await last.ready;
  last.child.kill('SIGTERM');
  await last.exited;
  removeData(folder);
});

/** npm start, on embedded parts, on the one data folder. */
function start() {
  const started = launch('src/main.ts', { ...ours, DATA_DIR: folder, PORT: '0' });
  running.push(started);
  return started;
}

test('a second start on a data folder is refused while the first lives; a later one takes over', async () => {
  const first = start();
  const url = await first.ready;
  const dataset = await restApi(url).upload({ name: 'kept', content: 'a\n1\n', filename: 'a.csv' });

  const second = await outcomeOf('src/main.ts', { ...ours, DATA_DIR: folder });
  expect(second.code).toBe(1);
  expect(second.output).toBe('');
  expect(second.sentence).toBe(
    `DATA_DIR=${folder} is in use by another process (pid ${first.child.pid}): ` +
      'stop that one, or set DATA_DIR to another folder.',
  );
  // the first goes on undisturbed
  const job = await restApi(url).process(dataset.id);
  let last: { state: string } | undefined;
  for await (const now of restApi(url).watch(job.id)) last = now;
  expect(last).toMatchObject({ state: 'success' });

  first.child.kill('SIGKILL');
  await first.exited;
  const third = start();
  const report = await restApi(await third.ready).report(dataset.id);
  expect(report).toMatchObject({ row_count: 1 });
  third.child.kill('SIGTERM');
  expect(await third.exited).toBe(0);
});

test('of processes that start on a data folder at the same moment, one is ready', async () => {
  const starts = [start(), start(), start()];
  const ends = await Promise.all(
    starts.map(async ({ ready }) => {
      try {
        return await ready;
      } catch (error) {
        return (error as Error).message;
      }
    }),
  );
  expect(ends.filter((end) => end.startsWith('http'))).toHaveLength(1);
  for (const { child } of starts) child.kill('SIGTERM');
  expect((await Promise.all(starts.map(({ exited }) => exited))).toSorted()).toEqual([0, 1, 1]);
});
