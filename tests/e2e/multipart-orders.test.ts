import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const BOUNDARY = 'b0unda-ry';
const END = `--${BOUNDARY}--\r\n`;
const field = (name: string, value: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (name: string, content: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="a.csv"\r\n` +
  `Content-Type: text/csv\r\n\r\n${content}\r\n`;

const ONE = 'mutation($a: Upload!) { a: uploadDataset(name: "a", file: $a) { id } }';
const TWO =
  'mutation($a: Upload!, $b: Upload!) { a: uploadDataset(name: "a", file: $a) { id } ' +
  'b: uploadDataset(name: "b", file: $b) { id } }';

interface Answer {
  status: number;
  body: string;
}

/** Sends a body as it is. @throws when there is no answer within ten seconds */
function send(path: string, body: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const { port, hostname } = new URL(server.url);
  const socket = connect({ port: Number(port), host: hostname });
  const timer = setTimeout(() => reject(new Error(`no answer within ten seconds to ${JSON.stringify(body)}`)), 10_000);
  let text = '';
  const settle = () => {
    clearTimeout(timer);
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
    if (status) resolve({ status, body: text.slice(text.indexOf('\r\n\r\n') + 4) });
    else reject(new Error(`no answer to ${JSON.stringify(body)}`));
  };
  socket.setEncoding('latin1').on('data', (chunk) => {
    text += chunk;
  });
  socket.once('close', settle).once('error', reject);
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n` +
      `Content-Type: multipart/form-data; boundary=${BOUNDARY}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  return promise;
}

/** Every list of at most `length` of the kinds. */
function* lists<T>(kinds: readonly T[], length: number): Generator<T[]> {
  yield [];
  if (length === 0) return;
  for (const list of lists(kinds, length - 1))
    if (list.length === length - 1) for (const kind of kinds) yield [...list, kind];
  if (length > 1) for (const list of lists(kinds, length - 1)) if (list.length > 0) yield list;
}
const unique = <T>(all: Iterable<T[]>) => [...new Map([...all].map((list) => [list.join(), list])).values()];

const doors = [
  {
    path: '/graphql',
    parts: ['operations', 'map', 'file a', 'file b', 'file that is not mapped', 'field'],
    length: 5,
    begins: [
      ['operations', 'map'],
      ['operations of two uploads', 'map of two'],
      ['operations of two uploads', 'map'],
    ],
  },
  { path: '/datasets', parts: ['name', 'file', 'file of another name', 'field'], length: 4, begins: [[]] },
];

function part(kind: string): string {
  const content = `id\n${randomBytes(6).toString('hex')}\n`;
  switch (kind) {
    case 'operations':
      return field('operations', JSON.stringify({ query: ONE, variables: { a: null } }));
    case 'operations of two uploads':
      return field('operations', JSON.stringify({ query: TWO, variables: { a: null, b: null } }));
    case 'map':
      return field('map', '{"a":["variables.a"]}');
    case 'map of two':
      return field('map', '{"a":["variables.a"],"b":["variables.b"]}');
    case 'file a':
      return file('a', content);
    case 'file b':
      return file('b', content);
    case 'file that is not mapped':
      return file('c', content);
    case 'file of another name':
      return file('upload', content);
    case 'name':
      return field('name', 'x');
    case 'file':
      return file('file', content);
    default:
      return field('comment', 'x');
  }
}

describe.each(doors)('$path', ({ path, parts, length, begins }) => {
  // what begins as a request must is followed by everything; what does not is tried up to three parts
  const orders = unique([
    ...lists(parts, Math.min(length, 3)),
    ...begins.flatMap((begin) => [...lists(parts, length - begin.length)].map((list) => [...begin, ...list])),
  ]);

  test.each([
    ['with its last boundary', END],
    ['cut before its last boundary', ''],
  ])(`every order of parts is answered: a body ${'%s'}`, async (_, end) => {
    const answers = new Map<number, number>();
    for (let at = 0; at < orders.length; at += 8) {
      await Promise.all(
        orders.slice(at, at + 8).map(async (order) => {
          const { status, body } = await send(path, order.map(part).join('') + end);
          expect({ order, status, body }).toMatchObject({ status: expect.toSatisfy((s: number) => s < 500) });
          expect(body).not.toContain('INTERNAL');
          answers.set(status, (answers.get(status) ?? 0) + 1);
          const isUpload =
            path === '/graphql'
              ? order.join() === 'operations,map,file a'
              : /^(name,file|file,name)$/.test(order.join());
          if (isUpload && end) expect({ status, body }).toMatchObject({ body: expect.stringContaining('"id":"') });
          else expect({ order, body }).toMatchObject({ body: expect.stringMatching(/"code":"/) });
        }),
      );
    }
    expect([...answers.values()].reduce((sum, n) => sum + n)).toBe(orders.length);
  });
});

test('two uploads, a file each: refused by a sentence that says what to do', async () => {
  const body = ['operations of two uploads', 'map of two', 'file a', 'file b'].map(part).join('');
  const { status, body: answer } = await send('/graphql', body + END);
  expect([status, answer]).toEqual([400, expect.stringContaining('one file per request')]);
});

test('a GraphQL body without its last boundary is a bad request', async () => {
  const { status, body } = await send('/graphql', ['operations', 'map', 'file a'].map(part).join(''));
  expect(body).toContain('"code":"BAD_REQUEST"');
  expect(status).toBe(400);
});

test('a large file that nobody reads, since the document leaves its field out, is answered', async () => {
  const query = 'mutation($a: Upload!) { a: uploadDataset(name: "a", file: $a) @skip(if: true) { id } }';
  const body =
    field('operations', JSON.stringify({ query, variables: { a: null } })) +
    part('map') +
    file('a', 'x\n'.repeat(2_000_000));
  expect(await send('/graphql', body + END)).toMatchObject({ status: 200 });
});
