import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, Socket } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { receiveMultipart } from '../../../src/api/multipart.ts';
import { lingerAfterRefusal } from '../../../src/api/request-body.ts';

let server: Server;
let handle: Parameters<typeof createServer>[1];
beforeAll(async () => {
  server = createServer((request, response) => void handle!(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());
const open = () => connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });

test('refused bodies on one connection leave nothing of each other behind', async () => {
  const wrapped = new Set<unknown>();
  handle = (request, response) => {
    lingerAfterRefusal(request, response);
    response.once('finish', () => wrapped.add(request.socket.destroySoon));
    response.end('no');
  };
  const rounds = 50;
  let sockets: Socket | undefined;
  server.once('connection', (socket) => {
    sockets = socket;
  });
  const client = open();
  for (let i = 0; i < rounds; i++) {
    client.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab');
    await new Promise((resolve) => client.once('data', resolve)); // refused in the middle of the body
    await new Promise<void>((sent) => client.write('cd', () => sent()));
  }
  // after the last one has lingered, the connection closes as any other does
  await vi.waitFor(() => expect(sockets!.destroySoon).toBe(Socket.prototype.destroySoon), { timeout: 5_000 });
  client.destroy();
});

test('a request that was answered before its file was wanted ends too', async () => {
  const settled = Promise.withResolvers<unknown>();
  handle = (request, response) => {
    receiveMultipart(
      request,
      response,
      { maxFileBytes: 1 << 24, minBytesPerSecond: 1 },
      {
        field: () => {},
        file: async (_field, { stream }) => {
          response.end('answered');
          await new Promise((_resolve, reject) => stream.once('error', reject));
        },
      },
    ).then(settled.resolve, settled.resolve);
  };
  const client = open();
  const body = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${'x\n'.repeat(1_000_000)}`;
  client.write(
    `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ` +
      `5000000\r\n\r\n${body}`,
  );
  expect(await settled.promise).toMatchObject({ code: 'BAD_REQUEST' });
  client.destroy();
});
