import { beforeAll, expect, test } from 'vitest';
import { axeViolations, screenshot } from '../support/browser.ts';
import { browserTests, processed } from '../support/browser-session.ts';
import { troubledCsv } from '../support/troubled-csv.ts';

const LARGE_ROWS = 400_000;
/** More rows than a browser can scroll over: ids, and one of three cities. */
function largeCsv(): string {
  const rows = ['id,city,amount'];
  for (let i = 1; i <= LARGE_ROWS; i++) rows.push(`${i},${['Oslo', 'Lima', 'Pune'][i % 3]},${i % 1000}`);
  return rows.join('\n');
}
const ODD =
  'name,age,note\nAda,36," leading"\nBo,NA,"two\nlines"\nCy,,Oslo\u00a0\nDi,5\n' +
  `<b>,7,${'x'.repeat(20_000)}\nFu,8,"a\tb"\n`;
const JSON_ROWS = '[{"a":1.50,"b":null,"c":""},{"a":12345678901234567890,"c":"null"}]';

browserTests((session) => {
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    for (const [name, text] of [
      ['troubled.csv', troubledCsv()],
      ['large.csv', largeCsv()],
      ['odd.csv', ODD],
      ['records.json', JSON_ROWS],
    ] as const)
      ids[name] = await processed(session.server, name, text);
  });
  const at = (name: string, rest = '') => `${session.server.url}/datasets/${ids[name]}/rows${rest}`;
  const where = (conditions: object) => `?where=${encodeURIComponent(JSON.stringify(conditions))}`;
  const open = async (name: string, rest = '') => {
    await session.page.goto(at(name, rest));
    await session.page.locator('[role=gridcell] > *').first().waitFor(); // its value has been read
  };
  const grid = () => session.page.getByRole('grid');
  const count = () => session.page.locator('header output');
  const counted = (text: string) => count().getByText(text, { exact: true }).waitFor();
  const bar = () => session.page.locator('.bar .value');
  /** Waits until the active cell is in this row and column. */
  const active = (text: string) => bar().getByText(text).waitFor();
  const chips = () => session.page.locator('.chip span').allInnerTexts();
  const button = (name: string) => session.page.getByRole('button', { name, exact: true });
  const press = async (...keys: string[]) => {
    for (const key of keys) await session.page.keyboard.press(key);
  };
  const isSeen = (text: string) =>
    session.page.getByRole('rowheader', { name: text, exact: true }).evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      const box = element.closest('[role=grid]')!.getBoundingClientRect();
      return top >= box.top && bottom <= box.bottom;
    });

  test('all rows of a dataset, with the way back to its report', async () => {
    const { page } = session;
    await open('troubled.csv');
    await counted('202 rows');
    expect(await page.title()).toBe('Rows of troubled');
    expect(await grid().getAttribute('aria-rowcount')).toBe('203');
    expect(await grid().getAttribute('aria-colcount')).toBe('8');
    await screenshot(page, 'grid');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Report' }).click();
    await page.getByRole('heading', { name: 'Alerts' }).waitFor();
  });

  test('more rows than a browser can scroll over: few are drawn, the last one is reached', async () => {
    const { page } = session;
    await open('large.csv');
    const height = Number(await page.evaluate("document.querySelector('.space').offsetHeight"));
    expect(height).toBeLessThan(10_000_000);
    await page.evaluate("document.getElementById('grid').scrollTop = 1e9");
    await page.getByRole('gridcell', { name: '400000', exact: true }).waitFor();
    expect(await isSeen('400,000')).toBe(true);
    expect(await page.getByRole('row').count()).toBeLessThan(80);
    await screenshot(page, 'grid-end');
    // a wheel moves rows by what it says, not by a share of the whole
    await page.mouse.move(400, 300);
    await page.mouse.wheel(0, -280);
    await page.getByRole('rowheader', { name: '399,985', exact: true }).waitFor();
    expect(await isSeen('399,985')).toBe(true);
    await page.evaluate("document.getElementById('grid').scrollTop = 0");
    await page.getByRole('gridcell', { name: '1', exact: true }).first().waitFor();
  });

  test('a scroll over many pages asks for those that are seen in the end, two requests at once at most', async () => {
    const { page } = session;
    let running = 0;
    let most = 0;
    const asked: string[] = [];
    await page.route('**/rows?rows=*', async (route) => {
      asked.push(route.request().url());
      most = Math.max(most, ++running);
      await route.continue().catch(() => {});
      running--;
    });
    await open('large.csv');
    for (let i = 1; i <= 20; i++) await page.evaluate(`document.getElementById('grid').scrollTop = ${i * 100_000}`);
    await page.evaluate("document.getElementById('grid').scrollTop = 1e9");
    await page.getByRole('gridcell', { name: '400000', exact: true }).waitFor();
    expect(asked.length).toBeLessThan(10);
    expect(most).toBeLessThanOrEqual(2);
  });

  test('keys move, select, open a row and copy', async () => {
    const { page } = session;
    await session.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open('troubled.csv');
    await grid().focus();
    await press('ArrowDown', 'ArrowRight');
    await active('Row 2, day');
    await press('End');
    await active('Row 2, nothing');
    await press('Home', 'PageDown', 'PageUp');
    await active('Row 2, id');
    await press('Control+End');
    await active('Row 202, nothing');
    expect(await isSeen('202')).toBe(true);
    await press('Control+Home');
    await active('Row 1, id');
    const shown = await grid().getAttribute('aria-activedescendant');
    expect(await page.locator(`#${shown}`).innerText()).toBe('1');
    await press('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Control+c');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('1\t2024-02-11\t11\n2\t2024-03-12\t12');
    await page.getByText('Copied 6 cells.').waitFor({ state: 'attached' });
    await press('Enter');
    const card = page.getByRole('dialog', { name: 'Row 2' });
    await card.getByRole('row', { name: 'price $1,102.50' }).waitFor();
    await screenshot(page, 'grid-card');
    expect(await axeViolations(page)).toEqual([]);
    await card.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('dialog', { name: 'Row 3' }).getByRole('row', { name: 'id 3' }).waitFor();
    await press('Escape');
    expect(await page.evaluate('document.activeElement.id')).toBe('grid');
    await press('ArrowUp', 'ArrowUp');
    await bar()
      .getByText(/^Column amount integer$/)
      .waitFor();
    await press('Enter');
    await page.getByRole('form', { name: 'New filter' }).waitFor(); // of the header
    await press('Escape');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Add filter');
  });

  test('filters of the address, one more, one less, and all of it in the address', async () => {
    const { page } = session;
    await open('troubled.csv', where({ column: 'amount', outlier: 'high' }));
    await counted('1 of 202 rows');
    expect(await chips()).toEqual(['amount is an outlier above 34']);
    await button('Remove the filter amount is an outlier above 34').click();
    await counted('202 rows');
    await button('Add filter').click();
    await page.getByLabel('Column', { exact: true }).selectOption('city');
    await page.getByLabel('Value').fill('Oslo');
    expect(await page.locator('datalist option').count()).toBe(3);
    await screenshot(page, 'grid-add-filter');
    expect(await axeViolations(page)).toEqual([]);
    await button('Add').click();
    await counted('66 of 202 rows');
    await button('Add filter').click();
    await page.getByLabel('Column', { exact: true }).selectOption('id');
    await page.getByLabel('Condition').selectOption('between');
    await page.getByLabel('From').fill('10');
    await page.getByLabel('To', { exact: true }).fill('20');
    await button('Add').click();
    await counted('3 of 202 rows');
    expect(await chips()).toEqual(['city is Oslo', 'id is between 10 and 20']);
    await screenshot(page, 'grid-filters');
    expect(await axeViolations(page)).toEqual([]);
    expect(new URL(page.url()).searchParams.get('where')).toBe(
      '[{"column":"city","in":["Oslo"]},{"column":"id","gte":10,"lte":20}]',
    );
    await page.goBack();
    await counted('66 of 202 rows');
    await page.goForward();
    await counted('3 of 202 rows');
    await page.reload();
    await counted('3 of 202 rows');
    await button('All rows').click();
    await counted('202 rows');
  });

  test('a number is found as figures are printed, however the file writes it', async () => {
    const { page } = session;
    await open('large.csv');
    await button('Add filter').click();
    await page.getByLabel('Value').fill('400,000');
    await button('Add').click();
    await counted('1 of 400,000 rows');
    expect(await chips()).toEqual(['id is 400,000']);
    await button('Add filter').click();
    await page.getByLabel('Value').fill('many');
    await button('Add').click();
    await page.getByRole('alert').getByText('“many” is not a number').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  test('filters about whole rows', async () => {
    const { page } = session;
    await open('troubled.csv');
    for (const [kind, rows] of [
      ['duplicate', '1 of 202 rows'],
      ['bad', '1 of 202 rows'],
    ] as const) {
      await button('Add filter').click();
      await page.getByLabel('Column', { exact: true }).selectOption('(whole row)');
      await page.getByLabel('Condition').selectOption(kind);
      await button('Add').click();
      await counted(rows);
      await button('All rows').click();
      await counted('202 rows');
    }
  });

  test('a cell offers the rows with its value', async () => {
    const { page } = session;
    await open('troubled.csv');
    await page.getByRole('gridcell', { name: 'Pune', exact: true }).first().click();
    await button('Only rows with this value').click();
    await counted('67 of 202 rows');
    expect(await chips()).toEqual(['city is Pune']);
    await page.getByRole('gridcell', { name: 'NA', exact: true }).first().click();
    await button('Only rows with this value').click();
    await page.locator('.chip', { hasText: 'note is null' }).waitFor();
    await button('Remove the filter city is Pune').click();
    await counted('102 of 202 rows'); // as many as the report counts
  });

  test('the rows around one of a filtered view, and back to the place', async () => {
    const { page } = session;
    await open('large.csv', where({ column: 'city', in: ['Oslo'] }));
    await counted('133,333 of 400,000 rows');
    await grid().focus();
    for (let i = 0; i < 12; i++) await press('PageDown');
    let left = '';
    await expect
      .poll(
        async () => {
          const before = left;
          left = await bar().innerText();
          return left === before; // the last key has been followed
        },
        { interval: 500, timeout: 20_000 },
      )
      .toBe(true);
    const row = /Row ([\d,]*\d)/.exec(left)![1]!;
    await page.getByRole('link', { name: 'Rows around it' }).click();
    await counted('400,000 rows');
    const marked = page.locator('[role=row][aria-current]');
    await marked.getByRole('rowheader', { name: row, exact: true }).waitFor();
    expect(await isSeen(row)).toBe(true);
    await screenshot(page, 'grid-around');
    const middle = await marked.evaluate((element) => {
      const box = element.closest('[role=grid]')!.getBoundingClientRect();
      return (element.getBoundingClientRect().top - box.top) / box.height;
    });
    expect(middle).toBeGreaterThan(0.3);
    expect(middle).toBeLessThan(0.7);
    await page.goBack();
    await counted('133,333 of 400,000 rows');
    await active(`Row ${row}, id`);
    expect(await isSeen(row)).toBe(true);
    await page.reload();
    await active(`Row ${row}, id`);
    expect(await isSeen(row)).toBe(true);
  });

  test('links of a report: rows by number, and a marked cell', async () => {
    const { page } = session;
    await open('troubled.csv', '?rows=17,100#r100c3');
    await counted('2 of 202 rows');
    expect(await page.getByRole('row').count()).toBe(3);
    expect(await page.locator('.marked-cell[role=gridcell]').innerText()).toBe('9999');
    await active('Row 100, amount');
    expect(await page.getByRole('link', { name: 'Report' }).getAttribute('href')).toBe('report.html#c3');
    await screenshot(page, 'grid-marked');
    await page.getByLabel(/^Go to row/).fill('150');
    await button('Go').click();
    await counted('202 rows');
    await page.locator('[role=row][aria-current]').getByRole('rowheader', { name: '150' }).waitFor();
    expect(page.url()).toMatch(/rows\?row=150$/);
  });

  test('downloads are the rows that are shown', async () => {
    const { page } = session;
    await open('troubled.csv', where({ column: 'amount', outlier: 'any' }));
    const href = (await page.getByRole('link', { name: 'Download CSV' }).getAttribute('href'))!;
    const csv = await (await fetch(new URL(href, page.url()))).text();
    expect(csv.trim().split('\n')).toHaveLength(2);
    expect(csv).toContain('9999');
    const json = (await page.getByRole('link', { name: 'JSON' }).getAttribute('href'))!;
    expect(await (await fetch(new URL(json, page.url()))).json()).toMatchObject({ rows: [{ row: 100 }] });
    await button('All rows').click();
    expect(await page.getByRole('link', { name: 'Download original' }).getAttribute('href')).toBe('file');
  });

  test('nulls, empty texts and what does not show are told apart', async () => {
    const { page } = session;
    await open('odd.csv');
    const row = (n: number) => page.getByRole('row').nth(n).getByRole('gridcell').allInnerTexts();
    expect(await row(1)).toEqual(['Ada', '36', '·leading']);
    expect(await row(2)).toEqual(['Bo', 'NA', 'two↵lines']);
    expect(await row(3)).toEqual(['Cy', 'empty', 'Oslo[U+00A0]']);
    expect(await row(4)).toEqual(['Di', '5', 'null']);
    expect(await row(5)).toEqual(['<b>', '7', expect.stringMatching(/^x{200}…$/)]);
    await page.getByLabel('Wrap long text').check();
    expect(page.url()).toMatch(/wrap=true$/);
    await screenshot(page, 'grid-wrapped');
    await open('records.json');
    expect(await row(1)).toEqual(['1.50', 'null', 'empty']);
    expect(await row(2)).toEqual(['12345678901234567890', 'null', 'null']);
    expect(await page.locator('[role=gridcell] .none').count()).toBe(3);
  });

  test('columns are chosen, and the address keeps them', async () => {
    const { page } = session;
    await open('troubled.csv');
    await page.locator('summary').click();
    await page.getByLabel('Search columns').fill('a');
    await button('Only these').click();
    const names = () => page.locator('[role=columnheader] bdi').allInnerTexts();
    expect(await names()).toEqual(['day', 'amount']);
    await screenshot(page, 'grid-columns');
    expect(await axeViolations(page)).toEqual([]);
    await page.reload();
    await page.getByRole('gridcell').first().waitFor();
    expect(await names()).toEqual(['day', 'amount']);
    await page.getByText('Columns (2 of 7)').click();
    await page.getByLabel('city').check();
    expect(await names()).toEqual(['day', 'amount', 'city']);
    await button('None').click();
    await page.getByText('No column is shown').waitFor();
  });

  test('what cannot be shown is a sentence', async () => {
    const { page } = session;
    await page.goto(at('troubled.csv', where({ column: 'amount', gt: 1e9 })));
    await page.getByText('No row matches these filters.').waitFor();
    await counted('0 of 202 rows');
    expect(await axeViolations(page)).toEqual([]);
    await page.goto(at('troubled.csv', '?rows=99999'));
    await page.getByText('There is no row 99,999. The file has 202 rows.').waitFor();
    await counted('0 of 202 rows');
    await page.getByLabel(/^Go to row/).fill('9,000');
    await button('Go').click();
    await page.getByRole('alert').getByText('There is no row 9,000. The file has 202 rows.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.goto(at('troubled.csv', where({ column: 'gone', is_null: true })));
    await page.getByRole('alert').getByText('There is no column "gone"').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.goto(at('troubled.csv', '?where={'));
    await page.getByRole('alert').getByText('"where" takes JSON').waitFor();
    await page.goto(`${session.server.url}/datasets/${crypto.randomUUID()}/rows`);
    await page.getByText('This dataset does not exist or was deleted.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    const form = new FormData();
    form.set('name', 'waiting');
    form.set('file', new Blob(['a\n1\n2\n']), 'waiting.csv');
    const stored = await fetch(`${session.server.url}/datasets`, { method: 'POST', body: form });
    const { id } = (await stored.json()) as { id: string };
    await page.goto(`${session.server.url}/datasets/${id}/rows`);
    await page.getByText('This dataset has no report yet.').waitFor();
  });

  test('the rows in view are printed, without controls and empty pages', async () => {
    const { page } = session;
    await open('large.csv', where({ column: 'city', in: ['Oslo'] }));
    await counted('133,333 of 400,000 rows'); // so far it can be scrolled
    await page.evaluate("document.getElementById('grid').scrollTop = 20000");
    await page.getByRole('rowheader', { name: '2,145', exact: true }).waitFor();
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)!.length).toBeLessThanOrEqual(2);
    await page.emulateMedia({ media: 'print' });
    await screenshot(page, 'grid-printed');
    expect(await page.locator('button:visible, input:visible, a:visible').count()).toBe(0);
    expect(await page.getByText('To print all, download the rows as CSV.').isVisible()).toBe(true);
    expect(await page.locator('.chip').isVisible()).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThan(2_500);
  });

  test('a connection that is lost is told, and the rows come when it is back', async () => {
    const { page } = session;
    await open('large.csv');
    await page.route('**/rows?rows=*', (route) => route.abort());
    await page.evaluate("document.getElementById('grid').scrollTop = 1e9");
    await page.getByText('The connection is lost. The page tries again by itself.').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.unroute('**/rows?rows=*');
    await page.getByRole('gridcell', { name: '400000', exact: true }).waitFor();
    expect(await page.locator('.offline').count()).toBe(0);
  });

  test('phone width, dark: nothing is wider than the screen, the marked cell is seen', async () => {
    await session.open({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    const { page } = session;
    await open('troubled.csv', `${where({ column: 'city', in: ['Oslo'] })}&row=99#c5`);
    const marked = page.locator('.marked-cell[role=gridcell]');
    await marked.waitFor();
    const { x, width } = (await marked.boundingBox())!;
    expect(x).toBeGreaterThan(0);
    expect(x + width).toBeLessThanOrEqual(360);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect((await grid().boundingBox())!.height).toBeGreaterThan(0.7 * 740);
    await screenshot(page, 'phone-grid');
    expect(await axeViolations(page)).toEqual([]);
    await button('Tools').click();
    await page.getByLabel(/^Go to row/).fill('900');
    await button('Go').click();
    await page.getByText('There is no row 900.').waitFor();
    await page.getByText('Columns', { exact: true }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await screenshot(page, 'phone-grid-tools');
    expect(await axeViolations(page)).toEqual([]);
    await press('Escape');
    await press('Escape');
    await page.getByLabel(/^Go to row/).waitFor({ state: 'hidden' });
  });

  test('200 % zoom of a laptop: what stays in view while rows scroll is at most a fifth', async () => {
    await session.open({ viewport: { width: 640, height: 360 } });
    const { page } = session;
    await open('troubled.csv', where({ column: 'city', in: ['Oslo'] }));
    await page.evaluate('scrollTo(0, 9999)');
    const head = (await page.locator('.columns').boundingBox())!;
    expect(head.height).toBeLessThanOrEqual(72);
    expect((await grid().boundingBox())!.height).toBeGreaterThanOrEqual(250);
    await screenshot(page, 'grid-zoom');
  });
});
