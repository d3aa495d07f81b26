import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** A checkout of two files, whose command prints which of the two was run: the sources or what was made of them. */
let folder: string;
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const factsOf = (path: string) => {
  const { size, mtimeMs } = statSync(join(folder, path));
  return [path, size, mtimeMs];
};
const printed = () => execFileSync(process.execPath, [join(folder, 'bin/dataset-reports.mjs')], { encoding: 'utf8' });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dataset-reports-bin-'));
  cpSync('bin', join(folder, 'bin'), { recursive: true });
  put('package.json', '{"type":"module"}');
  put('node_modules/.installed', '');
  put('src/processing/kernel/generated/wasm.ts', '');
  put('src/cli.ts', "import './part.ts'; console.log('sources');");
  put('src/part.ts', '');
  put('build/command/cli.js', "console.log('bundle');");
  put('build/command/sources.json', JSON.stringify([factsOf('src/cli.ts'), factsOf('src/part.ts')]));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the command of a checkout is the bundle, as long as its sources are as they were', () => {
  expect(printed()).toBe('bundle\n');
});

test.each<[string, () => void]>([
  ['one is changed', () => put('src/part.ts', '// more')],
  ['one has another time', () => utimesSync(join(folder, 'src/part.ts'), new Date(), new Date(1e12))],
  ['one is gone', () => put('build/command/sources.json', JSON.stringify([['src/gone.ts', 1, 1]]))],
  ['there is no list', () => rmSync(join(folder, 'build/command/sources.json'))],
  ['there is half a list', () => put('build/command/sources.json', '[["src/cli.ts",')],
])('and the sources themselves where %s', (_, change) => {
  change();
  expect(printed()).toBe('sources\n');
});
