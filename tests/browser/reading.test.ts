import type { Route } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { axeViolations, screenshot } from '../support/browser.ts';
import { browserTests, processed } from '../support/browser-session.ts';
import { holdSuccess } from '../support/embedded-data.ts';
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
    await suggestion.getByRole('button', { name: 'Read it like this' }).click();
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

  test('dates that may be read in two ways have a button for each', async () => {
    const { page } = session;
    const rows = Array.from({ length: 30 }, (_, i) => `${(i % 11) + 1}/${((i * 7) % 12) + 1}/2024,${i}\n`);
    const dates = await processed(session.server, 'dates.csv', `when,amount\n${rows.join('')}`);
    await page.goto(`${session.server.url}/#${dates}`);
    const suggestions = page.getByRole('region', { name: 'Suggestions' });
    await suggestions.getByRole('button', { name: 'Day first' }).waitFor();
    await screenshot(page, 'reading-two-orders');
    expect(await axeViolations(page)).toEqual([]);
    await suggestions.getByRole('button', { name: 'Month first' }).click();
    const news = page.getByRole('region', { name: 'What has changed' });
    await news.getByText('1 column of type date instead of text: when').waitFor();
    await news.getByRole('link', { name: 'Read it differently' }).click();
    await table().getByText('1/1/2024').waitFor();
    expect(await field('Order of dates').inputValue()).toBe('MDY');
    expect(await suggestions.count()).toBe(0);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await suggestions.getByRole('button', { name: 'Day first' }).click();
    expect(await field('Order of dates').inputValue()).toBe('DMY');
    await suggestions.waitFor({ state: 'detached' }); // that one is followed
  });

  test('a file that failed leads to the form, and is processed from there', async () => {
    const { page } = session;
    const failed = await processed(session.server, 'quote.csv', 'a,b\n1,"never closed\n');
    await page.goto(session.server.url);
    const item = page.locator('li.dataset', { has: page.getByRole('heading', { name: 'quote' }) });
    await item.getByRole('link', { name: 'Read it differently' }).click();
    await page.getByRole('alert').getByText('A quote is opened and never closed').waitFor();
    await page.getByRole('button', { name: 'Quote: none' }).waitFor();
    expect(await page.getByRole('button', { name: 'Process with this' }).isDisabled()).toBe(true); // as before
    await screenshot(page, 'reading-failed');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Quote: none' }).click();
    expect(await field('Quote').inputValue()).toBe('none');
    await table().getByText('"never closed').waitFor();
    await page.getByRole('button', { name: 'Process with this' }).click();
    await page.frameLocator('iframe').getByRole('heading', { name: 'quote' }).waitFor();
    expect(failed).not.toBe(id);
  });

  test('a reading that failed is told beside the report, and each of the two is a click away', async () => {
    const { page } = session;
    // the fault is behind what a preview reads
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i};${'x'.repeat(100)}\n`).join('');
    const long = await processed(session.server, 'long.csv', `a;b\n${rows}'open;1\n`);
    await page.goto(`${session.server.url}/#${long}/read`);
    await table().getByText('xxx').first().waitFor();
    await field('Quote').fill("'");
    await page.getByText('--quote').waitFor();
    await again().click();
    const news = page.getByRole('region', { name: 'Which reading you see' });
    await news.getByText('A quote is opened and never closed').waitFor();
    await news.getByText('You see the report of the reading before, without options.').waitFor();
    await page.frameLocator('iframe').getByRole('heading', { name: 'long' }).waitFor();
    await screenshot(page, 'reading-failed-report');
    expect(await axeViolations(page)).toEqual([]);

    // the list has both; a reload changes nothing
    await page.goto(session.server.url);
    const item = page.locator('li.dataset', { has: page.getByRole('heading', { name: 'long' }) });
    await item.getByText('The report of the reading before is still there.').waitFor();
    await item.getByRole('link', { name: 'Open report' }).click();
    await news.getByText('A quote is opened and never closed').waitFor();

    // the form knows why it failed, and leads back
    await news.getByRole('link', { name: 'Read it differently' }).click();
    await page.getByText('The last reading, like this, failed:').waitFor();
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByText('The report that you see was read like this.').waitFor();
    expect(await again().isEnabled()).toBe(true);
    await page.getByRole('link', { name: 'Report', exact: true }).click();
    await news.getByRole('button', { name: 'Keep what you see' }).click();
    await page.getByText('It was processed again: rows, columns, types and nulls are the same.').waitFor();
    expect(await page.getByRole('button', { name: 'Read it as before' }).count()).toBe(0);
    await page.reload();
    await page.frameLocator('iframe').getByRole('heading', { name: 'long' }).waitFor();
    expect(await news.count()).toBe(0);
  });

  test('another reading that was asked for and not done is told, and done or forgotten at a click', async () => {
    const { page } = session;
    const text = `x;y\n${'a;b\n'.repeat(50)}`;
    const known = await processed(session.server, 'known.csv', text);
    const news = page.getByRole('region', { name: 'Which reading you see' });
    const ask = async () => {
      const form = new FormData();
      form.set('name', 'known');
      form.set('options', '{"header": false}');
      form.set('file', new Blob([text]), 'known.csv');
      await fetch(`${session.server.url}/datasets`, { method: 'POST', body: form });
      await page.goto('about:blank');
      await page.goto(`${session.server.url}/#${known}`);
      await news.getByText('You see the report as it was read without options.').waitFor();
      await news.getByText('Reading it with Header false was asked for and has not been done.').waitFor();
    };
    await ask();
    await screenshot(page, 'reading-undone');
    await news.getByRole('button', { name: 'Keep what you see' }).click();
    await news.waitFor({ state: 'detached' });
    await ask();
    await news.getByRole('button', { name: 'Read it like this' }).click();
    await page.getByText('51 rows instead of 50').waitFor();
    expect(await news.count()).toBe(0);
  });

  test('processing again is cancelled where it is seen, and the report stays', async () => {
    const { page, server } = session;
    const large = await processed(server, 'large.csv', `a,b\n${'long,1.5\n'.repeat(100_000)}`);
    await page.goto(`${server.url}/#${large}/read`);
    await table().getByText('long').first().waitFor();
    const held = await holdSuccess(server.dataDir);
    await field('Header').fill('false');
    await page.getByText('--header false').waitFor();
    await again().click();
    const running = page.getByRole('region', { name: 'Processing again' });
    await running.getByText('It is being processed again, with Header false.').waitFor();
    await page.frameLocator('iframe').getByRole('heading', { name: 'large' }).waitFor();
    await screenshot(page, 'reading-running');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Read it differently' }).click();
    await page.getByText('It is being processed.', { exact: true }).waitFor();
    expect(await again().isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await held.untilCancelIsAsked();
    await held.letGo();
    await page.getByText('It is being processed.', { exact: true }).waitFor({ state: 'detached' });
    expect(await again().isEnabled()).toBe(true);
    await page.getByRole('link', { name: 'Report', exact: true }).click();
    const news = page.getByRole('region', { name: 'Which reading you see' });
    await news.getByText('Reading it with Header false was asked for and has not been done.').waitFor();
    await news.getByRole('button', { name: 'Keep what you see' }).click();
    await news.waitFor({ state: 'detached' });
  });

  test('what is typed stays while the service is away, and a refusal is told', async () => {
    const { page } = session;
    await page.goto(`${session.server.url}/#${id}/read`);
    await table().getByText('a0').waitFor();
    await field('Comment lines begin with').fill('a1');
    await page.getByText('--comment a1').waitFor();
    await page.route('**/graphql', (route) => route.abort());
    await again().click();
    await page.getByText('The server does not answer at the moment.').first().waitFor();
    expect(await field('Comment lines begin with').inputValue()).toBe('a1');
    await page.unroute('**/graphql');
    await page.getByRole('link', { name: 'Report', exact: true }).click();
    await page.getByRole('link', { name: 'Read it differently' }).first().click();
    expect(await field('Comment lines begin with').inputValue()).toBe('a1');
    await field('Comment lines begin with').fill('');
    await page.getByRole('link', { name: 'Report', exact: true }).click();

    const suggestions = page.getByRole('region', { name: 'Suggestions' });
    const refuse = (route: Route) =>
      route.request().postData()?.includes('WebProcess')
        ? route.fulfill({ json: { errors: [{ message: 'It is busy.', extensions: { code: 'CONFLICT' } }] } })
        : route.continue();
    await page.route('**/graphql', refuse);
    const decimal = suggestions.getByRole('listitem').filter({ hasText: 'decimal comma' });
    await decimal.getByRole('button', { name: 'Read it like this' }).click();
    await page.getByRole('alert').getByText('It is busy.').waitFor();
    await page.unroute('**/graphql', refuse);
    await screenshot(page, 'reading-suggestions');
    expect(await axeViolations(page)).toEqual([]);
    await decimal.getByRole('button', { name: 'Read it like this' }).click();
    const news = page.getByRole('region', { name: 'What has changed' });
    await news.getByText('1 column of type decimal instead of text: price').waitFor();
    expect(await page.evaluate('document.activeElement.contains(document.querySelector(".news"))')).toBe(true);
    expect(await page.evaluate('document.activeElement.localName')).toBe('div'); // and not the whole page
    await page.route('**/graphql', refuse);
    await news.getByRole('button', { name: 'Read it as before' }).click();
    await page.getByRole('alert').getByText('It is busy.').waitFor();
    await page.unroute('**/graphql', refuse);
    await news.getByRole('button', { name: 'Read it as before' }).click();
    await page.getByText('1 column of type text instead of decimal: price').waitFor();
  });

  test('a state that could not be read is asked for again, and the form stays', async () => {
    const { page } = session;
    await page.goto(`${session.server.url}/#${id}/read`);
    await table().getByText('a0').waitFor();
    await field('Skip rows at the end').fill('1');
    await page.getByText('--skip-footer 1').waitFor();
    let isBroken = true;
    await page.route('**/graphql', (route) =>
      isBroken && route.request().postData()?.includes('WebDataset(')
        ? route.fulfill({ json: { errors: [{ message: 'It cannot be said.', extensions: { code: 'INTERNAL' } }] } })
        : route.continue(),
    );
    await again().click();
    await page.getByRole('alert').getByText('It cannot be said.').waitFor();
    isBroken = false;
    await page.getByRole('region', { name: 'What has changed' }).getByText('39 rows instead of 40').waitFor();
    expect(await page.getByText('It cannot be said.').count()).toBe(0);
    await page.getByRole('button', { name: 'Read it as before' }).click();
    await page.getByText('40 rows instead of 39').waitFor();
  });

  test('fields show what a suggestion sets, and say what is asked for', async () => {
    const { page } = session;
    const spaced = await processed(session.server, 'spaced.csv', `a;b\n${'1 234;x\n'.repeat(30)}`);
    await page.goto(`${session.server.url}/#${spaced}/read`);
    const suggestion = page.getByRole('listitem').filter({ hasText: 'thousands' });
    await suggestion.getByRole('button', { name: 'Read it like this' }).click();
    const chosen = field('Thousands separator').locator('option:checked');
    expect(await chosen.textContent()).toBe('space');
    await table().getByText('found: integer').first().waitFor({ state: 'attached' });
    await field('These mean "no value" too').fill('-999, x');
    await page.getByText('--more-null-tokens -999,x').waitFor();
    await table().getByText('found: empty').waitFor({ state: 'attached' });
    await table().getByRole('cell', { name: 'x none' }).first().waitFor();
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
    expect(await choose('two.csv').isDisabled()).toBe(true);
    await choose('one.csv').click();
    await table().getByRole('columnheader', { name: 'a' }).waitFor();
    await choose('two.csv').click();
    await table().getByText('z', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Process with this' }).click();
    await page.frameLocator('iframe').getByRole('heading', { name: 'several' }).waitFor();

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

  test('names of columns and what is in them are text, whatever they are', async () => {
    const { page } = session;
    const names = ['constructor', '__proto__', '`x`', '<b>'];
    const records = [Object.fromEntries(names.map((name) => [name, 1])), { a: '<i>no</i>' }];
    const odd = await processed(session.server, 'odd.json', JSON.stringify(records));
    await page.goto(`${session.server.url}/#${odd}/read`);
    await table().getByText('<i>no</i>').waitFor();
    expect(await field('Type of constructor').inputValue()).toBe('');
    for (const name of names) await field(`Type of ${name}`).selectOption('text');
    await page.getByText("--types '").waitFor();
    await table()
      .locator('select.set')
      .nth(names.length - 1)
      .waitFor();
    await again().click();
    await page.getByText(`${names.length} columns of type text instead of integer`).waitFor();
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
