import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether processes of this machine live, by their ids: other processes of this project, and servers of Postgres. */

/**
 * When a process began, in the terms of its platform: two processes with one id differ in it.
 * @returns undefined when there is no such process, or only its exit status is left of it
 */
export function beginningOf(pid: number): string | undefined {
  if (process.platform === 'linux') return beginningOnLinux(pid);
  if (process.platform === 'win32') return signal(pid) === 'gone' ? undefined : '';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Whether this user may end the process, and there is more left of it than its exit status. */
export function isRunning(pid: number): boolean {
  return signal(pid) === 'allowed' && !(process.platform === 'linux' && isDefunct(statOf(pid)));
}

/** Clock ticks from the start of the machine to that of the process, with the id of that start. */
function beginningOnLinux(pid: number): string | undefined {
  const stat = statOf(pid);
  if (isDefunct(stat)) return undefined;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${stat[19]}`;
  } catch {
    return undefined;
  }
}

/**
 * The fields of /proc/PID/stat from the state on (proc(5): state is field 3, starttime field 22).
 * @returns an empty list when there is no such process
 */
function statOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // the name of the program, in parentheses, may hold anything
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

const isDefunct = ([state]: string[]): boolean => state === undefined || state === 'Z' || state === 'X';

/** What a signal to the process would meet; none is sent. */
function signal(pid: number): 'allowed' | 'forbidden' | 'gone' {
  try {
    process.kill(pid, 0);
    return 'allowed';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'forbidden' : 'gone';
  }
}
