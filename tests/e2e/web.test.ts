import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
const get = (path: string, encoding: string) =>
  fetch(new URL(path, server.url), { headers: { 'accept-encoding': encoding } });

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

test('the application loads at most 100 kB compressed, under a policy without anything inline', async () => {
  const page = await get('/', 'gzip');
  const policy = page.headers.get('content-security-policy')!;
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(policy).not.toContain('unsafe');
  const text = await page.text();
  const assets = [...text.matchAll(/(?:src|href)="(\.\/assets\/[^"]+)"/g)].map(([, path]) => path!);
  expect(assets.length).toBeGreaterThan(1);
  let bytes = gzipSync(text).length;
  for (const path of assets) {
    const asset = await get(path, 'gzip');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    bytes += Number(asset.headers.get('content-length'));
  }
  expect(bytes).toBeLessThanOrEqual(100_000);
});

test('compressed for those who take it', async () => {
  for (const [accepts, encoding] of [
    ['br, gzip', 'gzip'],
    ['gzip;q=0.5', 'gzip'],
    ['gzip;q=0', null],
    ['identity', null],
  ] as const) {
    const page = await get('/', accepts);
    expect(page.headers.get('content-encoding')).toBe(encoding);
    expect(await page.text()).toMatch(/^<!doctype html>/);
  }
});
