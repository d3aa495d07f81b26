import { type ChannelModel, type ConfirmChannel, type ConsumeMessage, connect } from 'amqplib';
import type { RabbitmqConfig } from '../core/config.ts';
import { TransientError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import { decodeCeleryMessage, encodeCeleryMessage } from './celery-message.ts';
import type { Consumer, Delivery, Queue, Task } from './queue.ts';
import { rabbitmqRefusal } from './rabbitmq-settings.ts';

const QUEUE = 'celery';
const DEAD_LETTER_EXCHANGE = 'celery.dead';
const DEAD_LETTER_QUEUE = 'celery.dead';
/** Deliveries of one message before the broker sets it aside: a file that kills its worker cannot go round for ever. */
const DELIVERY_LIMIT = 20;
const RECONNECT_MILLISECONDS = [200, 500, 1_000, 2_000, 5_000];

/** Two of them without an answer, and the connection counts as lost: a half-open one is noticed within some ten seconds. */
const HEARTBEAT_SECONDS = 5;
const CONFIRM_MILLISECONDS = 10_000;
const ANSWER_MILLISECONDS = 8_000;

interface Connection {
  open(): Promise<ChannelModel>;
  close(): Promise<void>;
}

/** A connection that is made when it is needed, and made again when it was lost. */
function keepConnection(
  config: RabbitmqConfig,
  name: string,
  log: Logger,
  prepare: (model: ChannelModel) => void,
): Connection {
  let opened: Promise<ChannelModel> | undefined;
  async function connectOnce(): Promise<ChannelModel> {
    const { host: hostname, port, user: username, password, vhost } = config;
    const model = await connect(
      { protocol: 'amqp', hostname, port, username, password, vhost, heartbeat: HEARTBEAT_SECONDS },
      { timeout: 5_000, clientProperties: { connection_name: name } },
    ).catch((error) => {
      throw rabbitmqRefusal(config, error) ?? error;
    });
    model.on('error', (error) => log.warn({ err: error }, 'the connection to the broker broke'));
    model.once('close', () => {
      opened = undefined;
    });
    prepare(model);
    return model;
  }
  return {
    open() {
      if (!opened) {
        opened = connectOnce();
        opened.catch(() => {
          opened = undefined;
        });
      }
      return opened;
    },
    async close() {
      const model = await opened?.catch(() => undefined);
      await model?.close().catch(() => {});
    },
  };
}

/** A broker that takes connections and then is silent, as one without a majority of its nodes. @throws TransientError */
async function answersInTime(asked: Promise<unknown>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TransientError('The broker gave no answer in time.')), ANSWER_MILLISECONDS);
  await Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

/**
 * RabbitMQ: a durable quorum queue with dead letters. Publishing and consuming have a connection each: a broker that is short of memory stops
 * reading from those that publish, and the acknowledgements of a worker would wait there as well.
 */
export function openRabbitmqQueue(config: RabbitmqConfig, log: Logger): Queue {
  let publisher: Promise<ConfirmChannel> | undefined;
  let isBlocked = false;
  let closed = false;
  const returned = new Set<string>(); // ids of messages that no queue took, until their confirm a moment later
  const publishing = keepConnection(config, 'dataset-reports publisher', log, (model) => {
    isBlocked = false;
    model.on('blocked', (reason) => {
      isBlocked = true;
      log.warn({ reason }, 'the broker takes no messages at the moment');
    });
    model.on('unblocked', () => {
      isBlocked = false;
    });
  });
  const consuming = keepConnection(config, 'dataset-reports consumer', log, () => {});

  async function openChannel(connection: Connection): Promise<ConfirmChannel> {
    const channel = await (await connection.open()).createConfirmChannel();
    channel.on('error', (error) => log.warn({ err: error }, 'the broker closed a channel'));
    await channel.assertExchange(DEAD_LETTER_EXCHANGE, 'direct', { durable: true });
    await channel.assertQueue(DEAD_LETTER_QUEUE, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    await channel.bindQueue(DEAD_LETTER_QUEUE, DEAD_LETTER_EXCHANGE, QUEUE);
    await channel.assertQueue(QUEUE, {
      durable: true,
      arguments: {
        'x-queue-type': 'quorum',
        'x-delivery-limit': DELIVERY_LIMIT,
        'x-dead-letter-exchange': DEAD_LETTER_EXCHANGE,
        'x-dead-letter-routing-key': QUEUE,
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
      },
    });
    return channel;
  }

  function publisherChannel(): Promise<ConfirmChannel> {
    if (!publisher) {
      publisher = openChannel(publishing).then((channel) => {
        channel.setMaxListeners(0); // a listener a message under way
        channel.on('return', ({ properties }) => returned.add(String(properties.correlationId)));
        channel.once('close', () => {
          publisher = undefined;
        });
        return channel;
      });
      publisher.catch(() => {
        publisher = undefined;
      });
    }
    return publisher;
  }

  /** Puts a message into a queue, durably. @throws TransientError when the broker does not take it in time */
  async function send(queue: string, task: Task, headers: Record<string, unknown> = {}): Promise<void> {
    if (isBlocked) throw new TransientError('The broker takes no messages at the moment.');
    const channel = await publisherChannel();
    const { content, options } = encodeCeleryMessage(task, headers);
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: unknown) => {
        clearTimeout(timer);
        channel.off('close', onClose);
        if (returned.delete(task.id) && !error) {
          void channel.close().catch(() => {}); // the queue is gone: the next channel declares it again
          reject(new TransientError('There is no queue for the message.'));
        } else if (error) reject(new TransientError('The broker did not take the message.', { cause: error }));
        else resolve();
      };
      const timer = setTimeout(() => settle(new Error('no confirm in time')), CONFIRM_MILLISECONDS);
      const onClose = () => settle(new Error('channel closed'));
      channel.once('close', onClose);
      try {
        // mandatory: the broker would confirm a message that no queue takes
        channel.publish('', queue, content, { ...options, mandatory: true }, (error) => settle(error ?? undefined));
      } catch (error) {
        settle(error);
      }
    });
  }

  async function consume(concurrency: number, handle: (task: Task) => Promise<Delivery>): Promise<Consumer> {
    let stopping = false;
    let current: { channel: ConfirmChannel; tag: string } | undefined;
    // what a lost channel delivered goes on, while the next channel delivers: at most `concurrency` are worked, the others wait
    const underWay = new Set<Promise<void>>();
    const worked = new Set<Promise<unknown>>();
    const wake = Promise.withResolvers<void>();

    async function work(channel: ConfirmChannel, message: ConsumeMessage): Promise<void> {
      const task = decodeCeleryMessage(message.content, message.properties.headers ?? {});
      let outcome: Delivery = 'dead';
      if (task) {
        while (worked.size >= concurrency) await Promise.race(worked);
        const handling = handle(task).finally(() => worked.delete(handling));
        worked.add(handling);
        outcome = await handling;
      } else
        log.error({ headers: message.properties.headers }, 'a message is no task of this project: to the dead letters');
      try {
        // always on the channel that delivered; when it is gone, the broker delivers again and the job's row decides
        if (outcome === 'done') channel.ack(message);
        else channel.nack(message, false, outcome === 'later');
      } catch (error) {
        log.warn({ err: error }, 'a message could not be acknowledged: its channel is gone');
      }
    }

    async function subscribe(): Promise<{ lost: Promise<void> }> {
      const channel = await openChannel(consuming);
      const lost = new Promise<void>((resolve) => {
        channel.once('close', () => {
          current = undefined;
          resolve();
        });
      });
      await channel.prefetch(concurrency);
      const { consumerTag } = await channel.consume(QUEUE, (message) => {
        if (!message) {
          // the broker cancelled the consumer (queue deleted, node gone): start again from a new channel
          void channel.close().catch(() => {});
          return;
        }
        const working = work(channel, message).finally(() => underWay.delete(working));
        underWay.add(working);
      });
      current = { channel, tag: consumerTag };
      return { lost };
    }

    async function keepConsuming(): Promise<void> {
      let failures = 0;
      while (!stopping && !closed) {
        try {
          const { lost } = await subscribe();
          failures = 0;
          await Promise.race([lost, wake.promise]);
        } catch (error) {
          log.warn({ err: error }, 'the broker cannot be reached');
        }
        const pause = RECONNECT_MILLISECONDS[Math.min(failures++, RECONNECT_MILLISECONDS.length - 1)];
        if (!stopping) await Promise.race([new Promise((resolve) => setTimeout(resolve, pause)), wake.promise]);
      }
    }
    const loop = keepConsuming();

    return {
      async stop() {
        stopping = true;
        await current?.channel.cancel(current.tag).catch(() => {});
        wake.resolve();
        await Promise.all([loop, ...underWay]);
        // the acknowledgements are out when the broker has answered to what was sent after them
        await current?.channel.close().catch(() => {});
      },
    };
  }

  return {
    publish: (task) => send(QUEUE, task),
    bury: (task, reason) => send(DEAD_LETTER_QUEUE, task, { reason }),
    async waiting() {
      if (isBlocked) throw new TransientError('The broker does not answer at the moment.');
      return (await (await publisherChannel()).checkQueue(QUEUE)).messageCount;
    },
    consume,
    async ping() {
      if (isBlocked) throw new TransientError('The broker takes no messages at the moment.');
      await answersInTime(publisherChannel());
    },
    async close() {
      closed = true;
      await Promise.all([publishing.close(), consuming.close()]);
    },
  };
}
