import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { axeViolations, findChromium, openBrowser, screenshot } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';

if (!findChromium()) {
  const sentence =
    'The browser tests need a Chromium: install one (Debian: apt-get install chromium) or name it in CHROMIUM.';
  if (process.env.CI) throw new Error(sentence);
  console.warn(sentence);
}

let server: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let elsewhere: string[];
let faults: string[];

async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  context = await browser.newContext(options);
  page = await context.newPage();
  elsewhere = [];
  faults = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url())) elsewhere.push(request.url());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('dialog', (dialog) => {
    faults.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) faults.push(message.text());
  });
  await page.goto(server.url);
}
const choose = (name: string, text: string, mimeType = 'text/csv') =>
  page.setInputFiles('input[type=file]', { name, mimeType, buffer: Buffer.from(text) });
const item = (name: string) => page.locator('li.dataset', { hasText: name });

describeWithBrowser();
function describeWithBrowser(): void {
  if (!findChromium()) {
    test('no Chromium on this machine', () => expect(process.env.CI).toBeFalsy());
    return;
  }
  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  beforeEach(() => open());
  afterEach(async () => {
    expect(elsewhere).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });

  test('empty state, an example at a click, its report', async () => {
    await page.getByRole('heading', { name: 'Nothing here yet: try an example' }).waitFor();
    await screenshot(page, 'empty');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Orders' }).click();
    await item('orders').getByRole('button', { name: 'Open report' }).click();
    const report = page.frameLocator('iframe');
    await report.getByRole('heading', { name: 'orders' }).waitFor();
    await report.getByText('duplicates', { exact: true }).first().waitFor();
    await screenshot(page, 'report-inside');
    await page.goto(new URL(`${page.url().replace('/#', '/datasets/')}/report.html`).href);
    await screenshot(page, 'report');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel('Search').fill('amount');
    await page.getByText(/^1 of \d+$/).waitFor();
    await page.locator('a[href^="rows?rows="]').first().click();
    await page
      .getByRole('heading', { name: /^Row \d+/ })
      .first()
      .waitFor();
    await screenshot(page, 'rows');
    expect(await axeViolations(page)).toEqual([]);
  });

  test('a file that is no table shows its sentence and its place', async () => {
    await choose('bad.csv', 'a,b\n1,"never closed\n');
    await item('bad').getByText('A quote is opened and never closed (row 1, line 2, byte 6)').waitFor();
    await screenshot(page, 'failed');
    expect(await axeViolations(page)).toEqual([]);
  });

  test('a file of another type is refused with a sentence', async () => {
    await page.setInputFiles('input[type=file]', { name: 'x.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await item('x.txt').getByRole('alert').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await item('x.txt').waitFor({ state: 'detached' });
  });

  test('cancel, process again, delete', async () => {
    // 200 MB: what is smaller is done before the button can be clicked; a file, as a buffer may hold 50 MB at most
    let text = '';
    for (let i = 0; i < 500_000; i++) text += `{"a":${i},"b":${i % 977}.5,"c":"word ${i % 31}"}\n`;
    const folder = await mkdtemp(join(tmpdir(), 'dataset-reports-test-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'long.ndjson');
    await writeFile(
      file,
      Array.from({ length: 12 }, () => text),
    );
    await page.setInputFiles('input[type=file]', file);
    await item('long').getByRole('button', { name: 'Cancel' }).click();
    await item('long').getByText('The last run was cancelled.').waitFor();
    await screenshot(page, 'cancelled');
    await item('long').getByRole('button', { name: 'Process again' }).click();
    await item('long').getByRole('progressbar').waitFor();
    await screenshot(page, 'running');
    await item('long').getByRole('button', { name: 'Open report' }).waitFor();
    await item('long').getByRole('button', { name: 'Delete' }).click();
    await screenshot(page, 'delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await item('long').waitFor({ state: 'detached' });
  });

  test('a lost connection is said and heals', async () => {
    await page.getByRole('heading', { name: 'Datasets', exact: true }).waitFor();
    const { port } = new URL(server.url);
    await server.restart({ PORT: port }, () => page.getByText('The connection is lost.').waitFor());
    await page.getByText('The connection is lost.').waitFor({ state: 'detached' });
    await choose('after.csv', 'a\n1\n2\n');
    await item('after').getByRole('button', { name: 'Open report' }).waitFor();
  });

  test('hostile names, headers and cells are text', async () => {
    const script = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    await choose(`${script.replaceAll('/', '')}.csv`, `"${script}",b\n"${script}",1\n"${script}",2\n`);
    const open = item('onerror').getByRole('button', { name: 'Open report' });
    await screenshot(page, 'hostile');
    await open.click();
    await page.frameLocator('iframe').getByText(script).first().waitFor();
    await screenshot(page, 'hostile-report');
  });

  test('search and filter', async () => {
    await page.getByLabel('Search').fill('BAD');
    await item('orders').waitFor({ state: 'detached' });
    await item('bad').waitFor();
    await page.getByLabel('Search').fill('');
    await page.getByLabel('Status').selectOption('DONE');
    await item('orders').waitFor();
    await item('bad').waitFor({ state: 'detached' });
  });

  test('phone width, dark: nothing is wider than the screen', async () => {
    await context.close();
    await open({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    await item('orders').waitFor();
    const wider = () => page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(await wider()).toBeLessThanOrEqual(0);
    await screenshot(page, 'phone');
    expect(await axeViolations(page)).toEqual([]);
    await item('orders').getByRole('button', { name: 'Open report' }).click();
    await page.waitForURL(/#/);
    await page.goto(`${page.url().replace('/#', '/datasets/')}/report.html`);
    expect(await wider()).toBeLessThanOrEqual(0);
    await screenshot(page, 'phone-report');
    expect(await axeViolations(page)).toEqual([]);
  });
}
