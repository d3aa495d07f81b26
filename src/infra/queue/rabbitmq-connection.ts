import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import type { RabbitmqConfig } from '../../core/config.ts';
import type { Logger } from '../../core/log.ts';
import { rabbitmqRefusal } from './rabbitmq-refusals.ts';
import { declareOwnQueue } from './rabbitmq-topology.ts';

/**
 * After two heartbeats without an answer the connection counts as lost: a half-open one is noticed within some ten
 * seconds.
 */
const HEARTBEAT_SECONDS = 5;
const CONNECT_MILLISECONDS = 5_000;

/** A connection to the broker that is made when it is needed, and made again when it was lost. */
export class RabbitmqConnection {
  readonly #config: RabbitmqConfig;
  /** As the broker's own lists show it. */
  readonly #name: string;
  readonly #log: Logger;
  readonly #prepare: (model: ChannelModel) => void;
  #opened: Promise<ChannelModel> | undefined;

  /** @param prepare is called with each new connection */
  constructor(config: RabbitmqConfig, name: string, log: Logger, prepare: (model: ChannelModel) => void = () => {}) {
    this.#config = config;
    this.#name = name;
    this.#log = log;
    this.#prepare = prepare;
  }

  /** A channel without any queue declared on it. @throws SettingError for what the broker refuses */
  async openChannel(): Promise<ConfirmChannel> {
    const channel = await (await this.#open()).createConfirmChannel();
    channel.on('error', (error) => this.#log.debug({ err: error }, 'the broker closed a channel'));
    return channel;
  }

  /** A channel on which our own queue is declared. @throws SettingError for what the broker refuses */
  async openOwnChannel(): Promise<ConfirmChannel> {
    const channel = await this.openChannel();
    await declareOwnQueue(channel, this.#config.queue);
    channel.on('error', (error) => this.#log.warn({ err: error }, 'the broker closed a channel'));
    return channel;
  }

  /** Closes the connection, when there is one; a later call opens it again. */
  async close(): Promise<void> {
    const model = await this.#opened?.catch(() => undefined);
    await model?.close().catch(() => {});
  }

  #open(): Promise<ChannelModel> {
    if (!this.#opened) {
      this.#opened = this.#connect();
      this.#opened.catch(() => {
        this.#opened = undefined;
      });
    }
    return this.#opened;
  }

  async #connect(): Promise<ChannelModel> {
    const { host: hostname, port, user: username, password, vhost } = this.#config;
    const model = await connect(
      { protocol: 'amqp', hostname, port, username, password, vhost, heartbeat: HEARTBEAT_SECONDS },
      { timeout: CONNECT_MILLISECONDS, clientProperties: { connection_name: this.#name } },
    ).catch((error) => {
      throw rabbitmqRefusal(this.#config, error) ?? error;
    });
    model.on('error', (error) => this.#log.warn({ err: error }, 'the connection to the broker broke'));
    model.once('close', () => {
      this.#opened = undefined;
    });
    this.#prepare(model);
    return model;
  }
}
