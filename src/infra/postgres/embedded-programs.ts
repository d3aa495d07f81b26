import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { packagedServer } from './packaged-server.ts';

/**
 * The folder with bin/, lib/ and share/ of Postgres for this platform, ready to run.
 * @param isUnprivileged the programs run as a user who may not be able to enter the checkout: they are copied to where
 *   it can
 * @throws SettingError when there are none for this platform
 */
export async function postgresPrograms(isUnprivileged: boolean): Promise<string> {
  const native = await packagedServer();
  completeSymlinks(native);
  return isUnprivileged ? copiedPrograms(native) : native;
}

/** npm packages hold no symbolic links: the package lists those its libraries need, and they are made here. */
function completeSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(join(native, '..', source), link);
  }
}

function copiedPrograms(native: string): string {
  const copy = join('/var/tmp', `dataset-reports-server-${readdirSync(native).length}-${packageVersion(native)}`);
  if (!existsSync(join(copy, 'native'))) {
    const temporary = `${copy}.${process.pid}`;
    cpSync(native, join(temporary, 'native'), { recursive: true, verbatimSymlinks: false, dereference: true });
    mkdirSync(copy, { recursive: true });
    try {
      renameSync(join(temporary, 'native'), join(copy, 'native'));
    } catch {
      // another start copied it meanwhile
    }
    rmSync(temporary, { recursive: true, force: true });
  }
  return join(copy, 'native');
}

function packageVersion(native: string): string {
  return JSON.parse(readFileSync(resolve(native, '..', 'package.json'), 'utf8')).version;
}
