import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { axeViolations, screenshot } from '../support/browser.ts';
import { browserTests, processed } from '../support/browser-session.ts';
import { filtered, rowsWhere } from '../support/filtered.ts';
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
    await page.getByLabel('Search').fill('zzz');
    await page.getByText('No column matches "zzz".').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    expect(await cards().count()).toBe(7);
    expect(await page.getByText('No column matches').isVisible()).toBe(false);
    await page.getByLabel('Type').selectOption('t:text');
    await page.getByText('3 of 7').waitFor();
    await page.getByLabel('Type').selectOption('');
    await page.getByLabel('with alerts only').check();
    expect(await cards().count()).toBeLessThan(7);
    await page.getByLabel('Sort by').selectOption('nulls');
    expect(await cards().first().getByRole('heading').first().innerText()).toBe('nothing');
  });

  test('Compact: a line per column, sorted by its titles, numbers as links to rows; all in the address', async () => {
    const { page } = session;
    await page.goto(`${address}/report.html`);
    await page.getByRole('button', { name: 'Compact' }).click();
    expect(await cards().count()).toBe(0);
    const lines = page.locator('#lines tr:visible');
    expect(await lines.count()).toBe(7);
    await screenshot(page, 'report-compact');
    expect(await axeViolations(page)).toEqual([]);
    const nulls = page.getByRole('columnheader', { name: 'Nulls' });
    await nulls.getByRole('button').press('Enter');
    expect(await nulls.getAttribute('aria-sort')).toBe('descending');
    expect(await lines.first().getByRole('rowheader').innerText()).toBe('nothing');
    await nulls.getByRole('button').press('Enter');
    expect(await nulls.getAttribute('aria-sort')).toBe('ascending');
    await page.getByLabel('Search').fill('o');
    await page.getByText('3 of 7').waitFor();
    await page.reload();
    expect(await page.getByLabel('Search').inputValue()).toBe('o');
    expect(await lines.count()).toBe(3);
    expect(await page.getByLabel('Sort by').locator('option:checked').innerText()).toBe('nulls');
    expect(await nulls.getAttribute('aria-sort')).toBe('ascending');
    expect(await page.locator('#lines tr[data-p="3"] td:nth-child(9) a').getAttribute('href')).toBe(
      `rows?where=${encodeURIComponent('{"column":"amount","outlier":"any"}')}`,
    );
    // the name leads to the column's card, and Back to the table
    await lines.getByRole('link', { name: 'amount' }).click();
    await page.locator('#c3:target').waitFor();
    expect(await page.locator('#c3').isVisible()).toBe(true);
    await page.goBack();
    await lines.first().waitFor();
    expect(await cards().count()).toBe(0);
  });

  test('bars have their values as names, by pointer and by arrow keys, and lead to their rows', async () => {
    const { page } = session;
    await page.goto(`${address}/report.html#c3`);
    const bars = page.locator('#c3 svg.chart:visible .hit');
    await bars.first().waitFor();
    expect(await page.locator('#c3 svg.chart:visible .hit[tabindex="0"]').count()).toBe(1);
    await bars.first().focus();
    const tip = page.locator('#tip');
    const first = await tip.innerText();
    expect(first).toMatch(/: [\d,]+ \([^)]+ %\)$/);
    expect(await bars.first().getAttribute('aria-label')).toBe(first);
    await page.keyboard.press('End');
    expect(await tip.innerText()).not.toBe(first);
    expect(await bars.last().evaluate('document.activeElement === document.querySelectorAll("#c3 .hit")[0]')).toBe(
      false,
    );
    expect(await page.locator('#c3 svg.chart:visible .hit[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await tip.isVisible()).toBe(false);
    await bars.first().hover();
    expect(await tip.innerText()).toBe(first);
    expect(decodeURIComponent((await bars.first().getAttribute('href'))!)).toMatch(
      /^rows\?where={"column":"amount","gte":[\d.-]+,"l(t|te)":[\d.-]+}$/,
    );
    expect(await axeViolations(page)).toEqual([]);
  });

  test('missing values: a line per column with nulls, most missing first or in the order of the file', async () => {
    const { page } = session;
    await page.goto(`${address}/report.html`);
    const names = () => page.locator('ul.gaps bdi').allInnerTexts();
    const before = await names();
    expect(before[0]).toBe('nothing');
    await page.getByRole('button', { name: 'Order of the file' }).click();
    expect((await names())[0]).not.toBe('nothing');
    await page.getByRole('button', { name: 'Order of the file' }).click();
    expect(await names()).toEqual(before);
    await page.locator('ul.gaps').getByRole('link', { name: 'nothing' }).click();
    await page.locator('.card:target').waitFor();
  });

  test('every bar leads to exactly the rows that it counts', async () => {
    await session.open({ viewport: { width: 1_280, height: 8_000 } }); // bars are made where they come near
    const weather = await readFile('node_modules/vega-datasets/data/seattle-weather.csv');
    const id = await processed(session.server, 'seattle-weather.csv', weather);
    await session.page.goto(`${session.server.url}/datasets/${id}/report.html`);
    await session.page.locator('#c3 .hit').first().waitFor();
    const all = (member: string) =>
      session.page.evaluate(
        `[...document.querySelectorAll('.hit[href]')].map((bar) => bar.getAttribute('${member}'))`,
      ) as Promise<string[]>;
    const [names, addresses] = [await all('aria-label'), await all('href')];
    expect(names.length).toBeGreaterThan(100);
    const dataset = await filtered(weather, 'csv');
    for (const [i, name] of names.entries()) {
      const where = JSON.parse(new URLSearchParams(addresses[i]!.slice('rows?'.length)).get('where')!);
      const { matched } = await rowsWhere(dataset, where);
      expect(name.replaceAll(',', '')).toContain(`: ${matched} (`);
    }
  });

  test('from an outlier to its row, its value marked, on to the rows around it, and back', async () => {
    const { page } = session;
    await page.goto(`${address}/report.html`);
    await page.locator('#c3 .outliers').getByRole('link', { name: /^row/ }).first().click();
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

  test('twice the size: nothing is wider than the window, and bars that stay take at most a fifth of it', async () => {
    await session.open({ viewport: { width: 640, height: 360 } });
    await session.page.goto(`${address}/report.html`);
    expect(await wider()).toBeLessThanOrEqual(0);
    await session.page.locator('#c5').scrollIntoViewIfNeeded();
    const covered = await session.page.evaluate(
      'Math.max(0, Math.min(document.getElementById("tools").getBoundingClientRect().bottom, innerHeight))',
    );
    expect(covered).toBeLessThanOrEqual(72);
  });

  test('on paper: light whatever the screen is, without controls, every alert open', async () => {
    await session.open({ colorScheme: 'dark', viewport: { width: 720, height: 1000 } });
    const { page } = session;
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.goto(`${address}/report.html#view=compact&q=amount`);
    await screenshot(page, 'print');
    expect(await page.locator('#tools').isVisible()).toBe(false);
    // all columns as cards, whatever was searched for and shown before
    expect(await cards().count()).toBe(7);
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
    expect(await session.page.getByText(/^(?:Show|The first) rows$/).count()).toBe(0);
    expect(await session.page.locator('#tools').isVisible()).toBe(true);
  });
});
