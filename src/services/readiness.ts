import { SettingError } from '../core/errors.ts';
import { within } from '../core/time-limit.ts';
import { pingDatabase } from '../infra/postgres/database.ts';
import type { Queue } from '../infra/queue/queue.ts';
import type { Storage } from '../infra/storage/storage.ts';

/** A service that takes longer counts as away: the balancer that polls /ready has a time limit, too. */
const ANSWER_MILLISECONDS = 5_000;

const KEPT = ' They are kept and will start once the broker accepts them.';

interface Asked {
  database: Parameters<typeof pingDatabase>[0];
  storage: Pick<Storage, 'ping'>;
  queue: Pick<Queue, 'ping'>;
}

/** What keeps this process from its work at the moment, as sentences for a person; empty when all is well. */
export async function readinessProblems({ database, storage, queue }: Asked): Promise<string[]> {
  const found = await Promise.all([
    problemOf(pingDatabase(database), 'Nothing can be read or changed: the database'),
    problemOf(storage.ping(), 'Files can be neither stored nor read: the object store'),
    problemOf(queue.ping(), 'Jobs cannot be handed over: the broker', KEPT),
  ]);
  return found.filter((sentence) => sentence !== undefined);
}

async function problemOf(asked: Promise<unknown>, what: string, rest = ''): Promise<string | undefined> {
  try {
    await within(ANSWER_MILLISECONDS, asked, () => {
      throw new Error('no answer in time');
    });
    return undefined;
  } catch (error) {
    // names of settings, not their values: anyone who reaches the port can read this
    if (error instanceof SettingError) return `${what} refuses this service (${error.settings.join(', ')}).${rest}`;
    return `${what} does not answer.${rest}`;
  }
}
