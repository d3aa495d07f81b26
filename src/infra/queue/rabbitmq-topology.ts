import type { ConfirmChannel } from 'amqplib';
import { SettingError } from '../../core/errors.ts';

/** The queue of a Celery application with default settings. */
export const CELERY_QUEUE = 'celery';
/** Deliveries of one message before the broker sets it aside: a file that kills its worker cannot go round for ever. */
const DELIVERY_LIMIT = 20;

/** Name of the dead letters of a queue: of an exchange, and of the one queue bound to it. */
export const deadLettersOf = (queue: string): string => `${queue}.dead`;

/** Of the broker's refusals, as its channel ends with them. */
const NO_RIGHT = 403;
const OTHER_ARGUMENTS = 406;

/** The code of a refusal by the broker; undefined for a lost connection. */
function refusalCode(error: unknown): number | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
}

/**
 * Declares the queue that this project consumes and its dead letters. What is there with the same arguments stays as it
 * is.
 * @throws SettingError when the broker refuses: nothing can be handed over until somebody acts
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
    const told = /message "(.*)"$/s.exec((error as Error).message)?.[1] ?? (error as Error).message;
    const advice =
      code === NO_RIGHT
        ? 'Give RABBITMQ_USER the right to declare it'
        : 'Something else has declared it: delete it once it is empty';
    const names = `the queue ${JSON.stringify(queue)} (RABBITMQ_QUEUE) with its dead letters ${JSON.stringify(dead)}`;
    throw new SettingError(
      `The broker refuses ${names}. ${advice}, or set RABBITMQ_QUEUE to another name. It says: ${told}`,
      ['RABBITMQ_QUEUE'],
    );
  }
}

/**
 * Opens a channel with the queue `celery` on it. Declared as a Celery application with default settings does it
 * (durable, no arguments), so that either may come first; where it is there with other arguments, or may not be
 * declared, it is taken as it is.
 * @returns whether the queue is as such an application declares it, as far as one may know
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
