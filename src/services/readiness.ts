import { SettingError } from '../core/errors.ts';
import { pingDatabase } from '../infra/postgres/database.ts';
import type { Queue } from '../infra/queue/queue.ts';
import type { Storage } from '../infra/storage/storage.ts';

/** A service that takes longer counts as away: who asks for readiness has a time limit, too. */
const ANSWER_MILLISECONDS = 5_000;

const KEPT = ' They are kept, and start as soon as it takes them.';

interface Asked {
  database: Parameters<typeof pingDatabase>[0];
  storage: Pick<Storage, 'ping'>;
  queue: Pick<Queue, 'ping'>;
}

/** What keeps this process from its work at the moment, as sentences for a person; empty when all is well. */
export async function troubles({ database, storage, queue }: Asked): Promise<string[]> {
  const found = await Promise.all([
    troubleOf(pingDatabase(database), 'Nothing can be read or changed: the database'),
    troubleOf(storage.ping(), 'Files can be neither stored nor read: the object store'),
    troubleOf(queue.ping(), 'Jobs cannot be handed over: the broker', KEPT),
  ]);
  return found.filter((sentence) => sentence !== undefined);
}

async function troubleOf(asked: Promise<unknown>, what: string, rest = ''): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ANSWER_MILLISECONDS);
  });
  try {
    await Promise.race([asked, late]);
    return undefined;
  } catch (error) {
    // names of settings, not their values: anyone who reaches the port can read this
    if (error instanceof SettingError) return `${what} refuses this service (${error.settings.join(', ')}).${rest}`;
    return `${what} does not answer.${rest}`;
  } finally {
    clearTimeout(timer);
  }
}
