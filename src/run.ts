import { enableCompileCache } from 'node:module';
import { readConfig } from './core/config.ts';
import { SettingError } from './core/errors.ts';

const REPEATED_MILLISECONDS = 500;

/**
 * Starts a process, prints one line when it is ready, and ends it on SIGTERM and Ctrl-C. A second signal ends it at
 * once.
 */
export async function run(name: string, parts: { api: boolean; worker: boolean }): Promise<void> {
  enableCompileCache(); // a warm start spends most of its time compiling the dependencies
  try {
    const config = readConfig(process.env);
    const { start } = await import('./wiring.ts');
    const stopped = Promise.withResolvers<void>();
    let first = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        // one Ctrl-C can arrive twice: from the terminal, and from the parent process, which passes it on
        if (first > 0 && performance.now() - first > REPEATED_MILLISECONDS) process.exit(1);
        first ||= performance.now();
        stopped.resolve();
      });
    }
    const running = await start(config, name, parts);
    console.log(`Ready: ${running.address ? addressesOf(running.address, config.publicUrl) : name}`);
    await stopped.promise;
    await running.close();
    process.exit(0);
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException;
    if (error instanceof SettingError) console.error(message);
    else if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
      console.error(`${path ?? 'The data folder'} cannot be written to: set DATA_DIR to another folder.`);
    else if (code === 'ENOSPC')
      console.error('The disk is full: free space on it, or set DATA_DIR to a folder on another disk.');
    else console.error(error);
    process.exit(1);
  }
}

/** The address at which the service listens and, if it is set, its public address. */
function addressesOf(listening: string, publicUrl: URL | undefined): string {
  const address = listening.replace('0.0.0.0', '127.0.0.1');
  const open = publicUrl?.href ?? `${address}/`;
  const also = publicUrl ? `public address ${publicUrl.href}, ` : '';
  return `${address}  (${also}GraphiQL ${open}graphql, API docs ${open}docs)`;
}
