import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { axeViolations, screenshot } from '../support/browser.ts';
import { browserTests, processed } from '../support/browser-session.ts';
import { troubledCsv } from '../support/troubled-csv.ts';

browserTests((session) => {
  let address: string;
  beforeAll(async () => {
    address = `${session.server.url}/datasets/${await processed(session.server, 'troubled.csv', troubledCsv())}`;
  });
  const wider = () => session.page.evaluate('document.documentElement.scrollWidth - innerWidth');
  const cards = () => session.page.locator('.card:visible');

  test('alerts, charts and columns; search, filter and sort', async () => {
    const { page } = session;
    await page.goto(`${address}/report.html`);
    await screenshot(page, 'report');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByText('1 row repeats an earlier one').waitFor();
    expect(await cards().count()).toBe(7);
    await page.getByLabel('Search').fill('AMO');
    await page.getByText('1 of 7').waitFor();
    // a link to a column that the search has hidden shows it
    await page.getByRole('link', { name: 'note' }).first().click();
    await page.locator('#c6:target').waitFor();
    expect(await cards().count()).toBe(7);
    await page.getByLabel('Type').selectOption('text');
    await page.getByText('3 of 7').waitFor();
    await page.getByLabel('Type').selectOption('');
    await page.getByLabel('with alerts only').check();
    expect(await cards().count()).toBeLessThan(7);
    await page.getByLabel('Sort by').selectOption('nulls');
    expect(await cards().first().getByRole('heading').first().innerText()).toBe('nothing');
  });

  test('one line per column; a column that a link leads to is shown whole', async () => {
    const { page } = session;
    await page.goto(`${address}/report.html`);
    await page.getByLabel('one line per column').check();
    expect(await page.locator('dl:visible').count()).toBe(0);
    await screenshot(page, 'report-lines');
    expect(await axeViolations(page)).toEqual([]);
    await page.locator('#c3').getByRole('link', { name: 'amount' }).click();
    expect(await page.locator('dl:visible').count()).toBe(1);
  });

  test('from an outlier to its row, its value marked, on to the rows around it, and back', async () => {
    const { page } = session;
    await page.goto(`${address}/report.html`);
    await page.locator('#c3 .outliers a').first().click();
    const marked = page.locator('[role=gridcell].marked-cell');
    await marked.waitFor();
    expect(await marked.innerText()).toBe('9999');
    await screenshot(page, 'rows');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Rows around it' }).click();
    await page.getByRole('gridcell', { name: '99', exact: true }).waitFor();
    expect(await marked.innerText()).toBe('9999');
    await screenshot(page, 'rows-around');
    await page.getByRole('link', { name: 'Report' }).click();
    await page.locator('#c3:target').waitFor();
  });

  test('phone width, dark', async () => {
    await session.open({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    await session.page.goto(`${address}/report.html`);
    expect(await wider()).toBeLessThanOrEqual(0);
    await screenshot(session.page, 'phone-report');
    expect(await axeViolations(session.page)).toEqual([]);
    await session.page.goto(`${address}/rows?rows=100,1-2`);
    await session.page.getByRole('gridcell', { name: '9999' }).waitFor();
    expect(await wider()).toBeLessThanOrEqual(0);
    await screenshot(session.page, 'phone-rows');
    expect(await axeViolations(session.page)).toEqual([]);
  });

  test('on paper: light whatever the screen is, without controls, every alert open', async () => {
    await session.open({ colorScheme: 'dark', viewport: { width: 720, height: 1000 } });
    const { page } = session;
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.goto(`${address}/report.html`);
    await screenshot(page, 'print');
    expect(await page.locator('#tools').isVisible()).toBe(false);
    const colours = await page.evaluate(
      '[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]',
    );
    expect(colours).toEqual(['rgb(28, 36, 48)', 'rgb(255, 255, 255)']);
  });

  test('without scripts everything is there but the controls', async () => {
    await session.open({ javaScriptEnabled: false });
    await session.page.goto(`${address}/report.html`);
    expect(await cards().count()).toBe(7);
    expect(await session.page.locator('#tools').isVisible()).toBe(false);
  });

  test('as a file on disk: nothing is asked of anywhere, and links that need a server are text', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dataset-reports-test-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'report.html');
    await writeFile(file, await (await fetch(`${address}/report.html`)).text());
    await session.page.goto(pathToFileURL(file).href);
    await session.page.getByText('row 100 (9,999)').waitFor();
    expect(await session.page.locator('a[href^="rows"]').count()).toBe(0);
    expect(await session.page.locator('#tools').isVisible()).toBe(true);
  });
});
