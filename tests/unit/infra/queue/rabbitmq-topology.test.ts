import type { ConfirmChannel } from 'amqplib';
import { expect, test } from 'vitest';
import { SettingError } from '../../../../src/core/errors.ts';
import { declareOwnQueue, openCeleryQueue } from '../../../../src/infra/queue/rabbitmq-topology.ts';

/** As amqplib tells of a call that the broker refuses. */
const refusal = (code: number, text: string) =>
  Object.assign(new Error(`Operation failed: QueueDeclare; ${code} (X) with message "${text}"`), { code });

/** A channel that answers each call with success, but for those that are named. */
function channelOf(failing: Record<string, Error> = {}) {
  const calls: string[] = [];
  const channel = new Proxy({} as ConfirmChannel, {
    get: (_, name: string) =>
      name === 'then'
        ? undefined
        : async (...args: unknown[]) => {
            calls.push(`${name} ${args[0]}`);
            if (failing[name]) throw failing[name];
          },
  });
  return { channel, calls };
}

test.each([
  [403, /Give RABBITMQ_USER the right to declare it, or set RABBITMQ_QUEUE to another name\. The broker's reason: no$/],
  [405, /delete it once it is empty, or set RABBITMQ_QUEUE to another name\. The broker's reason: no$/],
  [406, /delete it once it is empty, or set RABBITMQ_QUEUE to another name\. The broker's reason: no$/],
])('a broker that refuses our queue with %i: a sentence that names the setting', async (code, sentence) => {
  for (const call of ['assertExchange', 'assertQueue', 'bindQueue']) {
    const declaring = declareOwnQueue(channelOf({ [call]: refusal(code, 'no') }).channel, 'jobs');
    await expect(declaring).rejects.toBeInstanceOf(SettingError);
    await expect(declaring).rejects.toThrow(sentence);
    await expect(declaring).rejects.toThrow(/"jobs" \(RABBITMQ_QUEUE\) with its dead letters "jobs\.dead"/);
  }
});

test('a connection that is lost meanwhile is no refusal', async () => {
  const lost = new Error('Channel ended, no reply will be forthcoming');
  await expect(declareOwnQueue(channelOf({ bindQueue: lost }).channel, 'jobs')).rejects.toBe(lost);
  await expect(openCeleryQueue(async () => channelOf({ assertQueue: lost }).channel)).rejects.toBe(lost);
});

test.each([
  ['there with other arguments', 406, false],
  ['not to be declared', 403, true],
])('a queue celery that is %s is taken as it is, on a new channel', async (_, code, isStock) => {
  const [first, second] = [channelOf({ assertQueue: refusal(code, 'no') }), channelOf()];
  const channels = [first.channel, second.channel];
  const opened = await openCeleryQueue(async () => channels.shift()!);
  expect([opened.channel === second.channel, opened.isStock]).toEqual([true, isStock]);
  expect([first.calls, second.calls]).toEqual([['assertQueue celery'], ['checkQueue celery']]);
});
