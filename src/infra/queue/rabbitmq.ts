import { randomUUID } from 'node:crypto';
import type { ConfirmChannel, ConsumeMessage, Message } from 'amqplib';
import type { RabbitmqConfig } from '../../core/config.ts';
import { SettingError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import { decodeCeleryMessage, encodeCeleryMessage } from './celery-message.ts';
import type { Consumer, Delivery, Queue, Task } from './queue.ts';
import { takeFromCelery } from './rabbitmq-celery.ts';
import { RabbitmqConnection } from './rabbitmq-connection.ts';
import { type Outgoing, RabbitmqPublisher } from './rabbitmq-publisher.ts';
import { keepSubscribed } from './rabbitmq-subscription.ts';
import { deadLettersOf } from './rabbitmq-topology.ts';

type Handle = (task: Task) => Promise<Delivery>;

/**
 * RabbitMQ: a durable quorum queue with dead letters, and beside it the queue of stock Celery clients. Publishing and
 * consuming have a connection each: a broker that is short of memory stops reading from those that publish, and the
 * acknowledgements of a worker would wait there as well.
 */
export function openRabbitmqQueue(config: RabbitmqConfig, log: Logger): Queue {
  const publisher = new RabbitmqPublisher(config, log);
  const consuming = new RabbitmqConnection(config, 'dataset-reports consumer', log);

  async function consume(concurrency: number, handle: Handle): Promise<Consumer> {
    let logged = '';
    const own = keepSubscribed({
      queue: config.queue,
      prefetch: concurrency,
      work: worker(concurrency, handle, log),
      async open() {
        const channel = await consuming.openOwnChannel();
        logged = '';
        return channel;
      },
      failed(error) {
        if (!(error instanceof SettingError)) log.warn({ err: error }, 'the broker cannot be reached');
        else if (logged !== error.message) log.error(error.message); // once, though it is tried again
        logged = error instanceof SettingError ? error.message : '';
      },
    });
    const intake = takeFromCelery({
      openChannel: () => consuming.openChannel(),
      forward: (message) => publisher.send(config.queue, forwarded(message)),
      isShared: config.isCeleryShared,
      log,
    });
    return {
      async stop() {
        await Promise.all([intake.stop(), own.stop()]);
      },
    };
  }

  return {
    publish: (task) => publisher.send(config.queue, encodeCeleryMessage(task)),
    deadLetter: (task, reason) => publisher.send(deadLettersOf(config.queue), encodeCeleryMessage(task, { reason })),
    waiting: () => publisher.waiting(),
    consume,
    ping: () => publisher.ping(),
    async close() {
      await Promise.all([publisher.close(), consuming.close()]);
    },
  };
}

/**
 * Reads a message, has it handled, and acknowledges it or gives it back. At most `concurrency` are handled, those of a
 * lost channel included.
 */
function worker(concurrency: number, handle: Handle, log: Logger) {
  const handled = new Set<Promise<unknown>>(); // at most `concurrency`
  return async (channel: ConfirmChannel, message: ConsumeMessage): Promise<void> => {
    const read = decodeCeleryMessage(message.content, message.properties);
    let outcome: Delivery = 'dead';
    if ('task' in read) {
      while (handled.size >= concurrency) await Promise.race(handled);
      const handling = handle(read.task).finally(() => handled.delete(handling));
      handled.add(handling);
      outcome = await handling;
    } else
      log.error(
        { reason: read.foreign ?? read.unreadable, headers: message.properties.headers },
        'a message is not a task of this project: dead-lettered',
      );
    try {
      // always on the channel that delivered; when it is gone, the broker delivers again and the job's row decides
      if (outcome === 'done') channel.ack(message);
      else channel.nack(message, false, outcome === 'later');
    } catch (error) {
      log.warn({ err: error }, 'a message could not be acknowledged: its channel is gone');
    }
  };
}

/** A message for another queue: without the properties that would lead it elsewhere, or make the broker refuse it. */
function forwarded({ content, properties }: Message): Outgoing {
  const { contentType, contentEncoding, correlationId, replyTo, expiration, timestamp, type, appId } = properties;
  // CC and BCC name more queues; a user id must be that of the connection
  const { CC: _cc, BCC: _bcc, ...headers } = properties.headers ?? {};
  const messageId = properties.messageId ?? randomUUID();
  const same = { contentType, contentEncoding, correlationId, replyTo, expiration, timestamp, type, appId };
  return { content, options: { ...same, messageId, headers, persistent: true } };
}
