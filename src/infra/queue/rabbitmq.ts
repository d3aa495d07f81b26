import { randomUUID } from 'node:crypto';
import {
  type ChannelModel,
  type ConfirmChannel,
  type ConsumeMessage,
  connect,
  type Message,
  type Options,
} from 'amqplib';
import type { RabbitmqConfig } from '../../core/config.ts';
import { SettingError, TransientError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import { decodeCeleryMessage, encodeCeleryMessage } from './celery-message.ts';
import type { Consumer, Delivery, Queue, Task } from './queue.ts';
import { takeFromCelery } from './rabbitmq-celery.ts';
import { rabbitmqRefusal } from './rabbitmq-settings.ts';
import { keepSubscribed } from './rabbitmq-subscription.ts';
import { deadLettersOf, declareOwnQueue } from './rabbitmq-topology.ts';

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
 * RabbitMQ: a durable quorum queue with dead letters, and beside it the queue of stock Celery clients. Publishing and consuming have a connection each: a broker that is short of memory stops
 * reading from those that publish, and the acknowledgements of a worker would wait there as well.
 */
export function openRabbitmqQueue(config: RabbitmqConfig, log: Logger): Queue {
  let publisher: Promise<ConfirmChannel> | undefined;
  let isBlocked = false;
  const returned = new Set<string>(); // messages that no queue took, until their confirm a moment later
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
    channel.on('error', (error) => log.debug({ err: error }, 'the broker closed a channel'));
    return channel;
  }
  async function openOwnChannel(connection: Connection): Promise<ConfirmChannel> {
    const channel = await openChannel(connection);
    await declareOwnQueue(channel, config.queue);
    channel.on('error', (error) => log.warn({ err: error }, 'the broker closed a channel'));
    return channel;
  }

  function publisherChannel(): Promise<ConfirmChannel> {
    if (!publisher) {
      publisher = openOwnChannel(publishing).then((channel) => {
        channel.setMaxListeners(0); // a listener a message under way
        channel.on('return', ({ properties }) => returned.add(nameOf(properties)));
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
  async function send(
    queue: string,
    { content, options }: { content: Buffer; options: Options.Publish },
  ): Promise<void> {
    if (isBlocked) throw new TransientError('The broker takes no messages at the moment.');
    const channel = await publisherChannel();
    const name = nameOf(options);
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: unknown) => {
        clearTimeout(timer);
        channel.off('close', onClose);
        if (returned.delete(name) && !error) {
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
    // of a lost channel, too: at most `concurrency` are worked, the others wait
    const worked = new Set<Promise<unknown>>();
    let told = '';

    async function work(channel: ConfirmChannel, message: ConsumeMessage): Promise<void> {
      const read = decodeCeleryMessage(message.content, message.properties);
      let outcome: Delivery = 'dead';
      if ('task' in read) {
        while (worked.size >= concurrency) await Promise.race(worked);
        const handling = handle(read.task).finally(() => worked.delete(handling));
        worked.add(handling);
        outcome = await handling;
      } else
        log.error(
          { reason: read.foreign ?? read.unreadable, headers: message.properties.headers },
          'a message is no task of this project: to the dead letters',
        );
      try {
        // always on the channel that delivered; when it is gone, the broker delivers again and the job's row decides
        if (outcome === 'done') channel.ack(message);
        else channel.nack(message, false, outcome === 'later');
      } catch (error) {
        log.warn({ err: error }, 'a message could not be acknowledged: its channel is gone');
      }
    }

    const own = keepSubscribed({
      queue: config.queue,
      prefetch: concurrency,
      work,
      async open() {
        const channel = await openOwnChannel(consuming);
        told = '';
        return channel;
      },
      failed(error) {
        if (!(error instanceof SettingError)) log.warn({ err: error }, 'the broker cannot be reached');
        else if (told !== error.message) log.error(error.message); // once, though it is tried again
        told = error instanceof SettingError ? error.message : '';
      },
    });
    const intake = takeFromCelery({
      openChannel: () => openChannel(consuming),
      forward: (message) => send(config.queue, forwarded(message)),
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
    publish: (task) => send(config.queue, encodeCeleryMessage(task)),
    bury: (task, reason) => send(deadLettersOf(config.queue), encodeCeleryMessage(task, { reason })),
    async waiting() {
      if (isBlocked) throw new TransientError('The broker does not answer at the moment.');
      return (await (await publisherChannel()).checkQueue(config.queue)).messageCount;
    },
    consume,
    async ping() {
      if (isBlocked) throw new TransientError('The broker takes no messages at the moment.');
      // the channel that publishes does not hear of a queue that was deleted and made again in another way
      await answersInTime(openOwnChannel(publishing).then((channel) => channel.close()));
    },
    async close() {
      await Promise.all([publishing.close(), consuming.close()]);
    },
  };
}

/** What tells a message from the others that are on their way. */
const nameOf = ({ correlationId, messageId }: { correlationId?: unknown; messageId?: unknown }): string =>
  `${correlationId} ${messageId}`;

/** A message as it is put into another queue: the same, but for what would lead it elsewhere, or make the broker refuse it. */
function forwarded({ content, properties }: Message): { content: Buffer; options: Options.Publish } {
  const { contentType, contentEncoding, correlationId, replyTo, expiration, timestamp, type, appId } = properties;
  // CC and BCC name more queues; a user id must be that of the connection
  const { CC: _cc, BCC: _bcc, ...headers } = properties.headers ?? {};
  const messageId = properties.messageId ?? randomUUID();
  const same = { contentType, contentEncoding, correlationId, replyTo, expiration, timestamp, type, appId };
  return { content, options: { ...same, messageId, headers, persistent: true } };
}
