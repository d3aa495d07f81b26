import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderPage } from '../../src/report/html/page.ts';
import { readReport } from '../../src/report/report-text.ts';
import { profileText } from '../support/profile-text.ts';

const COMMAND = resolve('bin/dataset-reports.mjs');
const CARS = resolve('node_modules/vega-datasets/data/cars.json');
const BROKEN = 'id,text\n1,"never closed\n2,b\n';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dataset-reports-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** The real command, in the folder of the test's files. Without `input` its standard input is at its end. */
async function command(
  args: string[],
  input: string | Buffer = '',
  { env = {}, node = [] }: { env?: Record<string, string>; node?: string[] } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...node, COMMAND, ...args], { cwd: folder, env: { ...process.env, ...env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin.on('error', () => {}).end(input);
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, out, err };
}
function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return name;
}

test('of a file: the text of report.json, byte for byte, and nothing else', async () => {
  for (const [path, format] of [
    [CARS, 'json'],
    [file('semicolons.tsv', 'a;b\n1;2\n'), 'csv'],
    [file('lines.ndjson', '{"a":1}\n{"a":2}\n'), 'json'],
    [file('UPPER.CSV', '[1],b\n1,2\n'), 'csv'],
  ] as const) {
    const expected = await profileText(readFileSync(resolve(folder, path)), format);
    expect(await command(['profile', path])).toEqual({ code: 0, out: expected, err: '' });
  }
});

test('a file of many pieces gives the same as its bytes at once', async () => {
  const rows = Array.from({ length: 150_000 }, (_, i) => [i, (i * 7919) % 1000, `text ${i % 77}`] as const);
  const csv = `id,number,text\n${rows.map((row) => `${row.join()}\n`).join('')}`;
  const json = rows.map(([id, number, text]) => `${JSON.stringify({ id, number, text })}\n`).join('');
  const utf16 = Buffer.from(`\ufeff${csv}`, 'utf16le');
  for (const [name, content, format] of [
    ['large.csv', csv, 'csv'],
    ['large.json', json, 'json'],
    ['large.tsv', utf16, 'csv'],
  ] as const) {
    expect(content.length).toBeGreaterThan(2 << 20);
    const expected = await profileText(content, format);
    expect((await command(['profile', file(name, content)])).out === expected, name).toBe(true);
    expect((await command(['profile', '-'], content)).out === expected, name).toBe(true);
  }
});

test('without a known extension the format is detected from the first bytes', async () => {
  for (const [content, format] of [
    [' \r\n\t[{"a":1}]', 'json'],
    ['\ufeff{"a":1}\n{"a":2}\n', 'json'],
    ['\ufeffa,b\n1,2\n', 'csv'],
    ['"[a]",b\n1,2\n', 'csv'],
    // looked at over two pieces, kept while a third is read
    [`${'\n'.repeat(1_048_600)}${'{"a":1}\n'.repeat(200_000)}`, 'json'],
  ] as const) {
    const expected = await profileText(content, format);
    expect(await command(['profile', '-'], content)).toEqual({ code: 0, out: expected, err: '' });
    expect(await command(['profile', file('data.txt', content)])).toEqual({ code: 0, out: expected, err: '' });
  }
});

test('one object on one line is a row of a file whose name says so', async () => {
  const content = '{"a":1}\n';
  const expected = await profileText(content, 'json', [], { isOfLines: true });
  expect(expected).toContain('"row_count": 1');
  for (const name of ['one.jsonl', 'one.NDJSON'])
    expect(await command(['profile', file(name, content)])).toEqual({ code: 0, out: expected, err: '' });
  expect((await command(['profile', file('one.json', content)])).code).toBe(1);
});

test('--format has the last word', async () => {
  const content = '{a},b\n1,2\n';
  const name = file('odd.json', content);
  expect((await command(['profile', name])).code).toBe(1);
  const forced = await command(['profile', name, '--format', 'csv']);
  const out = await profileText(content, 'csv', [], { readOptions: { format: 'csv' } });
  expect(out).toContain('"options": {\n    "format": "csv"\n  }');
  expect(forced).toEqual({ code: 0, out, err: '' });
  expect(await command(['profile', '--format=csv', '-'], content)).toEqual(forced);
});

test('a file that is no table: the sentence of the engine, and 1', async () => {
  const expected = await profileText(BROKEN, 'csv');
  expect(expected).toContain('row 1');
  const err = `${expected}  --quote none\n`; // what may be meant, as the flags to add
  expect(await command(['profile', file('broken.csv', BROKEN)])).toEqual({ code: 1, out: '', err });
  expect(await command(['profile', '-'], BROKEN)).toEqual({ code: 1, out: '', err });
  expect((await command(['profile', '-'], '{"a": [{"x": 1}], "b c": [{"x": 2}]}')).err).toMatch(
    /\n {2}--records \/a\n {2}--records '\/b c'\n$/,
  );
  expect(await command(['profile', '-'])).toEqual({ code: 1, out: '', err: await profileText('', 'csv') });
});

test('a file that cannot be opened, and wrong usage: a sentence, and 2', async () => {
  for (const [args, words] of [
    [['profile', 'nowhere.csv'], 'There is no such file: nowhere.csv'],
    [['profile', 'no\u001b[31m.csv'], 'There is no such file: no␛[31m.csv'],
    [['profile', '.'], 'This is a folder, not a file: .'],
    [['profile'], 'profile needs a file'],
    [['profile', 'a.csv', 'b.csv'], 'profile takes one file'],
    [['profile', 'a.csv', '--output', 'pdf'], '--output must be one of json, table, markdown, csv, html, not "pdf"'],
    [['profile', 'a.csv', '--format', 'xml'], 'xlsx, not "xml". See dataset-reports --help options.'],
    [['profile', 'a.csv', '--fast'], "Unknown option '--fast'. See dataset-reports --help."],
    [['report', 'a.csv'], 'Unknown command "report"'],
    [[], 'No command given: use profile FILE, or serve. See dataset-reports --help.'],
  ] as const) {
    const { code, out, err } = await command([...args]);
    expect(err).toContain(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  }
});

test('--help and --version', async () => {
  const help = await command(['--help']);
  expect(help.out).toContain('dataset-reports profile FILE');
  expect(help.code).toBe(0);
  const lines = help.out.split('\n');
  expect(lines.length).toBeLessThanOrEqual(24); // one screen, the prompt included
  for (const line of lines) expect(line.length).toBeLessThan(80);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(await command(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test('the other forms', async () => {
  const table = await command(['profile', CARS, '--output', 'table'], '', { env: { COLUMNS: '70' } });
  expect(table.out).toMatch(/^cars\.json\n406 rows, 9 columns, /);
  expect(Math.max(...table.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(70);
  expect(table.out).not.toContain('\u001b');
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const markdown = await command(['profile', CARS, '--output', 'markdown']);
  expect(markdown.out).toMatch(/^## cars\.json\n/);
  expect(markdown.out.trimEnd().split('\n').at(-1)).toBe(`cars.json, made by Dataset Reports ${version}`);
  const { out } = await command(['profile', CARS, '--output', 'html']);
  const report = readReport(await profileText(readFileSync(CARS), 'json'));
  const origin = { name: 'cars.json', filename: 'cars.json', bytes: report.file.bytes, version };
  expect(out === renderPage(report, 'cars.json', origin)).toBe(true); // without printing two pages
  const rows = (await command(['profile', CARS, '--output', 'csv'])).out.trimEnd().split('\r\n');
  expect(rows).toHaveLength(10);
  expect(rows[0]).toMatch(/^position,name,type,/);
});

test('what the data holds does not reach the terminal', async () => {
  const name = file('hostile.csv', '\u001b[2Jname,b\n\u001b]0;x\u0007,1\n\u009b31m,\u202e2\n');
  const { code, out } = await command(['profile', name, '--output', 'table']);
  expect(code).toBe(0);
  expect(out).toContain('␛[2Jname');
  expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  const broken = await command(['profile', '-', '--format', 'json'], '[{"a\u009b31m": \u001b[31m}]');
  expect(broken.code).toBe(1);
  expect(broken.err.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('--stats is one line on standard error', async () => {
  const { out, err } = await command(['profile', CARS, '--stats']);
  expect(out).toBe(await profileText(readFileSync(CARS), 'json'));
  expect(err).toMatch(/^[\d.]+ s, [\d.]+ MB\/s, [\d.]+ CPU seconds, \d+ MiB peak memory\n$/);
});

test('an older Node goes through the set-up, in the folder of the caller', async () => {
  const versions = '{value: {...process.versions, node: "20.20.2"}}';
  const old = ['--import', `data:text/javascript,Object.defineProperty(process, "versions", ${versions})`];
  const content = 'a,b\n1,2\n';
  const expected = { code: 0, out: await profileText(content, 'csv'), err: '' };
  expect(await command(['profile', file('here.csv', content)], '', { node: old })).toEqual(expected);
  expect(await command(['profile', '-'], content, { node: old })).toEqual(expected);
  expect((await command(['profile', '-'], BROKEN, { node: old })).code).toBe(1);
});

test('a reader that has seen enough ends it quietly', async () => {
  const header = Array.from({ length: 2_000 }, (_, i) => `column ${i}`).join();
  const child = spawn(process.execPath, [COMMAND, 'profile', file('wide.csv', `${header}\n1\n`)], { cwd: folder });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const ended = await new Promise((done) => child.once('close', (code, signal) => done({ code, signal })));
  expect({ ended, err }).toEqual({ ended: { code: 0, signal: null }, err: '' });
});

test('Ctrl-C ends the waiting for standard input', async () => {
  const child = spawn(process.execPath, [COMMAND, 'profile', '-', '--format', 'csv'], { cwd: folder });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin.on('error', () => {});
  const ended = new Promise((done) => child.once('close', (code, signal) => done({ code, signal })));
  // so much is taken only by a process that reads: it listens to signals by then
  await new Promise((taken) => child.stdin.write(`a,b\n${'1,2\n'.repeat(200_000)}`, taken));
  child.kill('SIGINT');
  expect(await ended).toEqual({ code: 130, signal: null });
  expect(err).toBe('');
});
