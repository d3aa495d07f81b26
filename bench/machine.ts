import { arch, availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** Processor, cores, memory, system. */
export function machineLine(): string {
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${processor}, ${availableParallelism()} cores, ${memory}, ${type()} ${release()} ${arch()}`;
}

/** How busy the machine is: tasks at work, averaged over the last minute. */
export const load = () => loadavg()[0]!.toFixed(2);
