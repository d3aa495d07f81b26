import type { ConfirmChannel, GetMessage, Message } from 'amqplib';
import type { Logger } from '../../core/log.ts';
import { periodically } from '../../core/periodically.ts';
import { decodeCeleryMessage } from './celery-message.ts';
import type { Consumer } from './queue.ts';
import { keepSubscribed } from './rabbitmq-subscription.ts';
import { CELERY_QUEUE, openCeleryQueue } from './rabbitmq-topology.ts';

/** Messages that are moved from `celery` to our queue at a time: each is held for one round trip. */
const PREFETCH = 50;
/** Pause after a message that could not be moved: the broker takes none at the moment. */
const PAUSE_MILLISECONDS = 1_000;
/**
 * Time between two passes over a shared queue, and how long a pass holds messages of others: a twentieth of the time.
 */
const PASS_MILLISECONDS = 1_000;
const HELD_MILLISECONDS = 50;
/** Most messages of others that one pass holds. */
const MAX_HELD = 200;
/** While passes find only tasks of others, the number of skipped passes doubles, up to this. */
const MAX_SKIPPED = 7;

/** What the queue `celery` is read with. */
export interface CeleryIntake {
  openChannel(): Promise<ConfirmChannel>;
  /** Puts a message into our own queue. @throws when the broker does not take it */
  forward(message: Message): Promise<void>;
  /** Whether other applications consume their own tasks from `celery`. */
  isShared: boolean;
  log: Logger;
}

/**
 * Moves what stock clients put into `celery` to our own queue, whatever kind of queue `celery` is. So one limit holds
 * for all jobs of a worker, no message waits behind a busy worker while another is free, and the delivery limit and the
 * dead letters are those of our own queue. A message is acknowledged when our queue has it: a crash in between
 * duplicates it, and the row of the job decides.
 */
export function takeFromCelery(intake: CeleryIntake): Consumer {
  const { openChannel, isShared, log } = intake;
  let warned: string | undefined;
  const warnOnce = (sentence: string, details = {}) => {
    if (warned !== sentence) log.warn(details, sentence);
    warned = sentence;
  };
  const failed = (error: unknown) =>
    warnOnce('the queue celery cannot be read: messages of stock Celery clients wait there', { err: error });
  async function open(): Promise<ConfirmChannel> {
    const { channel, isStock } = await openCeleryQueue(openChannel);
    if (isStock) warned = undefined;
    else if (isShared) {
      await channel.close();
      throw new Error(
        'With CELERY_QUEUE_SHARED=true the queue celery must be one that a Celery application with default ' +
          'settings declares (durable, classic, no arguments).',
      );
    } else
      warnOnce(
        'the queue celery has other arguments than a Celery application with default settings declares: ' +
          'its messages are taken, but such an application cannot start beside it. Delete it once it is empty.',
      );
    return channel;
  }
  return isShared ? lookThrough(intake, open, failed) : moveAll(intake, open, failed);
}

/**
 * For a `celery` that is ours alone: a message that is not a task of this project is moved, too, and becomes a dead
 * letter of our queue.
 */
function moveAll(
  { forward, log }: CeleryIntake,
  open: () => Promise<ConfirmChannel>,
  failed: (error: unknown) => void,
): Consumer {
  return keepSubscribed({
    queue: CELERY_QUEUE,
    prefetch: PREFETCH,
    open,
    failed,
    async work(channel, message) {
      try {
        await forward(message);
        channel.ack(message);
      } catch (error) {
        log.warn({ err: error }, 'a message of the queue celery could not be moved yet');
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
        giveBack(channel, message);
      }
    },
  });
}

function giveBack(channel: ConfirmChannel, message: Message): void {
  try {
    channel.nack(message, false, true);
  } catch {
    // its channel is gone, so the broker has the message back already
  }
}

/**
 * For a `celery` that is shared: takes the messages of this project from among those of others. A consumer cannot
 * choose, and gets what it rejects again at once, for ever when it is the only one. So nothing is consumed: every
 * second the messages at the front are fetched, ours are moved, and those of others are back in their places after some
 * 50 ms, unchanged but for the mark `redelivered`.
 */
function lookThrough(
  { forward, log }: CeleryIntake,
  open: () => Promise<ConfirmChannel>,
  failed: (error: unknown) => void,
): Consumer {
  let channel: ConfirmChannel | undefined;
  let isCounted = false;
  let leftOut = 0;
  let left = 0;

  async function look(from: ConfirmChannel): Promise<void> {
    const others: GetMessage[] = []; // at most MAX_HELD
    let ours = 0;
    const until = performance.now() + HELD_MILLISECONDS;
    try {
      while (others.length < MAX_HELD && performance.now() < until) {
        const message = await from.get(CELERY_QUEUE);
        if (!message) break;
        others.push(message);
        // a quorum queue counts returns of a message, and drops it in the end
        isCounted = message.properties.headers?.['x-delivery-count'] !== undefined;
        if (isCounted) break;
        if ('foreign' in decodeCeleryMessage(message.content, message.properties)) continue;
        await forward(message);
        from.ack(message);
        others.pop();
        ours++;
      }
    } finally {
      for (const message of others) giveBack(from, message);
    }
    leftOut = ours > 0 || others.length === 0 ? 0 : Math.min(2 * leftOut + 1, MAX_SKIPPED);
    left = leftOut;
    if (isCounted)
      log.error(
        'the queue celery is a quorum queue: with CELERY_QUEUE_SHARED=true nothing is taken from it any more, ' +
          'since it would drop tasks of others that are given back too often. Use a classic queue.',
      );
  }

  const loop = periodically(
    PASS_MILLISECONDS,
    async () => {
      if (isCounted || left-- > 0) return;
      if (!channel) {
        const opened = await open();
        opened.once('close', () => {
          channel = undefined;
        });
        channel = opened;
      }
      await look(channel);
    },
    failed,
  );
  return {
    async stop() {
      await loop.close();
      await channel?.close().catch(() => {});
    },
  };
}
