import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorLine } from './process-run.ts';

const FOLDER = fileURLToPath(new URL('peers', import.meta.url));
const windows = process.platform === 'win32';

export interface Peers {
  /** Version by package, of those that can be loaded. */
  versions: Map<string, string>;
  /** Why by package, of the others. */
  missing: Map<string, string>;
}

/**
 * Installs the packages of bench/peers with npm where they are not there yet. They are large and no part of the
 * project.
 */
export function installPeers(): Peers {
  const { optionalDependencies: wanted } = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  if (Object.entries(wanted).some(([name, version]) => installedVersion(name) !== version || loadFault(name))) {
    console.error('bench: installing the peers into bench/peers, some 200 MB');
    // npm calls it up to date when only the library for this system, an optional package, is missing
    rmSync(join(FOLDER, 'node_modules'), { recursive: true, force: true });
    const args = ['install', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
    // npm leaves out, without a word, what its own Node is too old for: it shall be this one
    const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` };
    const { error, status } = spawnSync('npm', args, { cwd: FOLDER, env, stdio: ['ignore', 2, 2], shell: windows });
    if (error || status !== 0)
      console.error(`bench: npm install of the peers failed${error ? `: ${error.message}` : ''}`);
  }
  const peers: Peers = { versions: new Map(), missing: new Map() };
  for (const [name, version] of Object.entries(wanted)) {
    const installed = installedVersion(name);
    const fault = installed ? loadFault(name) : 'npm did not install it';
    if (fault) peers.missing.set(name, fault);
    else if (installed !== version) peers.missing.set(name, `${version} is wanted, ${installed} is installed`);
    else peers.versions.set(name, version);
  }
  return peers;
}

function installedVersion(name: string): string | undefined {
  const file = join(FOLDER, 'node_modules', name, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}

/** Asked in a process of its own: a native library that cannot be loaded may end it. */
function loadFault(name: string): string | undefined {
  const { status, stderr } = spawnSync(process.execPath, ['-e', `require(${JSON.stringify(name)})`], { cwd: FOLDER });
  if (status === 0) return undefined;
  return errorLine(stderr.toString()) || `loading it ended with ${status}`;
}
