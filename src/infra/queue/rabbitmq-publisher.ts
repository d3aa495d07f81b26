import type { ChannelModel, ConfirmChannel, Options } from 'amqplib';
import type { RabbitmqConfig } from '../../core/config.ts';
import { TransientError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import { within } from '../../core/time-limit.ts';
import { RabbitmqConnection } from './rabbitmq-connection.ts';

const CONFIRM_MILLISECONDS = 10_000;
const ANSWER_MILLISECONDS = 8_000;

/** A message as it is published. */
export interface Outgoing {
  content: Buffer;
  options: Options.Publish;
}

/** Publishes messages, each confirmed by the broker, over one channel that is opened when it is needed. */
export class RabbitmqPublisher {
  readonly #connection: RabbitmqConnection;
  readonly #queue: string;
  readonly #log: Logger;
  #channel: Promise<ConfirmChannel> | undefined;
  /** The broker is short of memory or disk, and reads nothing from those that publish. */
  #isBlocked = false;
  /** Messages that no queue took, until their confirm a moment later. */
  readonly #returned = new Set<string>();

  constructor(config: RabbitmqConfig, log: Logger) {
    this.#queue = config.queue;
    this.#log = log;
    this.#connection = new RabbitmqConnection(config, 'dataset-reports publisher', log, (model) => this.#watch(model));
  }

  /** Puts a message into a queue, durably. @throws TransientError when the broker does not take it in time */
  async send(queue: string, { content, options }: Outgoing): Promise<void> {
    this.#refuseWhileBlocked();
    const channel = await this.#openChannel();
    const key = keyOf(options);
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: unknown) => {
        clearTimeout(timer);
        channel.off('close', onClose);
        if (this.#returned.delete(key) && !error) {
          void channel.close().catch(() => {}); // the queue is gone: the next channel declares it again
          reject(new TransientError('There is no queue for the message.'));
        } else if (error) reject(new TransientError('The broker did not take the message.', { cause: error }));
        else resolve();
      };
      const timer = setTimeout(() => settle(new Error('no confirm in time')), CONFIRM_MILLISECONDS);
      const onClose = () => settle(new Error('channel closed'));
      channel.once('close', onClose);
      try {
        // mandatory: without it the broker confirms a message that no queue takes
        channel.publish('', queue, content, { ...options, mandatory: true }, (error) => settle(error ?? undefined));
      } catch (error) {
        settle(error);
      }
    });
  }

  /** How many messages wait in our own queue. @throws when the broker does not answer */
  async waiting(): Promise<number> {
    this.#refuseWhileBlocked();
    return (await (await this.#openChannel()).checkQueue(this.#queue)).messageCount;
  }

  /** @throws SettingError for what the broker refuses, else when it takes no messages or does not answer in time */
  async ping(): Promise<void> {
    this.#refuseWhileBlocked();
    // a channel of its own: the one that publishes is not notified of a queue that was deleted and made again in
    // another way
    const declared = this.#connection.openOwnChannel().then((channel) => channel.close());
    // a broker without a majority of its nodes takes connections and then is silent
    await within(ANSWER_MILLISECONDS, declared, () => {
      throw new TransientError('The broker gave no answer in time.');
    });
  }

  /** Closes the connection. */
  close(): Promise<void> {
    return this.#connection.close();
  }

  #watch(model: ChannelModel): void {
    this.#isBlocked = false;
    model.on('blocked', (reason) => {
      this.#isBlocked = true;
      this.#log.warn({ reason }, 'the broker takes no messages at the moment');
    });
    model.on('unblocked', () => {
      this.#isBlocked = false;
    });
  }

  #refuseWhileBlocked(): void {
    if (this.#isBlocked) throw new TransientError('The broker takes no messages at the moment.');
  }

  #openChannel(): Promise<ConfirmChannel> {
    if (!this.#channel) {
      this.#channel = this.#connection.openOwnChannel().then((channel) => {
        channel.setMaxListeners(0); // each message under way has a listener
        channel.on('return', ({ properties }) => this.#returned.add(keyOf(properties)));
        channel.once('close', () => {
          this.#channel = undefined;
        });
        return channel;
      });
      this.#channel.catch(() => {
        this.#channel = undefined;
      });
    }
    return this.#channel;
  }
}

/** What distinguishes a message from the others under way. */
const keyOf = ({ correlationId, messageId }: { correlationId?: unknown; messageId?: unknown }): string =>
  `${correlationId} ${messageId}`;
