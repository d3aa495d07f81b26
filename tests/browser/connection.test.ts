import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeViolations, screenshot } from '../support/browser.ts';
import { browserTests } from '../support/browser-session.ts';
import { holdSuccess } from '../support/embedded-data.ts';

const choose = (page: Page, ...names: string[]) =>
  page.setInputFiles(
    'input[type=file]',
    names.map((name) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(`a\n${name}${Math.random()}\n`) })),
  );
const item = (page: Page, name: string) => page.locator('li.dataset', { hasText: name });
const report = (page: Page, name: string) => item(page, name).getByRole('link', { name: 'Open report' });
const byEvents = (page: Page) => page.getByText('progress arrives as server-sent events');

/** A proxy that blocks WebSockets until it is switched. */
async function withoutSockets(page: Page) {
  const state = { through: false };
  await page.routeWebSocket('**/graphql', (socket) => {
    if (state.through) socket.connectToServer();
    else void socket.close();
  });
  await page.reload();
  return state;
}

browserTests(
  (session) => {
    test('without WebSocket the page takes events, quietly, and WebSocket again when it gets through', async () => {
      const { page, server } = session;
      const sockets = await withoutSockets(page);
      await byEvents(page).waitFor();
      const held = await holdSuccess(server.dataDir);
      const stream = page.waitForRequest((request) => request.resourceType() === 'eventsource');
      await choose(page, 'streamed.csv');
      await stream;
      await item(page, 'streamed').getByText(/%/).waitFor();
      expect(await page.getByText('The connection is lost').count()).toBe(0);
      expect(await page.getByRole('alert').count()).toBe(0);
      await screenshot(page, 'by-events');
      expect(await axeViolations(page)).toEqual([]);
      await held.letGo();
      await report(page, 'streamed').waitFor();

      sockets.through = true;
      await page.evaluate("dispatchEvent(new Event('online'))"); // else within half a minute
      await byEvents(page).waitFor({ state: 'detached' });
      await choose(page, 'socketed.csv');
      await report(page, 'socketed').waitFor();
    });

    test('of many jobs two are streamed at a time: what asks and uploads has connections left', async () => {
      const { page, server } = session;
      await withoutSockets(page);
      await byEvents(page).waitFor();
      let open = 0;
      let most = 0;
      page.on('request', (request) => {
        if (request.resourceType() !== 'eventsource') return;
        open++;
        most = Math.max(most, open);
      });
      for (const ended of ['requestfinished', 'requestfailed'] as const)
        page.on(ended as 'requestfinished', (request) => {
          if (request.resourceType() === 'eventsource') open--;
        });
      const names = Array.from({ length: 8 }, (_, i) => `one-of-many-${i}`);
      const held = await holdSuccess(server.dataDir);
      await choose(page, ...names.map((name) => `${name}.csv`));
      for (const name of names) await item(page, name).getByRole('button', { name: 'Cancel' }).waitFor();
      await held.letGo();
      for (const name of names) await report(page, name).waitFor();
      expect(most).toBeGreaterThan(0);
      expect(most).toBeLessThanOrEqual(2);
    });

    test('where events are kept back as well, the page asks', async () => {
      const { page, server } = session;
      await page.route('**/graphql?query=*', () => {}); // never answered
      await withoutSockets(page);
      await byEvents(page).waitFor();
      const held = await holdSuccess(server.dataDir);
      await choose(page, 'asked.csv');
      await page.getByText('it asks for progress every few seconds').waitFor();
      await item(page, 'asked').getByText(/%/).waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      await screenshot(page, 'by-asking');
      await held.letGo();
      await report(page, 'asked').waitFor();
    });

    test.each([
      [413, 'A proxy in front of this service refuses files of this size'],
      [502, 'A proxy in front of this service gets no answer from it (502)'],
      [504, 'A proxy in front of this service gave up waiting for its answer (504)'],
    ])('a %i that is not of the service is explained, and can be tried again', async (status, sentence) => {
      const { page } = session;
      const name = `answered-${status}`;
      await page.route('**/datasets', (route) =>
        route.fulfill({ status, contentType: 'text/html', body: '<html><h1>Sorry</h1></html>' }),
      );
      await choose(page, `${name}.csv`);
      await item(page, name).getByText(sentence).waitFor();
      await page.unroute('**/datasets');
      await item(page, name).getByRole('button', { name: 'Try again' }).click();
      await report(page, name).waitFor();
    });

    test('a proxy that gets no answer is reported on the whole page, until it gets one', async () => {
      const { page } = session;
      await withoutSockets(page);
      await byEvents(page).waitFor();
      await page.route('**/graphql', (route) =>
        route.fulfill({ status: 502, contentType: 'text/html', body: 'Sorry' }),
      );
      const offline = page.locator('.offline', { hasText: 'gets no answer from it (502)' });
      await offline.waitFor();
      await screenshot(page, 'proxy-gone');
      await page.unroute('**/graphql');
      await offline.waitFor({ state: 'detached' });
    });

    test('under a path everything is below that path', async () => {
      const { page, server } = session;
      await page.goto('about:blank'); // what the page at the root still asks does not count
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('websocket', (socket) => asked.push(socket.url().replace('ws:', 'http:')));
      await page.goto(`${server.url}/reports`);
      await choose(page, 'below.csv');
      await report(page, 'below').click();
      await page.frameLocator('iframe').getByRole('heading', { name: 'below' }).waitFor();
      const links = await page.evaluate<string[]>(
        "[...document.querySelectorAll('.viewer nav a[href^=datasets]')].map(({ href }) => href)",
      );
      expect(links.length).toBeGreaterThan(4);
      for (const link of links) expect((await fetch(link)).status, link).toBe(200);
      await page.getByRole('link', { name: 'All datasets' }).click();
      await page.getByRole('link', { name: 'API docs' }).click();
      await page.getByText('List datasets, newest first').waitFor();
      await screenshot(page, 'docs-below');
      await page.goBack();
      await page.getByRole('link', { name: 'GraphiQL' }).click();
      await page.getByRole('button', { name: /Execute query/ }).waitFor();
      const elsewhere = asked.filter((url) => /^http/.test(url) && !url.startsWith(`${server.url}/reports`));
      expect(elsewhere).toEqual([]);
      expect(asked).toContain(`${server.url}/reports/graphql`);
    });
  },
  { PUBLIC_URL: 'https://example.org/reports/' },
);
