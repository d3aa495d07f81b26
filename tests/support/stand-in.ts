import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';

/** Servers that stand for what no service at hand can be brought to. */
export interface StandIns {
  /** Listens on a free port. @returns the port */
  add(server: Server): Promise<string>;
  /** An HTTP server. */
  http(listener: RequestListener): Promise<string>;
  /** A server that says this and ends the connection, whoever comes. */
  banner(text: string): Promise<string>;
  close(): void;
}

export function standIns(): StandIns {
  const servers: Server[] = [];
  async function add(server: Server): Promise<string> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return String((server.address() as AddressInfo).port);
  }
  return {
    add,
    http: (listener) => add(createServer(listener)),
    banner: (text) => add(createTcpServer((socket) => socket.on('error', () => {}).end(text))),
    close() {
      for (const server of servers) server.close();
    },
  };
}

/** The same answer to every request. */
export const answer =
  (status: number, type: string, body: string): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': type }).end(body);
  };

/** As S3 refuses. */
export const s3Refusal = (status: number, code: string, more = ''): RequestListener =>
  answer(
    status,
    'application/xml',
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>Refused</Message>${more}</Error>`,
  );
