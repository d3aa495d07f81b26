import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { Consumer } from './queue.ts';

const RECONNECT_MILLISECONDS = [200, 500, 1_000, 2_000, 5_000];

/** How messages of a queue are taken and worked. */
export interface Subscription {
  queue: string;
  /** Messages that the broker delivers before the first of them is acknowledged. */
  prefetch: number;
  /** Opens a channel on which the queue is declared. */
  open(): Promise<ConfirmChannel>;
  /** Works a message and acknowledges it on the channel that delivered it. Never rejects. */
  work(channel: ConfirmChannel, message: ConsumeMessage): Promise<void>;
  /** Called with the reason when the queue could not be consumed, which is tried again. */
  failed(error: unknown): void;
}

/**
 * Consumes a queue until it is stopped; begins again when the channel or the connection is lost, or the queue was
 * deleted.
 */
export function keepSubscribed({ queue, prefetch, open, work, failed }: Subscription): Consumer {
  let stopping = false;
  let current: { channel: ConfirmChannel; tag: string } | undefined;
  // work on messages of a lost channel goes on, while the next channel delivers
  const underWay = new Set<Promise<void>>();
  const wake = Promise.withResolvers<void>();

  async function subscribe(): Promise<{ lost: Promise<void> }> {
    const channel = await open();
    const lost = new Promise<void>((resolve) => {
      channel.once('close', () => {
        current = undefined;
        resolve();
      });
    });
    await channel.prefetch(prefetch);
    const { consumerTag } = await channel.consume(queue, (message) => {
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
    while (!stopping) {
      try {
        const { lost } = await subscribe();
        failures = 0;
        await Promise.race([lost, wake.promise]);
      } catch (error) {
        failed(error);
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
      // the broker's answer to the close shows that it has the acknowledgements, which were sent before
      await current?.channel.close().catch(() => {});
    },
  };
}
