import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettingError } from '../../core/errors.ts';
import { beginningOf } from './processes.ts';

/** Who uses a data folder: a process, by its id and by when it began, since ids are given again. */
interface Owner {
  pid: number;
  began: string;
}

/** Processes that begin at the same moment may each find the other's file in the way, but not this often. */
const MAX_TRIES = 10;

/**
 * Takes a data folder for this process. The owner's file of a process that has ended (it was killed, or the machine
 * restarted) is replaced, also when another process has its id now.
 * @param folder where the owner's file is kept
 * @param dataDir as the sentence names it
 * @returns what gives the folder back
 * @throws SettingError when a process that is alive has it
 */
export function takeDataFolder(folder: string, dataDir: string): () => void {
  const file = join(folder, 'owner.json');
  const mine = JSON.stringify({ pid: process.pid, began: beginningOf(process.pid) ?? '' } satisfies Owner);
  for (let tries = 1; ; tries++) {
    if (createWhole(file, mine)) break;
    const text = readIfThere(file);
    const owner = text === undefined ? undefined : parseOwner(text);
    if (owner && beginningOf(owner.pid) === owner.began)
      throw new SettingError(
        `DATA_DIR=${dataDir} is in use by another process (pid ${owner.pid}): stop that one, ` +
          'or set DATA_DIR to another folder.',
        ['DATA_DIR'],
      );
    if (tries >= MAX_TRIES) throw new Error(`${file} cannot be replaced.`);
    if (text !== undefined) removeStale(file, text);
  }
  return () => {
    if (readIfThere(file) === mine) rmSync(file, { force: true });
  };
}

/** Creates a file that is complete as soon as it can be seen. @returns false when there is one already */
function createWhole(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes the file if it still holds this text: another process may have replaced it since. */
function removeStale(file: string, text: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return; // another process was faster
  }
  const found = readFileSync(aside, 'utf8');
  if (found !== text) createWhole(file, found);
  rmSync(aside, { force: true });
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    const { pid, began } = JSON.parse(text) as Partial<Owner>;
    return Number.isSafeInteger(pid) && pid! > 0 && typeof began === 'string' ? { pid: pid!, began } : undefined;
  } catch {
    return undefined;
  }
}
