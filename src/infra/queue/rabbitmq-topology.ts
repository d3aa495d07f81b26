import type { ConfirmChannel } from 'amqplib';
import { SettingError } from '../../core/errors.ts';
import { DELIVERY_LIMIT } from './queue.ts';

/** The queue of a Celery application with default settings. */
export const CELERY_QUEUE = 'celery';

/** The name of the dead letters of a queue: both of an exchange and of the one queue bound to it. */
export const deadLettersOf = (queue: string): string => `${queue}.dead`;

/** Codes of AMQP with which the broker closes a channel. */
const NO_RIGHT = 403;
const OTHER_ARGUMENTS = 406;

/** The code of a refusal by the broker; undefined for a lost connection. */
function refusalCode(error: unknown): number | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
}

/**
 * Declares the queue that this project consumes, and its dead letters. Queues that exist with the same arguments stay
 * as they are.
 * @throws SettingError when the broker refuses: no message can be published until an operator acts
 */
export async function declareOwnQueue(channel: ConfirmChannel, queue: string): Promise<void> {
  const dead = deadLettersOf(queue);
  try {
    await channel.assertExchange(dead, 'direct', { durable: true });
    await channel.assertQueue(dead, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    await channel.bindQueue(dead, dead, queue);
    await channel.assertQueue(queue, {
      durable: true,
      arguments: {
        'x-queue-type': 'quorum',
        'x-delivery-limit': DELIVERY_LIMIT,
        'x-dead-letter-exchange': dead,
        'x-dead-letter-routing-key': queue,
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
      },
    });
  } catch (error) {
    const code = refusalCode(error);
    if (code === undefined) throw error;
    const reason = /message "(.*)"$/s.exec((error as Error).message)?.[1] ?? (error as Error).message;
    const advice =
      code === NO_RIGHT
        ? 'Give RABBITMQ_USER the right to declare it'
        : 'Something else has declared it: delete it once it is empty';
    const names = `the queue ${JSON.stringify(queue)} (RABBITMQ_QUEUE) with its dead letters ${JSON.stringify(dead)}`;
    throw new SettingError(
      `The broker refuses ${names}. ${advice}, or set RABBITMQ_QUEUE to another name. The broker's reason: ${reason}`,
      ['RABBITMQ_QUEUE'],
    );
  }
}

/**
 * Opens a channel with the queue `celery` declared on it, as a Celery application with default settings declares it
 * (durable, no arguments), so that either may start first. A queue that exists with other arguments, or that we may not
 * declare, is used as it is.
 * @returns whether the queue is known to be as such an application declares it
 * @throws when there is no such queue and it may not be declared, or the connection is lost
 */
export async function openCeleryQueue(
  openChannel: () => Promise<ConfirmChannel>,
): Promise<{ channel: ConfirmChannel; isStock: boolean }> {
  const channel = await openChannel();
  try {
    await channel.assertQueue(CELERY_QUEUE, { durable: true });
    return { channel, isStock: true };
  } catch (error) {
    const code = refusalCode(error);
    if (code === undefined) throw error;
    // the refusal has closed the channel
    const second = await openChannel();
    await second.checkQueue(CELERY_QUEUE);
    return { channel: second, isStock: code !== OTHER_ARGUMENTS };
  }
}
