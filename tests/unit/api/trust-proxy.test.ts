import { expect, test } from 'vitest';
import { createServer } from '../../../src/api/server.ts';
import type { Services } from '../../../src/api/services.ts';
import { readConfig } from '../../../src/core/config.ts';

const FORWARDED = {
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-host': 'example.org',
  'x-forwarded-proto': 'https',
  host: 'inside:4000',
};

/** What a request from an address is taken for. */
async function seen(trusted: string, remoteAddress: string) {
  const config = readConfig({ TRUST_PROXY: trusted, ALLOWED_HOSTS: 'inside' });
  const app = await createServer({ config, log: { warn() {}, error() {} } } as unknown as Services);
  app.get('/seen', async ({ ip, host, protocol }) => ({ ip, host, protocol }));
  return (await app.inject({ url: '/seen', headers: FORWARDED, remoteAddress })).json();
}
const asItCame = (ip: string) => ({ ip, host: 'inside:4000', protocol: 'http' });
const asForwarded = { ip: '203.0.113.9', host: 'example.org', protocol: 'https' };

test('only the named proxies are trusted', async () => {
  expect(await seen('', '127.0.0.1')).toEqual(asItCame('127.0.0.1'));
  expect(await seen('loopback', '127.0.0.1')).toEqual(asForwarded);
  expect(await seen('loopback', '10.0.0.5')).toEqual(asItCame('10.0.0.5'));
  expect(await seen('loopback, 10.0.0.0/8', '10.0.0.5')).toEqual(asForwarded);
  expect(await seen('10.0.0.6', '10.0.0.5')).toEqual(asItCame('10.0.0.5'));
});
