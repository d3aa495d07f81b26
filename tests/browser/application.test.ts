import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { axeViolations, screenshot } from '../support/browser.ts';
import { browserTests } from '../support/browser-session.ts';
import { holdSuccess } from '../support/embedded-data.ts';

browserTests((session) => {
  const choose = (name: string, text: string, mimeType = 'text/csv') =>
    session.page.setInputFiles('input[type=file]', { name, mimeType, buffer: Buffer.from(text) });
  const item = (name: string) =>
    session.page.locator('li.dataset', { has: session.page.getByRole('heading', { name }) });
  const report = (name: string) => item(name).getByRole('link', { name: 'Open report' });
  const wider = () => session.page.evaluate('document.documentElement.scrollWidth - innerWidth');

  const scrolled = (page: typeof session.page) =>
    page.evaluate("document.querySelector('iframe')?.contentWindow.scrollY ?? 0");

  test('empty state, an example at a click, its report inside and its exports', async () => {
    const { page } = session;
    await page.getByRole('heading', { name: 'Nothing here yet: try an example' }).waitFor();
    await screenshot(page, 'empty');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Orders' }).click();
    await report('orders').click();
    const inside = page.frameLocator('iframe');
    await inside.getByRole('heading', { name: 'orders' }).waitFor();
    await inside.getByText('duplicates', { exact: true }).first().waitFor();
    await screenshot(page, 'report-inside');
    expect(await page.title()).toContain('orders');
    for (const [form, begins, name] of [
      ['HTML', '<!doctype html>', 'orders-report.html'],
      ['JSON', '{\n  "schema_version"', 'orders-report.json'],
      ['CSV', 'position,name,type', 'orders-report.csv'],
      ['Markdown', '## orders', 'orders-report.md'],
    ] as const) {
      const link = page.getByRole('link', { name: form, exact: true });
      const text = await (await fetch(new URL((await link.getAttribute('href'))!, session.server.url))).text();
      expect(text.slice(0, begins.length)).toBe(begins);
      const download = page.waitForEvent('download');
      await link.click();
      expect((await download).suggestedFilename()).toBe(name);
    }
    await page.getByRole('link', { name: 'All datasets' }).click();
    await report('orders').waitFor();
  });

  test('the address of a report that does not exist shows a message', async () => {
    await session.page.goto(`${session.server.url}/#00000000-0000-4000-8000-000000000000`);
    await session.page.getByText('This dataset does not exist or was deleted.').waitFor();
  });

  test('a file that is no table shows its sentence and its place', async () => {
    await choose('bad.csv', 'a,b\n1,"never closed\n');
    await item('bad').getByText('A quote is opened and never closed (row 1, line 2, byte 6)').waitFor();
    await screenshot(session.page, 'failed');
    expect(await axeViolations(session.page)).toEqual([]);
  });

  test('a file of another type is refused with a sentence', async () => {
    const { page } = session;
    let isSent = false;
    await page.route('**/datasets', (route) => {
      isSent = true;
      return route.continue();
    });
    await choose('x.xls', 'x', 'application/vnd.ms-excel');
    await item('x.xls').getByText('x.xls is an Excel workbook of an older version, which is not read.').waitFor();
    await item('x.xls').getByRole('button', { name: 'Dismiss' }).click();
    await choose('x.pdf', 'x', 'application/pdf');
    await item('x.pdf').getByRole('alert').getByRole('link', { name: 'Which files can be read?' }).click();
    await page.getByText('Other workbooks (.xls, .xlsb, .ods): save it as .xlsx, or the sheet as CSV.').waitFor();
    expect(isSent).toBe(false);
    await page.unroute('**/datasets');
    await screenshot(page, 'refused');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await item('x.pdf').waitFor({ state: 'detached' });
  });

  test('the same bytes again: the page shows under which name they are stored', async () => {
    await choose('first.csv', 'a\n1\n');
    await report('first').waitFor();
    await choose('second.csv', 'a\n1\n');
    await item('second.csv').getByText('Already here as first.').waitFor();
    await item('second.csv').getByRole('link', { name: 'first' }).click();
    await session.page.frameLocator('iframe').getByRole('heading', { name: 'first' }).waitFor();
    await session.page.goBack();
  });

  test('a file that is dropped anywhere on the page is taken', async () => {
    await session.page.evaluate(`
      const data = new DataTransfer();
      data.items.add(new File(['a\\n3\\n'], 'dropped.csv', { type: 'text/csv' }));
      const options = { dataTransfer: data, bubbles: true, cancelable: true };
      const heading = document.querySelector('h1');
      for (const type of ['dragover', 'drop']) heading.dispatchEvent(new DragEvent(type, options));`);
    await report('dropped').waitFor();
  });

  test('a folder that is dropped: its tables are datasets each, the rest is named', async () => {
    const { page } = session;
    const folder = await mkdtemp(join(tmpdir(), 'dropped-'));
    try {
      await mkdir(join(folder, 'inner'));
      await writeFile(join(folder, 'in-folder-1.csv'), 'a\n41\n');
      await writeFile(join(folder, 'inner', 'in-folder-2.csv'), 'a\n42\n');
      await writeFile(join(folder, 'notes.docx'), 'x');
      await writeFile(join(folder, '.hidden.csv'), 'a\n43\n');
      const devtools = await page.context().newCDPSession(page);
      const data = { items: [], files: [folder], dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await devtools.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data });
      await report('in-folder-1').waitFor();
      await report('in-folder-2').waitFor();
      const note = item(basename(folder));
      await note.getByText('1 file of other kinds is not uploaded: notes.docx.').waitFor();
      await note.getByRole('link', { name: 'Which files can be read?' }).waitFor();
      await screenshot(page, 'folder');
      await note.getByRole('button', { name: 'Dismiss' }).click();
      await note.waitFor({ state: 'detached' });
      expect(await item('hidden').count()).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('an upload that breaks can be tried again; one that a reload broke off is not forgotten', async () => {
    const { page } = session;
    await page.route('**/datasets', (route) => route.abort());
    await choose('broken-off.csv', 'a\n4\n');
    await item('broken-off').getByText('The connection broke before the file was stored.').waitFor();
    await page.reload();
    await item('broken-off').getByText('The page was reloaded before this file was stored.').waitFor();
    await screenshot(page, 'broken-off');
    await item('broken-off').getByRole('button', { name: 'Dismiss' }).click();
    await choose('retried.csv', 'a\n5\n');
    await item('retried').getByText('The connection broke').waitFor();
    await page.unroute('**/datasets');
    await item('retried').getByRole('button', { name: 'Try again' }).click();
    await report('retried').waitFor();
  });

  test('many files: few are drawn, the others counted', async () => {
    const { page } = session;
    await page.route('**/datasets', () => {}); // none ever ends
    const files = Array.from({ length: 300 }, (_, i) => ({
      name: `many-${i}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from('a\n'),
    }));
    await page.setInputFiles('input[type=file]', files);
    await page.getByText('and 295 more files').waitFor();
    expect(await item('many-').count()).toBe(5);
    await screenshot(page, 'many-uploads');
    await item('many-0').getByRole('button', { name: 'Stop' }).click();
    await page.getByText('and 294 more files').waitFor();
    await page.getByLabel('Search').fill('no such name');
    await page.getByText('No dataset matches "no such name".').waitFor();
  });

  test('cancel, process again, delete', async () => {
    const { page } = session;
    const held = await holdSuccess(session.server.dataDir);
    const shown = Promise.withResolvers<void>();
    await page.route('**/datasets', async (route) => {
      await shown.promise;
      await route.continue();
    });
    await choose('long.csv', `a,b\n${'long,1.5\n'.repeat(100_000)}`);
    await page.getByRole('progressbar', { name: 'Upload of long' }).waitFor();
    await screenshot(page, 'uploading');
    shown.resolve();
    await item('long').getByRole('button', { name: 'Cancel' }).click();
    await held.untilCancelIsAsked();
    await held.letGo();
    await item('long').getByText('The last run was cancelled.').waitFor();
    await screenshot(page, 'cancelled');
    const heldAgain = await holdSuccess(session.server.dataDir);
    await item('long').getByRole('button', { name: 'Process again' }).click();
    await item('long').getByText(/ %, /).waitFor();
    await screenshot(page, 'running');
    await heldAgain.letGo();
    await report('long').waitFor();
    await item('long').getByText('processed in').waitFor();
    await item('long').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Deleted long with its file and report.').waitFor();
    await screenshot(page, 'delete');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await report('long').waitFor();
    await item('long').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Deleted long').waitFor();
    await page.reload(); // whoever leaves does not undo
    await report('orders').waitFor();
    await item('long').waitFor({ state: 'detached' });
  });

  test('a lost connection is shown and heals: what was typed stays, a job that ran meanwhile is followed', async () => {
    const { page, server } = session;
    const held = await holdSuccess(server.dataDir);
    await choose('lasting.csv', 'a\n6\n');
    await page.getByLabel('Search').fill('LAST');
    await item('lasting').getByRole('button', { name: 'Cancel' }).waitFor();
    await held.letGo();
    const { port } = new URL(server.url);
    const lost = page.getByText('The connection is lost.');
    await server.restart({ PORT: port }, async () => {
      await lost.waitFor();
      await screenshot(page, 'lost');
      expect(await axeViolations(page)).toEqual([]);
    });
    await lost.waitFor({ state: 'detached' });
    await report('lasting').waitFor();
    expect(await page.getByLabel('Search').inputValue()).toBe('LAST');
    await page.getByLabel('Search').fill('');
    await choose('after.csv', 'a\n1\n2\n');
    await report('after').waitFor();
  });

  test('an outage of a service is shown, until it is over', async () => {
    const { page } = session;
    const detail =
      'Jobs cannot be handed over: the broker does not answer. ' +
      'They are kept and will start once the broker accepts them.';
    await page.route('**/ready', (route) =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ detail }) }),
    );
    await page.reload();
    await page.getByText(detail).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.unroute('**/ready');
    await page.reload();
    await page.getByRole('heading', { name: 'Dataset reports' }).waitFor();
    await page.getByText(detail).waitFor({ state: 'detached' });
  });

  test('hostile names, headers and cells are text', async () => {
    const { page } = session;
    const script = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    await choose(`${script.replaceAll('/', '')}.csv`, `"${script}",b\n"${script}",1\n"${script}",2\n`);
    await report('onerror').waitFor();
    await screenshot(page, 'hostile');
    await report('onerror').click();
    await page.frameLocator('iframe').getByText(script).first().waitFor();
    await screenshot(page, 'hostile-report');
  });

  test('search, filter, pages', async () => {
    const { page, server } = session;
    for (let i = 0; i < 30; i++) {
      const form = new FormData();
      form.set('name', `page ${i}`);
      form.set('file', new Blob([`a\n${i}\npage\n`], { type: 'text/csv' }), 'x.csv');
      await fetch(`${server.url}/datasets`, { method: 'POST', body: form });
    }
    await page.getByLabel('Search').fill('PAGE');
    await item('page 29').waitFor();
    expect(await item('page ').count()).toBe(25);
    await page.getByRole('button', { name: 'Next' }).click();
    await item('page 4').waitFor();
    expect(await item('page ').count()).toBe(5);
    await screenshot(page, 'pages');
    expect(await axeViolations(page)).toEqual([]);
    await page.reload();
    await item('page 4').waitFor();
    expect(await page.getByLabel('Search').inputValue()).toBe('PAGE');
    await page.getByRole('button', { name: 'Previous' }).click();
    await item('page 29').waitFor();
    await page.getByLabel('Search').fill('BAD');
    await item('page 29').waitFor({ state: 'detached' });
    await item('bad').waitFor();
    await page.getByLabel('Search').fill('or');
    await page.getByLabel('Status').selectOption('DONE');
    await item('orders').waitFor();
    await item('bad').waitFor({ state: 'detached' });
    await page.getByLabel('Search').fill('pols');
    await page.getByText('No dataset with the state "done" matches "pols".').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await item('page 29').waitFor();
    await page.getByLabel('Order').selectOption('name');
    await item('after').waitFor();
    expect(await page.locator('li.dataset h3').allTextContents()).toEqual(
      (await page.locator('li.dataset h3').allTextContents()).toSorted((a, b) =>
        a.toLowerCase() < b.toLowerCase() ? -1 : 1,
      ),
    );
    expect(new URL(page.url()).search).toBe('?order=name');
  });

  test('alerts by severity lead to the alerts; a dataset is renamed, and its report too', async () => {
    const { page } = session;
    await page.goto(`${session.server.url}/?search=orders`);
    await item('orders')
      .getByText(/^\d+ warnings?$/)
      .click();
    await page
      .frameLocator('iframe')
      .getByRole('heading', { name: /^Alerts/ })
      .waitFor();
    expect(new URL(page.url()).hash).toMatch(/\/alerts$/);
    await page.goBack();
    await item('orders').getByRole('button', { name: 'Rename' }).click();
    await screenshot(page, 'rename');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel('Name', { exact: true }).fill('spring orders');
    await page.keyboard.press('Enter');
    await report('spring orders').click();
    await page.frameLocator('iframe').getByRole('heading', { name: 'spring orders' }).waitFor();
    await page.goBack();
    await item('spring orders').getByRole('button', { name: 'Rename' }).click();
    await page.getByLabel('Name', { exact: true }).fill('orders');
    await page.getByRole('button', { name: 'Save' }).click();
    await report('orders').waitFor();
  });

  test('the address of an open report has its column; a reload keeps the place', async () => {
    const { page } = session;
    await page.goto(`${session.server.url}/?search=orders`);
    await report('orders').click();
    const inside = page.frameLocator('iframe');
    await inside.locator('#c4 h3 a').click();
    await page.waitForURL(/\/c4$/);
    await page.reload();
    await inside.locator('#c4').waitFor();
    await expect.poll(() => scrolled(page)).toBeGreaterThan(100);
    expect(await page.locator(':focus-visible').count()).toBe(0); // nobody has used the keyboard
    await inside.getByRole('button', { name: 'Compact' }).click();
    await page.waitForURL(/\/view=compact$/);
    await page.reload();
    await inside.getByRole('columnheader', { name: 'Median' }).waitFor();
  });

  test('rows open with an address of their own, and Back returns to the place in the report', async () => {
    const { page } = session;
    await page.goto(`${session.server.url}/?search=orders`);
    await report('orders').click();
    const inside = page.frameLocator('iframe');
    const link = inside.locator('a[href^="rows?"]').last();
    await link.scrollIntoViewIfNeeded();
    await expect.poll(() => scrolled(page)).toBeGreaterThan(100);
    await expect.poll(() => page.evaluate('history.state?.scroll ?? 0')).toBeGreaterThan(100);
    const before = await scrolled(page);
    await link.click();
    await page.waitForURL(/\/rows\?/);
    await page.goBack();
    await expect.poll(() => scrolled(page)).toBe(before);
  });

  test('printing from the application prints the whole report', async () => {
    const { page } = session;
    await page.goto(`${session.server.url}/?search=orders`);
    await report('orders').click();
    await page.frameLocator('iframe').getByRole('heading', { name: 'orders' }).waitFor();
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('body > div .card').count()).toBe(6);
    expect(await page.getByRole('navigation', { name: 'Report' }).isVisible()).toBe(false);
    await screenshot(page, 'printed');
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('navigation', { name: 'Report' }).waitFor();
    expect(await page.locator('body > div .card').count()).toBe(0);
  });

  test('a file that is dropped on an open report is uploaded', async () => {
    const { page } = session;
    await page.goto(`${session.server.url}/?search=orders`);
    await report('orders').click();
    await page.frameLocator('iframe').getByRole('heading', { name: 'orders' }).waitFor();
    await page.evaluate(`
      const inner = document.querySelector('iframe').contentWindow;
      const data = new DataTransfer();
      data.items.add(new File(['a\\n33\\n'], 'dropped-inside.csv', { type: 'text/csv' }));
      for (const type of ['dragover', 'drop'])
        inner.document.querySelector('h1').dispatchEvent(
          new inner.DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));`);
    await report('dropped-inside').waitFor();
  });

  test('phone width, dark: nothing is wider than the screen', async () => {
    await session.open({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    const { page } = session;
    await page.getByLabel('Status').selectOption('DONE');
    await report('orders').waitFor();
    expect(await wider()).toBeLessThanOrEqual(0);
    await screenshot(page, 'phone');
    expect(await axeViolations(page)).toEqual([]);
    await report('orders').click();
    await page.frameLocator('iframe').getByRole('heading', { name: 'orders' }).waitFor();
    expect(await wider()).toBeLessThanOrEqual(0);
    await screenshot(page, 'phone-report-inside');
    const markdown = page.getByRole('link', { name: 'Markdown' });
    expect(await markdown.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'More' }).click();
    const { x, width } = (await markdown.boundingBox())!;
    expect(x).toBeGreaterThan(0);
    expect(x + width).toBeLessThanOrEqual(360);
    await screenshot(page, 'phone-report-more');
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await markdown.waitFor({ state: 'hidden' });
  });
});
