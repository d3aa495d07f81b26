import { type ChannelModel, type ConfirmChannel, type ConsumeMessage, connect } from 'amqplib';
import type { RabbitmqConfig } from '../core/config.ts';
import { TransientError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import { decodeCeleryMessage, encodeCeleryMessage } from './celery-message.ts';
import type { Consumer, Outcome, Queue, Task } from './queue.ts';

const QUEUE = 'celery';
const DEAD_LETTER_EXCHANGE = 'celery.dead';
const DEAD_LETTER_QUEUE = 'celery.dead';
/** Deliveries of one message before the broker sets it aside: a file that kills its worker cannot go round for ever. */
const DELIVERY_LIMIT = 20;
const RECONNECT_MILLISECONDS = [200, 500, 1_000, 2_000, 5_000];

/**
 * RabbitMQ: a durable quorum queue with dead letters. Connections are made when needed and made again when lost;
 * consuming and publishing use a channel each, so that a refused publish cannot take the consumer down.
 */
export function openRabbitmqQueue(config: RabbitmqConfig, log: Logger): Queue {
  let connection: Promise<ChannelModel> | undefined;
  let publisher: Promise<ConfirmChannel> | undefined;
  let closed = false;

  function connected(): Promise<ChannelModel> {
    connection ??= (async () => {
      const model = await connect(
        {
          protocol: 'amqp',
          hostname: config.host,
          port: config.port,
          username: config.user,
          password: config.password,
          vhost: config.vhost,
          heartbeat: 10,
        },
        { timeout: 5_000, clientProperties: { connection_name: 'dataset-reports' } },
      );
      model.on('error', (error) => log.warn({ err: error }, 'the connection to the broker broke'));
      model.once('close', () => {
        connection = undefined;
        publisher = undefined;
      });
      return model;
    })();
    connection.catch(() => {
      connection = undefined;
    });
    return connection;
  }

  async function openChannel(): Promise<ConfirmChannel> {
    const channel = await (await connected()).createConfirmChannel();
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

  function publishing(): Promise<ConfirmChannel> {
    publisher ??= openChannel().then((channel) => {
      channel.setMaxListeners(0); // a listener a message under way
      channel.once('close', () => {
        publisher = undefined;
      });
      return channel;
    });
    publisher.catch(() => {
      publisher = undefined;
    });
    return publisher;
  }

  async function publish(task: Task): Promise<void> {
    const channel = await publishing();
    const { content, options } = encodeCeleryMessage(task);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new TransientError('The broker did not confirm the message in 10 s.')),
        10_000,
      );
      const settle = (error?: unknown) => {
        clearTimeout(timer);
        channel.off('close', onClose);
        error ? reject(new TransientError('The broker did not take the message.', { cause: error })) : resolve();
      };
      const onClose = () => settle(new Error('channel closed'));
      channel.once('close', onClose);
      try {
        channel.publish('', QUEUE, content, options, (error) => settle(error ?? undefined));
      } catch (error) {
        settle(error);
      }
    });
  }

  async function consume(concurrency: number, handle: (task: Task) => Promise<Outcome>): Promise<Consumer> {
    let stopping = false;
    let current: { channel: ConfirmChannel; tag: string } | undefined;
    const underWay = new Set<Promise<void>>(); // at most `concurrency`, by the prefetch
    const wake = Promise.withResolvers<void>();

    async function work(channel: ConfirmChannel, message: ConsumeMessage): Promise<void> {
      const task = decodeCeleryMessage(message.content, message.properties.headers ?? {});
      let outcome: Outcome = 'dead';
      if (task) outcome = await handle(task);
      else
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
      const channel = await openChannel();
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
    publish,
    consume,
    async ping() {
      await connected();
    },
    async close() {
      closed = true;
      const model = await connection?.catch(() => undefined);
      await model?.close().catch(() => {});
    },
  };
}
