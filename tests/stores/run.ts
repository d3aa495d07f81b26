// npm run test:stores [-- minio moto versitygw rclone]: the contract of a store against each S3 server, as a table. A
// store that is not available is a failure, and so is one that passes what it is listed as failing: the documents
// would be wrong.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCESS, STORES, type Store, startStore } from './stores.ts';

interface Outcome {
  /** Why nothing could be run. */
  missing?: string;
  /** By the name of the test: undefined when it passed, else the first line of what went wrong. */
  tests: Map<string, string | undefined>;
}
interface Reported {
  testResults: { message: string; assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
}

async function tryStore(store: Store): Promise<Outcome> {
  const tests = new Map<string, string | undefined>();
  let running: Awaited<ReturnType<typeof startStore>>;
  try {
    running = await startStore(store);
  } catch (error) {
    return { tests, missing: (error as Error).message };
  }
  const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-stores-'));
  try {
    const file = join(folder, 'report.json');
    const report = ['--reporter=json', `--outputFile=${file}`];
    const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'tests/stores', ...report], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        STACK: 'services',
        S3_SCHEME: 'http',
        S3_HOST: '127.0.0.1',
        S3_PORT: String(running.port),
        S3_ACCESS_KEY: ACCESS.user,
        S3_SECRET_KEY: ACCESS.secret,
      },
    });
    await new Promise((resolve) => child.once('exit', resolve));
    const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as Reported;
    for (const { message, assertionResults } of testResults) {
      if (assertionResults.length === 0) return { tests, missing: message };
      for (const { title, status, failureMessages } of assertionResults)
        tests.set(title, status === 'passed' ? undefined : (failureMessages[0]?.split('\n')[0] ?? status));
    }
    return { tests };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await running.stop();
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STORES.some((store) => store.name === name));
if (unknown.length > 0) {
  console.error(`No such store: ${unknown.join(', ')}. There are ${STORES.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const outcomes = new Map<Store, Outcome>();
for (const store of STORES.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
  outcomes.set(store, await tryStore(store));

const wrong: string[] = [];
for (const [{ name, cannot }, { missing, tests }] of outcomes) {
  if (missing !== undefined) wrong.push(`${name} WAS NOT TESTED: ${missing}`);
  for (const [title, failure] of tests) {
    if (failure !== undefined && !cannot[title]) wrong.push(`${name}: ${title}: ${failure}`);
    if (failure === undefined && cannot[title])
      wrong.push(`${name}: ${title}: passes, though docs/object-stores.md says that it ${cannot[title]}`);
  }
}
const titles = [...new Set([...outcomes.values()].flatMap(({ tests }) => [...tests.keys()]))];
const widest = Math.max(0, ...titles.map((title) => title.length));
console.log(`${' '.repeat(widest)}  ${[...outcomes.keys()].map(({ name }) => name.padEnd(10)).join('')}`);
for (const title of titles) {
  const cells = [...outcomes].map(([{ cannot }, { tests }]) => {
    if (!tests.has(title)) return 'missing';
    return tests.get(title) === undefined ? 'yes' : cannot[title] ? 'no' : 'FAILED';
  });
  console.log(`${title.padEnd(widest)}  ${cells.map((cell) => cell.padEnd(10)).join('')}`);
}
for (const sentence of wrong) console.error(`\n######## ${sentence}`);
process.exit(wrong.length > 0 ? 1 : 0);
