import { beforeAll, expect, test } from 'vitest';
import { axeViolations, screenshot } from '../support/browser.ts';
import { browserTests, processed } from '../support/browser-session.ts';
import { workbook, zipOf } from '../support/workbook.ts';

const ROWS = Array.from({ length: 40 }, (_, i) => `a${i};${i},5;${(i % 28) + 1}.12.2025\n`);
const TABLE = `item;price;day\n${ROWS.join('')}`;

browserTests((session) => {
  let id: string;
  beforeAll(async () => {
    id = await processed(session.server, 'prices.csv', TABLE);
  });
  const field = (name: string) => session.page.getByLabel(name, { exact: true });
  const table = () => session.page.getByRole('region', { name: 'The first rows' });
  const again = () => session.page.getByRole('button', { name: 'Process again with this' });

  test('a form beside the first rows, live; then the report, and what has changed', async () => {
    const { page } = session;
    await page.goto(`${session.server.url}/#${id}`);
    await page.frameLocator('iframe').getByRole('heading', { name: 'prices' }).waitFor();
    await page.getByRole('link', { name: 'Read it differently' }).click();
    await table().getByText('a0').waitFor();
    expect(await table().getByRole('row').count()).toBe(21);
    await page.getByText('The report was read like this.').waitFor();
    expect(await again().isDisabled()).toBe(true);
    await screenshot(page, 'reading');
    expect(await axeViolations(page)).toEqual([]);

    const suggestion = page.getByRole('listitem').filter({ hasText: 'decimal comma' });
    await suggestion.getByRole('button', { name: 'Read it so' }).click();
    expect(await field('Decimal sign').inputValue()).toBe(',');
    await suggestion.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Clear all' }).click();

    await field('Delimiter').fill('|');
    await table().getByText('a0;0,5;1.12.2025').waitFor();
    await field('Delimiter').fill('||');
    await page.getByRole('alert').getByText('Delimiter must be one character').waitFor();
    expect(await again().isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await field('Header').fill('false');
    await table().getByText('column_1').waitFor();
    await field('Column names').fill('thing,cost,on');
    await table().getByText('cost').waitFor();
    await field('Type of thing').selectOption('text');
    await page.getByText('--header false --columns thing,cost,on --types thing=text').waitFor();
    await screenshot(page, 'reading-changed');
    await again().click();
    const news = page.getByRole('region', { name: 'What has changed' });
    await news.getByText('41 rows instead of 40').waitFor();
    await news.getByText('3 new columns: thing, cost, on').waitFor();
    await news.getByText('3 columns no longer there: item, price, day').waitFor();
    await page.frameLocator('iframe').getByText('cost').first().waitFor();
    await screenshot(page, 'reading-news');
    expect(await axeViolations(page)).toEqual([]);
    await news.getByRole('button', { name: 'Read it as before' }).click();
    await page.getByText('40 rows instead of 41').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('40 rows instead of 41').waitFor({ state: 'detached' });
  });

  test('a file that failed leads to the form, and is processed from there', async () => {
    const { page } = session;
    const failed = await processed(session.server, 'quote.csv', 'a,b\n1,"never closed\n');
    await page.goto(session.server.url);
    const item = page.locator('li.dataset', { has: page.getByRole('heading', { name: 'quote' }) });
    await item.getByRole('link', { name: 'Read it differently' }).click();
    await page.getByRole('alert').getByText('A quote is opened and never closed').waitFor();
    await screenshot(page, 'reading-failed');
    await field('Quote').fill('none');
    await table().getByText('"never closed').waitFor();
    await page.getByRole('button', { name: 'Process with this' }).click();
    await item.getByRole('link', { name: 'Open report' }).waitFor();
    expect(failed).not.toBe(id);
  });

  test('an archive of several tables asks which, a workbook of several sheets offers the others', async () => {
    const { page } = session;
    const choose = (name: string) => page.getByRole('region', { name: 'Which' }).getByRole('button', { name });
    await processed(session.server, 'several.zip', await zipOf({ 'one.csv': 'a\n1\n', 'two.csv': 'b;c\n2;z\n' }));
    await page.goto(session.server.url);
    const item = page.locator('li.dataset', { has: page.getByRole('heading', { name: 'several' }) });
    await item.getByText('The zip archive holds 2 files: "one.csv", "two.csv"').waitFor();
    await item.getByRole('link', { name: 'Read it differently' }).click();
    await page.getByRole('heading', { name: 'Which file of the archive?' }).waitFor();
    await screenshot(page, 'reading-archive');
    expect(await axeViolations(page)).toEqual([]);
    await choose('two.csv').click();
    await table().getByText('z', { exact: true }).waitFor();
    expect(await field('File in the archive').inputValue()).toBe('two.csv');
    await page.getByRole('button', { name: 'Process with this' }).click();
    await item.getByRole('link', { name: 'Open report' }).waitFor();

    const rows = (text: string) =>
      [1, 2]
        .map((row) => `<row r="${row}"><c r="A${row}" t="inlineStr"><is><t>${text}${row}</t></is></c></row>`)
        .join('');
    const sheets = ['May', 'June'].map((name) => ({ name, rows: rows(name) }));
    const id = await processed(session.server, 'months.xlsx', await workbook({ sheets }));
    await page.goto(`${session.server.url}/#${id}/read`);
    await table().getByText('May2').waitFor();
    expect(await choose('May').isDisabled()).toBe(true);
    await choose('June').click();
    await table().getByText('June2').waitFor();
    await screenshot(page, 'reading-sheets');
    expect(await axeViolations(page)).toEqual([]);
  });

  test('it fits a narrow screen', async () => {
    await session.open({ viewport: { width: 380, height: 800 } });
    await session.page.goto(`${session.server.url}/#${id}/read`);
    await table().getByText('a0').waitFor();
    expect(await session.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await screenshot(session.page, 'reading-narrow');
    expect(await axeViolations(session.page)).toEqual([]);
  });
});
