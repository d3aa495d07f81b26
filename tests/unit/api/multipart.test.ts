import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { receiveMultipart } from '../../../src/api/multipart.ts';
import { refuseSlowBody } from '../../../src/api/request-body.ts';
import type { AppError } from '../../../src/core/errors.ts';

/** What a body was read as, over a real connection: its parts in their order, or the refusal. */
type Read = string[] | { code: string; message: string };
let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const parts: string[] = [];
    const read = receiveMultipart(
      request,
      response,
      { maxFileBytes: 1 << 24, minBytesPerSecond: 0 },
      {
        field: (name, value) => void parts.push(`${name}=${value}`),
        file: async (field, { stream, filename, declaredType }) => {
          const content = Buffer.concat(await stream.toArray()).toString('latin1');
          parts.push(`${field}: ${filename} ${declaredType} ${content}`);
        },
      },
    );
    const answer: Read = await read.then(
      () => parts.sort(),
      ({ code, message }: AppError) => ({ code, message }),
    );
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

const BOUNDARY = 'b0unda-ry';
const part = (headers: string, body: string) => `--${BOUNDARY}\r\n${headers}\r\n\r\n${body}\r\n`;
const disposition = (rest: string) => `Content-Disposition: form-data; ${rest}`;
const NAME = part(disposition('name="name"'), 'x');
const FILE = part(`${disposition('name="file"; filename="a.csv"')}\r\nContent-Type: text/csv`, 'a,b\n1,2\n');
const END = `--${BOUNDARY}--\r\n`;

async function read(body: string, cuts: number[] = [], type = `multipart/form-data; boundary=${BOUNDARY}`) {
  const bytes = Buffer.from(body, 'latin1');
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const answer = socket.toArray();
  const head = ['POST / HTTP/1.1', 'Host: x', 'Connection: close', `Content-Type: ${type}`];
  socket.write(`${head.join('\r\n')}\r\nContent-Length: ${bytes.length}\r\n\r\n`);
  const at = [0, ...[...new Set(cuts)].filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
  for (let i = 1; i < at.length; i++) {
    // a turn between two pieces: they arrive as two chunks
    await new Promise<void>((sent) => socket.write(bytes.subarray(at[i - 1], at[i]), () => setImmediate(sent)));
  }
  const text = Buffer.concat(await answer).toString();
  return JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)) as Read;
}

test('a file comes out as it went in, wherever the body is cut and however much of it looks like its end', async () => {
  const near = fc.constantFrom(
    '\r\n',
    '\r',
    '\n',
    '-',
    '--',
    `\r\n--${BOUNDARY.slice(0, -1)}`,
    `--${BOUNDARY}`,
    'a,b',
    '\0',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(near, { maxLength: 30 }),
      fc.array(fc.nat(900), { maxLength: 12 }),
      fc.boolean(),
      async (pieces, cuts, nameFirst) => {
        const content = pieces.join('');
        fc.pre(!`\r\n${content}`.includes(`\r\n--${BOUNDARY}`));
        const file = part(`${disposition('name="file"; filename="a.csv"')}\r\nContent-Type: text/csv`, content);
        const body = (nameFirst ? NAME + file : file + NAME) + END;
        expect(await read(body, cuts)).toEqual([`file: a.csv text/csv ${content}`, 'name=x']);
      },
    ),
    { numRuns: 150 },
  );
});

test('a large file whose content is full of boundaries that are none', async () => {
  const content = `\r\n--${BOUNDARY.slice(0, -2)}`.repeat(100_000);
  const body = NAME + part(`${disposition('name="file"; filename="a.csv"')}\r\nContent-Type: text/csv`, content) + END;
  expect(await read(body)).toEqual([`file: a.csv text/csv ${content}`, 'name=x']);
});

test.each([
  ['a preamble and an epilogue', `before\r\n${NAME}${FILE}${END}after`],
  ['no line end at the end', NAME + FILE + END.trimEnd()],
  ['a part that is not of a form is passed over', part('Content-Disposition: attachment', 'y') + NAME + FILE + END],
])('%s', async (_, body) => {
  expect(await read(body)).toEqual(['file: a.csv text/csv a,b\n1,2\n', 'name=x']);
});

test.each([
  ['a name in UTF-8', 'filename="gr\xc3\xbc\xc3\x9fe.csv"', '', 'grüße.csv undefined'],
  ['a name as RFC 5987 has it', "filename*=UTF-8''gr%C3%BC%C3%9Fe.csv", '', 'grüße.csv undefined'],
  ['folders', 'filename="../../etc/a.csv"', '', 'a.csv undefined'],
  ['a type with a parameter', 'filename="a.csv"', 'Content-Type: TEXT/CSV; charset=utf-8', 'a.csv text/csv'],
  ['a type alone', '', 'Content-Type: application/octet-stream', 'undefined application/octet-stream'],
  ['a type that says nothing', 'filename="a.csv"', 'Content-Type: text/plain', 'a.csv text/plain'],
  ['an empty type', 'filename="a.csv"', 'Content-Type: ', 'a.csv undefined'],
])('of a file: %s', async (_, filename, type, expected) => {
  const headers = [disposition(['name="file"', filename].filter(Boolean).join('; ')), type]
    .filter(Boolean)
    .join('\r\n');
  expect(await read(part(headers, 'x') + END)).toEqual([`file: ${expected} x`]);
});

test('a file with neither name nor type is a field', async () => {
  expect(await read(part(disposition('name="file"; filename=""'), '') + END)).toEqual(['file=']);
});

test.each([
  ['nothing', ''],
  ['cut in a header', NAME + FILE.slice(0, 40)],
  ['cut in a file', NAME + FILE.slice(0, -8)],
  ['cut before the last boundary', NAME + FILE],
  ['cut in the last boundary', NAME + FILE + END.slice(0, 5)],
  ['another boundary', (NAME + END).replaceAll(BOUNDARY, 'other')],
  ['two files', FILE + FILE + END],
  ['eleven fields', NAME.repeat(11) + END],
  ['no boundary named', NAME + END, 'multipart/form-data'],
  ['an empty boundary', NAME + END, 'multipart/form-data; boundary='],
  ['a boundary of nothing', NAME + END, 'multipart/form-data; boundary=""; charset=utf-8'],
  ['no form', 'x', 'text/plain'],
])('refused: %s', async (_, body, type?: string) => {
  expect(await read(body, [], type)).toEqual({
    code: 'BAD_REQUEST',
    message: expect.stringMatching(/^[A-Z].*[^.]\.$/),
  });
});

test('refused: a field over 1 MiB; one of 1 MiB is taken', async () => {
  const field = (bytes: number) => part(disposition('name="name"'), 'x'.repeat(bytes)) + END;
  expect(await read(field(1 << 20))).toHaveLength(1);
  expect(await read(field((1 << 20) + 1))).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
});

test('refused: a body that stops coming, unless it is this side that does not read', () => {
  vi.useFakeTimers();
  try {
    const incoming = (bytesRead: number) =>
      Object.assign(new PassThrough(), { complete: false, socket: { bytesRead } });
    const watched = (request: ReturnType<typeof incoming>) => {
      const refusals: AppError[] = [];
      const { stop } = refuseSlowBody(request as never, 1_024, (error) => refusals.push(error));
      return { refusals, stop };
    };
    const stuck = incoming(500);
    const steady = incoming(500);
    const held = incoming(500);
    const watches = [stuck, steady, held].map(watched);
    for (let i = 0; i < 3; i++) {
      steady.socket.bytesRead += 30 * 1_024;
      held.pause();
      vi.advanceTimersByTime(30_000);
    }
    expect(watches.map(({ refusals }) => refusals.map(({ code }) => code))).toEqual([['TIMEOUT'], [], []]);
    for (const { stop } of watches) stop();
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
