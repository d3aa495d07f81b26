import { expect, test } from 'vitest';
import { SettingError } from '../../../src/core/errors.ts';
import { readinessProblems } from '../../../src/services/readiness.ts';

const well = async () => {};
const database = { $queryRaw: (async () => [{ n: 1 }]) as never };

test('all is well', async () => {
  expect(await readinessProblems({ database, storage: { ping: well }, queue: { ping: well } })).toEqual([]);
});

test('each service that does not answer has its sentence', async () => {
  const away = async () => {
    throw new Error('connect ECONNREFUSED 10.1.2.3:5672');
  };
  const found = await readinessProblems({
    database: { $queryRaw: away as never },
    storage: { ping: away },
    queue: { ping: away },
  });
  expect(found).toEqual([
    expect.stringMatching(/database does not answer/),
    expect.stringMatching(/object store does not answer/),
    expect.stringMatching(/^Jobs cannot be handed over.* broker does not answer/),
  ]);
  expect(found.join()).not.toMatch(/10\.1\.2\.3/);
});

test('a broker that refuses its settings: the sentence has their names, not their values', async () => {
  const refuse = async () => {
    throw new SettingError('RabbitMQ at 10.1.2.3 refuses RABBITMQ_USER="secret"', [
      'RABBITMQ_USER',
      'RABBITMQ_PASSWORD',
    ]);
  };
  const [sentence, ...more] = await readinessProblems({ database, storage: { ping: well }, queue: { ping: refuse } });
  expect(more).toEqual([]);
  expect(sentence).toMatch(/^Jobs cannot be handed over.* refuses this service \(RABBITMQ_USER, RABBITMQ_PASSWORD\)/);
  expect(sentence).not.toMatch(/secret|10\.1/);
});
