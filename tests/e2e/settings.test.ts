import { afterAll, expect, test } from 'vitest';
import { answer, s3Refusal, standIns } from '../support/stand-in.ts';
import { outcomeOf } from '../support/start-outcome.ts';

const servers = standIns();
afterAll(() => servers.close());

test.each([
  ['a wrong secret', 'S3', () => servers.http(s3Refusal(403, 'SignatureDoesNotMatch')), /refuses S3_SECRET_KEY/],
  ['no S3 server', 'S3', () => servers.http(answer(200, 'text/html', '<title>Welcome</title>')), /is not an S3 server/],
  ['no broker', 'RABBITMQ', () => servers.banner('SSH-2.0-Example\r\n'), /is not a RabbitMQ .*RABBITMQ_PORT/],
] as const)('npm start, %s: it ends with one sentence', async (_name, service, open, says) => {
  const { code, output, sentence } = await outcomeOf('src/main.ts', {
    POSTGRES_HOST: '',
    RABBITMQ_HOST: '',
    S3_HOST: '',
    [`${service}_HOST`]: '127.0.0.1',
    [`${service}_PORT`]: await open(),
  });
  expect([code, output]).toEqual([1, '']);
  expect(sentence).toMatch(says);
  expect(sentence.split('\n')).toHaveLength(1);
});
