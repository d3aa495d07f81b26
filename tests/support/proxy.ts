import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy in front of a service, that can do to it what networks and crashes do. */
export interface TcpProxy {
  port: number;
  /** Connections are cut, and none is taken: the service is gone. */
  cut(): void;
  /** Nothing is passed on, and no side is notified: half-open connections. */
  freeze(): void;
  /** The connections of the moment are dead, and no side is notified; new ones work. */
  strand(): void;
  /** What comes from the service stops on each connection after so many bytes from now on. */
  hold(bytes: number): void;
  /** All is well again; what was held back goes on. */
  restore(): void;
  /** Connections that `hold` has stopped. */
  held(): number;
  close(): Promise<void>;
}

export async function startProxy(host: string, port: number): Promise<TcpProxy> {
  let state: 'open' | 'cut' | 'frozen' = 'open';
  let most = Number.POSITIVE_INFINITY;
  const pairs = new Set<{ client: Socket; service: Socket; passed: number }>();
  const stranded = new Set<Socket>();
  const server = createServer((client) => {
    client.on('error', () => {});
    if (state === 'cut') return void client.resetAndDestroy();
    const service = connect(port, host);
    service.on('error', () => client.destroy());
    const pair = { client, service, passed: 0 };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      service.destroy();
    };
    client.on('close', end);
    service.on('close', end);
    client.on('data', (data) => {
      if (!service.write(data)) client.pause();
    });
    service.on('drain', () => state === 'open' && client.resume());
    service.on('data', (data) => {
      pair.passed += data.length;
      if (!client.write(data) || pair.passed >= most) service.pause();
    });
    client.on('drain', () => state === 'open' && pair.passed < most && service.resume());
    if (state === 'frozen') {
      client.pause();
      service.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      state = 'cut';
      for (const { client, service } of pairs) {
        client.resetAndDestroy();
        service.destroy();
      }
    },
    freeze() {
      state = 'frozen';
      for (const { client, service } of pairs) {
        client.pause();
        service.pause();
      }
    },
    strand() {
      for (const pair of pairs) {
        pairs.delete(pair);
        stranded.add(pair.client).add(pair.service);
        // read and dropped: the other side's kernel has taken it, so the sender has no reason to wonder
        for (const socket of [pair.client, pair.service])
          socket.removeAllListeners('data').removeAllListeners('close').resume();
      }
    },
    hold(bytes) {
      most = bytes;
      for (const pair of pairs) pair.passed = 0;
    },
    restore() {
      state = 'open';
      most = Number.POSITIVE_INFINITY;
      for (const { client, service } of pairs) {
        client.resume();
        service.resume();
      }
    },
    held: () => [...pairs].filter(({ passed }) => passed >= most).length,
    async close() {
      for (const { client, service } of pairs) {
        client.destroy();
        service.destroy();
      }
      for (const socket of stranded) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
