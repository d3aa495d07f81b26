import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findChromium, openBrowser } from './browser.ts';
import { startServer, type TestServer } from './server.ts';

const SENTENCE =
  'The browser tests need a Chromium: install one (Debian: apt-get install chromium) or name it in CHROMIUM.';

/** A running product and a page of it; set anew for each test. */
export interface BrowserSession {
  server: TestServer;
  context: BrowserContext;
  page: Page;
  /** Opens another page instead of the first. */
  open(options?: Parameters<Browser['newContext']>[0]): Promise<void>;
}

/**
 * Runs tests in a real browser. A request to anywhere else, an error of a script, a dialog and what a policy forbids
 * fail the test. Without a Chromium there is one test that says so, and fails in CI.
 */
export function browserTests(tests: (session: BrowserSession) => void, settings: Record<string, string> = {}): void {
  if (!findChromium()) {
    console.warn(SENTENCE);
    test(SENTENCE, () => expect(process.env.CI).toBeFalsy());
    return;
  }
  let browser: Browser;
  let faults: string[] = [];
  const session: BrowserSession = {
    server: undefined as never,
    context: undefined as never,
    page: undefined as never,
    async open(options = {}) {
      await session.context?.close();
      session.context = await browser.newContext(options);
      const page = await session.context.newPage();
      session.page = page;
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(session.server.url) && !/^(data|blob|file):/.test(url)) faults.push(`request to ${url}`);
      });
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('dialog', (dialog) => {
        if (dialog.type() !== 'beforeunload') faults.push(`dialog ${dialog.message()}`);
        void dialog.accept();
      });
      page.on('console', (message) => {
        if (/Content Security Policy/.test(message.text())) faults.push(message.text());
      });
      await page.goto(session.server.url);
    },
  };
  beforeAll(async () => {
    session.server = await startServer(settings);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await session.server?.stop();
  });
  beforeEach(async () => {
    faults = [];
    await session.open();
  });
  afterEach(() => expect(faults).toEqual([]));
  tests(session);
}

/** Uploads a file by REST and waits until it is processed. @returns the dataset's id */
export async function processed(server: TestServer, name: string, text: string | Buffer): Promise<string> {
  const form = new FormData();
  form.set('name', name.replace(/\.[a-z]+$/, ''));
  form.set('file', new Blob([text as never]), name);
  const { id } = (await (await fetch(`${server.url}/datasets`, { method: 'POST', body: form })).json()) as {
    id: string;
  };
  const { job_id } = (await (await fetch(`${server.url}/datasets/${id}/process`, { method: 'POST' })).json()) as {
    job_id: string;
  };
  await (await fetch(`${server.url}/jobs/${job_id}/events`)).text(); // ends with the job
  return id;
}
