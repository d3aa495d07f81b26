import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';
import { zipOf } from '../support/workbook.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

interface Job {
  job_id: string;
  state: string;
}
const json = { 'content-type': 'application/json' };

function form(text: string, options?: unknown, isFirst = false): FormData {
  const parts = new FormData();
  const given = typeof options === 'string' ? options : JSON.stringify(options);
  if (options !== undefined && isFirst) parts.set('options', given);
  parts.set('name', 'numbers');
  parts.set('file', new File([text], 'numbers.csv', { type: 'text/csv' }));
  if (options !== undefined && !isFirst) parts.set('options', given);
  return parts;
}
const upload = (text: string, options?: unknown, isFirst = false) =>
  fetch(`${server.url}/datasets`, { method: 'POST', body: form(text, options, isFirst) });
const uploaded = async (text: string, options?: unknown, isFirst = false) =>
  ((await (await upload(text, options, isFirst)).json()) as { id: string }).id;

const process = (id: string, body?: unknown, query = '') =>
  fetch(`${server.url}/datasets/${id}/process${query}`, {
    method: 'POST',
    ...(body === undefined ? {} : { headers: json, body: JSON.stringify(body) }),
  });
/** Processes a dataset to the end of its job. @returns the job's id */
async function processed(id: string, body?: unknown): Promise<string> {
  const { job_id, state } = (await (await process(id, body)).json()) as Job;
  for (let now = state; now !== 'success'; ) {
    const job = (await (await fetch(`${server.url}/jobs/${job_id}`)).json()) as { state: string; error: string };
    now = job.state;
    if (now === 'failure') throw new Error(job.error);
  }
  return job_id;
}
const reportOf = async (id: string) =>
  (await (await fetch(`${server.url}/datasets/${id}/report`)).json()) as {
    options?: object;
    columns: { name: string }[];
  };
const refusal = async (response: Response) => {
  const { status, detail } = (await response.json()) as { status: number; detail: string };
  return [status, detail];
};
/** Other bytes for each test: the same ones would be one dataset. */
let made = 0;
const table = () => `a;b\n${++made};x\n2;y\n`;

test.each([true, false])('a form has options before or after the file: before %s', async (isFirst) => {
  const id = await uploaded(table(), { delimiter: '|' }, isFirst);
  await processed(id);
  const { options, columns } = await reportOf(id);
  expect(options).toEqual({ delimiter: '|' });
  expect(columns.map(({ name }) => name)).toEqual(['a;b']);
});

test('other options make a new job, the same ones do not, and without a body they stay', async () => {
  const id = await uploaded(table());
  const first = await processed(id);
  expect((await reportOf(id)).options).toBeUndefined();
  expect(await processed(id)).toBe(first);
  expect(await processed(id, {})).toBe(first);
  expect(await processed(id, { options: {} })).toBe(first);
  const second = await processed(id, { options: { delimiter: '|' } });
  expect(second).not.toBe(first);
  expect((await reportOf(id)).options).toEqual({ delimiter: '|' });
  expect(await processed(id)).toBe(second);
  expect(await processed(id, { options: { delimiter: '|' } })).toBe(second);
  const third = await processed(id, { options: {} });
  expect([first, second]).not.toContain(third);
  expect((await reportOf(id)).options).toBeUndefined();
  expect((await fetch(`${server.url}/datasets/${id}/report.html`)).status).toBe(200);
});

test('rows are read as the report was, whatever the options of the dataset are since', async () => {
  const text = table();
  const id = await uploaded(text, { delimiter: '|' });
  await processed(id);
  expect(await uploaded(text, { delimiter: ';' })).toBe(id);
  const { rows } = (await (await fetch(`${server.url}/datasets/${id}/rows`)).json()) as { rows: { values: object }[] };
  expect(Object.keys(rows[0]!.values)).toEqual(['a;b']);
  await processed(id);
  expect((await reportOf(id)).options).toEqual({ delimiter: ';' });
  const now = (await (await fetch(`${server.url}/datasets/${id}/rows`)).json()) as { rows: { values: object }[] };
  expect(Object.keys(now.rows[0]!.values)).toEqual(['a', 'b']);
});

test('what cannot be is refused with what is allowed', async () => {
  const id = await uploaded(table());
  expect(await refusal(await process(id, { options: { delimeter: ';' } }))).toEqual([
    422,
    expect.stringMatching(/^Unknown option "delimeter"\. Allowed are format, encoding, delimiter, /),
  ]);
  expect(await refusal(await process(id, { options: { decimal: ';' } }))).toEqual([
    422,
    '"decimal" must be one of ,, ., not ";".',
  ]);
  expect(await refusal(await process(id, { options: [] }))).toEqual([422, expect.stringMatching(/JSON object/)]);
  expect(await refusal(await process(id, { option: {} }))).toEqual([400, expect.stringMatching(/"options"/)]);
  expect(await refusal(await upload(table(), '{delimiter: ";"}'))).toEqual([422, expect.stringMatching(/is not JSON/)]);
  expect(await refusal(await upload(table(), { header: 0 }, true))).toEqual([422, expect.stringMatching(/^"header"/)]);
  const many = { types: Object.fromEntries(Array.from({ length: 16_384 }, (_, i) => [`column ${i}`, 'text'])) };
  const bytes = JSON.stringify(many).length.toLocaleString('en');
  const large = [422, expect.stringMatching(`^The options have ${bytes} bytes as JSON; at most 262,144 are allowed`)];
  expect(await refusal(await process(id, { options: many }))).toEqual(large);
  expect(await refusal(await upload(table(), many))).toEqual(large);
  const names = { columns: Array.from({ length: 16_384 }, (_, i) => `column ${i}`) };
  expect((await process(id, { options: names })).status).toBe(202);
  expect((await process(id, {}, '?force=true')).status).toBe(202);
});

describe('a body that is not said to be JSON', () => {
  /** Sent without any header but those that are given; fetch adds a type. */
  const send = async (path: string, headers: Record<string, string>, body: string) => {
    const sent = request(`${server.url}${path}`, { method: 'POST', headers });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return [response.statusCode, await text(response)] as const;
  };
  const body = '{"options":{"delimiter":"|"}}';
  const chunked = { 'transfer-encoding': 'chunked' };
  test.each([
    [415, { 'content-length': String(body.length) }, body],
    [415, chunked, body],
    [415, { ...chunked, 'content-type': 'text/plain' }, body],
    [415, { 'content-type': 'text/plain' }, body],
    [415, { 'content-type': 'application/json-patch+json' }, body],
    [202, chunked, ''],
    [202, { 'content-length': '0' }, ''],
    [202, { 'content-type': 'text/plain' }, ''],
    [202, { 'content-type': 'application/json' }, ''],
    [202, { 'content-type': 'application/json ; charset=utf-8' }, body],
    [202, { ...chunked, 'content-type': 'application/json' }, body],
  ])('%d for %j', async (status, headers, body) => {
    const id = await uploaded(table());
    const asked = ['process', 'preview'].map((what) => send(`/datasets/${id}/${what}`, headers, body));
    const [processed, previewed] = await Promise.all(asked);
    expect([processed![0], previewed![0]]).toEqual([status, status === 202 ? 200 : status]);
    if (status === 415) expect(processed![1]).toMatch(/Send options as application\/json: .* Or send no body\./);
  });
});

test('GraphQL takes them as its input, and gives them back', async () => {
  const id = await uploaded(table());
  const ask = async (query: string) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ query, variables: { id } }),
    });
    return (await response.json()) as { data: Record<string, object>; errors?: { message: string }[] };
  };
  const options = '{delimiter: ";", header: 1, types: [{column: "a", type: TEXT}], dateOrder: DMY, quote: null}';
  const { data } = await ask(`mutation($id: ID!) { processDataset(id: $id, options: ${options}) { id } }`);
  expect(data.processDataset).toEqual({ id: expect.any(String) });
  await processed(id);
  const expected = { delimiter: ';', quote: null, header: 1, types: { a: 'text' }, date_order: 'DMY' };
  const read = await ask('query($id: ID!) { dataset(id: $id) { options report { options } } }');
  expect(read.data.dataset).toEqual({ options: expected, report: { options: expected } });
  const wrong = await ask('mutation($id: ID!) { processDataset(id: $id, options: {escape: "ab"}) { id } }');
  expect(wrong.errors?.[0]?.message).toMatch(/^"escape" must be one character/);
  const types = '[{column: "a", type: TEXT}, {column: "b", type: DATE}, {column: "a", type: DATE}]';
  const twice = await ask(`mutation($id: ID!) { processDataset(id: $id, options: {types: ${types}}) { id } }`);
  expect(twice.errors?.[0]?.message).toBe('"types" names the column "a" twice.');
});

test('an archive of several files: what may be meant is listed, for programs too', async () => {
  const bytes = await zipOf({ 'one.csv': `a\n${++made}\n`, 'two.csv': 'b\n2\n' });
  const parts = new FormData();
  parts.set('name', 'several');
  parts.set('file', new File([new Uint8Array(bytes)], 'several.zip', { type: 'application/zip' }));
  const { id } = (await (await fetch(`${server.url}/datasets`, { method: 'POST', body: parts })).json()) as {
    id: string;
  };
  const choices = [{ member: 'one.csv' }, { member: 'two.csv' }];
  const response = await fetch(`${server.url}/datasets/${id}/preview`, { method: 'POST' });
  expect([response.status, await response.json()]).toEqual([
    422,
    expect.objectContaining({ code: 'UNPROCESSABLE', choices, detail: expect.stringContaining('holds 2 files') }),
  ]);
  const query = `{ previewDataset(id: "${id}") { rows { row } } }`;
  const asked = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ query }),
  });
  const { errors } = (await asked.json()) as { errors: { extensions: object }[] };
  expect(errors[0]!.extensions).toEqual({ code: 'UNPROCESSABLE', choices });
  await processed(id, { options: { member: 'two.csv' } });
  expect((await reportOf(id)).columns.map(({ name }) => name)).toEqual(['b']);
});

test('a preview shows the first rows, and stores nothing', async () => {
  const id = await uploaded(`a;b\n${Array.from({ length: 50 }, (_, i) => `${i};x${++made}\n`).join('')}`);
  const preview = async (body?: unknown) =>
    fetch(`${server.url}/datasets/${id}/preview`, {
      method: 'POST',
      ...(body === undefined ? {} : { headers: json, body: JSON.stringify(body) }),
    });
  const { columns, rows, rows_read, file, warnings, options } = (await (await preview()).json()) as {
    columns: object[];
    rows: { row: number; line: number; values: object }[];
    rows_read: number;
    file: object;
    warnings: object[];
    options?: object;
  };
  expect(columns).toEqual([
    { name: 'a', type: 'integer' },
    { name: 'b', type: 'text' },
  ]);
  expect(rows).toHaveLength(20);
  expect(rows[0]).toMatchObject({ row: 1, line: 2, values: { a: '0' } });
  expect([rows_read, warnings, options]).toEqual([50, [], undefined]);
  expect(file).toEqual({
    format: 'csv',
    encoding: 'utf-8',
    bom: false,
    delimiter: ';',
    quote: '"',
    line_ending: '\n',
  });
  expect(await refusal(await preview({ options: { format: 'json' } }))).toEqual([422, expect.stringMatching(/line 1/)]);
  expect(await refusal(await preview({ options: { decimal: 5 } }))).toEqual([422, expect.stringMatching(/^"decimal"/)]);
  const dataset = (await (await fetch(`${server.url}/datasets/${id}`)).json()) as object;
  expect(dataset).toMatchObject({ status: 'uploaded', latest_job_id: null, report_available: false });
  const query = `query($id: ID!) { previewDataset(id: $id, options: {}) {
    columns { name type } rows { row values } rowsRead file options warnings { code } suggestions { code options } } }`;
  const asked = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ query, variables: { id } }),
  });
  const { data } = (await asked.json()) as { data: { previewDataset: object } };
  expect(data.previewDataset).toMatchObject({ columns, rowsRead: 50, file, options: null });
});

test('a preview of a small file of gigabytes of blank lines ends with what it has looked at', async () => {
  const blank = gzipSync(Buffer.alloc(16 << 20, '\n'), { level: 1 });
  const bytes = Buffer.concat([gzipSync(`${'\n'.repeat(++made)}`), ...Array.from({ length: 300 }, () => blank)]);
  const parts = new FormData();
  parts.set('name', 'blank');
  parts.set('file', new File([bytes], 'blank.csv.gz'));
  const { id } = (await (await fetch(`${server.url}/datasets`, { method: 'POST', body: parts })).json()) as {
    id: string;
  };
  const ended = [
    422,
    expect.stringMatching(/^There is no row in the first \d+ MiB, and a preview reads no further\. /),
  ];
  expect(await refusal(await fetch(`${server.url}/datasets/${id}/preview`, { method: 'POST' }))).toEqual(ended);
});
