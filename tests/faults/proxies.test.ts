import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { events, type JobView } from '../support/api.ts';
import { openBrowser, screenshot } from '../support/browser.ts';
import { holdSuccess } from '../support/embedded-data.ts';
import { graphqlApi } from '../support/graphql-api.ts';
import { restApi } from '../support/rest-api.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { documented, freePort, type ProxyName, replaced, startWebProxy } from '../support/web-proxy.ts';

const MIB = 1 << 20;
/** A table of at least so many bytes that no other test has. */
const table = (bytes: number) => {
  const row = `${Math.random()},proxied\n`;
  return `a,b\n${row.repeat(Math.ceil(bytes / row.length))}`;
};
const [nginx, naiveNginx] = documented('nginx');
const [caddy] = documented('caddy');
const [haproxy] = documented('haproxy');

/** Each as the docs have it, and with the path passed on as their sentences say. */
const CONFIGURATIONS: [ProxyName, string, string][] = [
  ['nginx', 'strips the path', nginx!],
  ['nginx', 'passes it on', replaced(nginx!, ['127.0.0.1:4000/;', '127.0.0.1:4000;'])],
  ['caddy', 'strips the path', caddy!],
  ['caddy', 'passes it on', replaced(caddy!, ['handle_path', 'handle'])],
  ['caddy', 'compresses', replaced(caddy!, ['  redir', '  encode zstd gzip\n  redir'])],
  ['haproxy', 'strips the path', haproxy!],
  ['haproxy', 'passes it on', haproxy!.replace(/^.*replace-path.*\n/m, '')],
];

/** A job over GraphQL's server-sent events. */
async function* watchByEvents(url: string, jobId: string): AsyncGenerator<JobView> {
  const query = 'subscription ($jobId: ID!) { jobProgress(jobId: $jobId) { id datasetId state progress error } }';
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables: { jobId } }),
  });
  for await (const { event, data } of events(response)) {
    if (event !== 'next') continue;
    const { jobProgress } = (JSON.parse(data) as { data: { jobProgress: JobView } }).data;
    yield { ...jobProgress, state: jobProgress.state.toLowerCase() };
  }
}

let browser: Browser;
let context: BrowserContext | undefined;
let faults: string[] = [];

/** A page whose failed requests and errors fail the test. */
async function openPage(): Promise<Page> {
  context = await browser.newContext();
  const page = await context.newPage();
  page.on('response', (response) => response.status() >= 400 && faults.push(`${response.status()} ${response.url()}`));
  page.on('requestfailed', (request) => {
    // a stream that the page itself has closed
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()}`);
  });
  page.on('pageerror', (error) => faults.push(error.message));
  return page;
}
const item = (page: Page, name: string) => page.locator('li.dataset', { hasText: name });
const choose = (page: Page, name: string, text: string) =>
  page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
afterEach(async () => {
  const seen = faults;
  faults = [];
  await context?.close(); // before what it talks to
  context = undefined;
  expect(seen).toEqual([]);
});

describe('under a path of a host, with PUBLIC_URL', () => {
  let server: TestServer;
  let port: number;
  beforeAll(async () => {
    port = await freePort();
    server = await startServer({ PUBLIC_URL: `http://127.0.0.1:${port}/reports/`, TRUST_PROXY: 'loopback' });
  });
  afterAll(() => server?.stop());

  describe.each(CONFIGURATIONS)('%s %s', (name, how, config) => {
    const proxied = async () => {
      const proxy = await startWebProxy(name, config, server.url, port);
      onTestFinished(proxy.stop);
      return `${proxy.url}/reports`;
    };

    test('files over 1 MB; WebSocket and event streams of both kinds, live', async () => {
      const url = await proxied();
      const api = restApi(url);
      for (const door of [api, graphqlApi(url)])
        await door.upload({ name: 'large', content: table(5 * MIB), filename: 'x.csv' });
      const held = await holdSuccess(server.dataDir);
      const dataset = await api.upload({ name: 'live', content: table(1), filename: 'x.csv' });
      const { id } = await api.process(dataset.id);
      const streams = [api.watch(id), graphqlApi(url).watch(id), watchByEvents(url, id)].map((stream) =>
        stream[Symbol.asyncIterator](),
      );
      // the job cannot end yet: whatever arrives now was not kept back
      for (const first of await Promise.all(streams.map((stream) => stream.next())))
        expect(['queued', 'started']).toContain(first.value.state);
      await held.letGo();
      for (const stream of streams) {
        let last: JobView | undefined;
        for (let next = await stream.next(); !next.done; next = await stream.next()) last = next.value;
        expect(last).toMatchObject({ id, state: 'success', progress: 100 });
      }
    });

    test('the page, a report with its rows, the API docs and GraphiQL, without a request that fails', async () => {
      const url = await proxied();
      const page = await openPage();
      const sockets: string[] = [];
      page.on('websocket', (socket) => sockets.push(socket.url()));
      await page.goto(url); // without the slash at the end
      await choose(page, `${name} ${how}.csv`, table(2 * MIB));
      await item(page, `${name} ${how}`).getByRole('link', { name: 'Open report' }).click();
      const report = page.frameLocator('iframe');
      await report.getByRole('link', { name: 'First 20 rows' }).click();
      await page.getByRole('gridcell', { name: 'proxied' }).first().waitFor();
      await page.goBack(); // rows are a page of their own
      await report.getByRole('heading', { name: `${name} ${how}` }).waitFor();
      await page.getByRole('link', { name: 'All datasets' }).click();
      expect(new Set(sockets)).toEqual(new Set([`${url.replace('http', 'ws')}/graphql`]));
      expect(await page.getByText('are blocked').count()).toBe(0);
      await screenshot(page, `proxy-${name}-${how.replaceAll(' ', '-')}`);

      await page.getByRole('link', { name: 'API docs' }).click();
      await page.locator('#operations-datasets-listDatasets').click();
      await page.getByRole('button', { name: 'Try it out' }).click();
      await page.getByRole('button', { name: 'Execute' }).click();
      await page.locator('.live-responses-table').getByText('200', { exact: true }).first().waitFor();
      await screenshot(page, `proxy-docs-${name}`);
      const { servers } = (await (await fetch(`${url}/openapi.json`)).json()) as { servers: unknown };
      expect(servers).toEqual([{ url: `${url}/` }]);

      await page.goto(`${url}/`);
      await page.getByRole('link', { name: 'GraphiQL' }).click();
      await page.goto(
        `${page.url()}?query=${encodeURIComponent('{ datasets(first: 1) { edges { node { name } } } }')}`,
      );
      await page.getByRole('button', { name: /Execute query/ }).click();
      await page.locator('.result-window').getByText('"edges"').waitFor();
      await screenshot(page, `proxy-graphiql-${name}`);
    });
  });
});

describe('nginx with proxy_pass alone, and a service that knows nothing of it', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.stop());
  const proxied = async (config = naiveNginx!) => {
    const port = await freePort();
    const proxy = await startWebProxy('nginx', config, server.url, port);
    onTestFinished(proxy.stop);
    return { url: proxy.url, port, proxy };
  };

  test('events come live, since they say that they are not to be kept back', async () => {
    const { url } = await proxied();
    const held = await holdSuccess(server.dataDir);
    const api = restApi(url);
    const dataset = await api.upload({ name: 'live', content: table(1), filename: 'x.csv' });
    const { id } = await api.process(dataset.id);
    const streams = [api.watch(id), watchByEvents(url, id)].map((stream) => stream[Symbol.asyncIterator]());
    for (const first of await Promise.all(streams.map((stream) => stream.next())))
      expect(['queued', 'started']).toContain(first.value.state);
    await held.letGo();
    await Promise.all(streams.map((stream) => stream.return?.(undefined)));
  });

  test('without WebSocket the page uses events and shows a note; what nginx refuses is reported as such', async () => {
    const { url } = await proxied();
    const page = await openPage();
    await page.goto(url);
    await page.getByText('progress arrives as server-sent events').waitFor();
    const held = await holdSuccess(server.dataDir);
    const stream = page.waitForRequest((request) => request.resourceType() === 'eventsource');
    await choose(page, 'by-events.csv', table(1));
    await stream;
    await item(page, 'by-events').getByText(/%/).waitFor();
    expect(await page.getByText('The connection is lost').count()).toBe(0);
    expect(await page.getByRole('alert').count()).toBe(0);
    await screenshot(page, 'proxy-events');
    await held.letGo();
    await item(page, 'by-events').getByRole('link', { name: 'Open report' }).waitFor();

    await choose(page, 'large.csv', table(20 * MIB));
    await item(page, 'large.csv').getByText('A proxy in front of this service refuses files of this size').waitFor();
    await screenshot(page, 'proxy-413');
    expect(faults.splice(0)).toEqual([`413 ${url}/datasets`]);
  });

  test('GraphiQL has subscriptions without WebSocket', async () => {
    const { url } = await proxied();
    const api = restApi(url);
    const dataset = await api.upload({ name: 'graphiql', content: table(1), filename: 'x.csv' });
    const { id } = await api.process(dataset.id);
    const page = await openPage();
    const query = `subscription { jobProgress(jobId: "${id}") { state progress } }`;
    await page.goto(`${url}/graphql?query=${encodeURIComponent(query)}`);
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.locator('.result-window').getByText('"SUCCESS"').waitFor();
  });

  test('where streams are kept back as well, the page asks', async () => {
    const kept = replaced(naiveNginx!, ['location / {', 'location / {\n    proxy_ignore_headers X-Accel-Buffering;']);
    const { url } = await proxied(kept);
    const page = await openPage();
    await page.goto(url);
    const held = await holdSuccess(server.dataDir);
    await choose(page, 'by-asking.csv', table(1));
    await page.getByText('it asks for progress every few seconds').waitFor();
    await item(page, 'by-asking').getByText(/%/).waitFor();
    await screenshot(page, 'proxy-asking');
    await held.letGo();
    await item(page, 'by-asking').getByRole('link', { name: 'Open report' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('a service that is gone is shown with the answer of nginx; WebSocket is used again when it works', async () => {
    const { url, port, proxy } = await proxied();
    const page = await openPage();
    await page.goto(url);
    const note = page.getByText('progress arrives as server-sent events');
    await note.waitFor();
    await server.restart({ PORT: new URL(server.url).port }, async () => {
      await choose(page, 'gone.csv', table(1));
      await item(page, 'gone.csv').getByText('gets no answer from it (502)').waitFor();
      await page
        .locator('.offline')
        .getByText('A proxy in front of this service gets no answer from it (502)')
        .waitFor();
      await screenshot(page, 'proxy-502');
    });
    await item(page, 'gone.csv').getByRole('button', { name: 'Try again' }).click();
    await item(page, 'gone').getByRole('link', { name: 'Open report' }).waitFor();
    await page.locator('.offline').waitFor({ state: 'detached' });
    faults = faults.filter((fault) => !/^502 |WebSocket|EventSource/.test(fault));
    await note.waitFor();

    await proxy.stop();
    const atTheRoot = replaced(nginx!, ['/reports/', '/']);
    const better = await startWebProxy('nginx', atTheRoot, server.url, port);
    onTestFinished(better.stop);
    await note.waitFor({ state: 'detached', timeout: 60_000 }); // tried again every half minute
    await page.locator('.offline').waitFor({ state: 'detached' });
    faults = faults.filter((fault) => !fault.startsWith('failed: '));
  }, 120_000);
});
