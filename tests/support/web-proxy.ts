import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type ProxyName = 'nginx' | 'caddy' | 'haproxy';

/** The configurations for a proxy that the docs give, in their order. */
export function documented(name: ProxyName): string[] {
  const text = readFileSync('docs/proxies.md', 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, language]) => language === name)
    .map(([, , config]) => config!);
}

/** Replaces what must be there: a configuration that says it otherwise is another one. */
export function replaced(config: string, ...pairs: [string, string][]): string {
  let text = config;
  for (const [from, to] of pairs) {
    if (!text.includes(from)) throw new Error(`"${from}" is not in the configuration:\n${config}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

const SERVICE = '127.0.0.1:4000';
/**
 * How each is started in the foreground on this machine: its configuration with other addresses, and what it needs
 * around it.
 */
const PROGRAMS: Record<
  ProxyName,
  {
    config: (documented: string, port: number, service: string, folder: string) => string;
    command: (file: string) => string[];
  }
> = {
  nginx: {
    config: (text, port, service, folder) => {
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
        .join(' ');
      const server = replaced(text, ['listen 80;', `listen 127.0.0.1:${port};`], [SERVICE, service]);
      // its workers write what they buffer into the folder
      const main = `user ${userInfo().username}; daemon off; pid ${folder}/pid; error_log ${folder}/error.log;`;
      return `${main} events {} http { access_log off; ${temporary} ${server} }`;
    },
    command: (file) => ['nginx', '-c', file],
  },
  caddy: {
    config: (text, port, service) =>
      `{\n  admin off\n}\n${replaced(text, ['example.org', `http://127.0.0.1:${port}`], [SERVICE, service])}`,
    command: (file) => ['caddy', 'run', '--adapter', 'caddyfile', '--config', file],
  },
  haproxy: {
    config: (text, port, service) => replaced(text, ['bind :80', `bind 127.0.0.1:${port}`], [SERVICE, service]),
    command: (file) => ['haproxy', '-db', '-q', '-f', file],
  },
};

/** A proxy of its own on this machine. */
export interface WebProxy {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts a proxy in front of a service and waits until it takes connections.
 * @param config one of the docs', where the service is 127.0.0.1:4000
 * @throws when the program is missing, or ends
 */
export async function startWebProxy(
  name: ProxyName,
  config: string,
  serviceUrl: string,
  port: number,
): Promise<WebProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-proxy-'));
  const program = PROGRAMS[name];
  const file = join(folder, 'config');
  writeFileSync(file, program.config(config, port, new URL(serviceUrl).host, folder));
  const [command, ...args] = program.command(file);
  // Debian has some of them where only root looks; Caddy keeps a folder of its own in HOME
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, HOME: folder, XDG_CONFIG_HOME: folder };
  const child = spawn(command!, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`${name} cannot be started (Debian: apt-get install ${name}): ${error}`));
    child.once('exit', (code) => resolve(`${name} ended with ${code}: ${said}`));
  });
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([answers(url, child), ended.then((why) => Promise.reject(new Error(why)))]);
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    try {
      await fetch(url);
      return;
    } catch {
      await sleep(20);
    }
  }
}

/** A port that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
