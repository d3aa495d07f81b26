import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { screenshot } from '../support/browser.ts';
import { browserTests, processed } from '../support/browser-session.ts';

browserTests((session) => {
  let foreign: Server;
  let foreignUrl: string;
  let page = '';
  beforeAll(async () => {
    foreign = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(page));
    await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
    foreignUrl = `http://localhost:${(foreign.address() as AddressInfo).port}`;
  });
  afterAll(() => foreign.close());

  test('GraphiQL works under its policy: it knows the schema and runs a query', async () => {
    await session.page.goto(
      `${session.server.url}/graphql?query=${encodeURIComponent('{ datasets { edges { node { id } } } }')}`,
    );
    await session.page
      .getByRole('button', { name: /execute/i })
      .first()
      .click();
    await session.page.locator('.result-window', { hasText: '"datasets"' }).waitFor();
    await screenshot(session.page, 'graphiql');
  });

  test('GraphiQL opens with queries of this API, and runs the one that is chosen', async () => {
    // nothing is kept of what it had open before
    const context = await session.context.browser()!.newContext();
    const page = await context.newPage();
    await page.goto(`${session.server.url}/graphql`);
    await page.getByText('# Seven examples.').waitFor();
    await page
      .getByRole('button', { name: /execute/i })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Lists' }).click();
    await page.locator('.result-window', { hasText: '"totalCount"' }).waitFor();
    await screenshot(page, 'graphiql-examples');
    await context.close();
  });

  test('the API documentation works under its policy', async () => {
    await session.page.goto(`${session.server.url}/docs`);
    await session.page.getByText('List datasets, newest first').waitFor();
    await screenshot(session.page, 'docs');
  });

  test('a page of another origin changes nothing and reads nothing', async () => {
    const id = await processed(session.server, 'kept.csv', 'id\n1\n2\n');
    const { server } = session;
    const context = await session.context.browser()!.newContext(); // its requests go elsewhere, which is no fault here
    const visitor = await context.newPage();
    page = `<!doctype html><title>another page</title>
      <form id="form" method="post" enctype="multipart/form-data" action="${server.url}/datasets" target="frame">
      <input name="name" value="planted"><input name="file" value="x"></form><iframe name="frame"></iframe>`;
    await visitor.goto(foreignUrl);
    const outcomes = await visitor.evaluate(
      async ([url, dataset]) => {
        const form = () => {
          const data = new FormData();
          data.set('name', 'planted');
          data.set('file', new Blob(['id\n9\n'], { type: 'text/csv' }), 'planted.csv');
          return data;
        };
        const graphql = () => {
          const data = new FormData();
          data.set('operations', JSON.stringify({ query: `mutation { deleteDataset(id: "${dataset}") }` }));
          data.set('map', '{}');
          return data;
        };
        const attempt = async (work: () => Promise<Response>) => {
          try {
            const response = await work();
            return `${response.type} ${response.status}`;
          } catch {
            return 'refused';
          }
        };
        (document.getElementById('form') as HTMLFormElement).submit();
        return Promise.all([
          attempt(() => fetch(`${url}/datasets`, { method: 'POST', body: form() })),
          attempt(() => fetch(`${url}/datasets`, { method: 'POST', body: form(), mode: 'no-cors' })),
          attempt(() => fetch(`${url}/graphql`, { method: 'POST', body: graphql(), credentials: 'include' })),
          attempt(() =>
            fetch(`${url}/graphql`, {
              method: 'POST',
              body: '{"query":"{ datasets { edges { node { id } } } }"}',
              headers: { 'content-type': 'application/json' },
            }),
          ),
          attempt(() => fetch(`${url}/datasets/${dataset}`, { method: 'DELETE' })),
          attempt(() => fetch(`${url}/datasets`)),
          new Promise<string>((resolve) => {
            const socket = new WebSocket(`${url!.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
            socket.onopen = () => resolve('open');
            socket.onerror = () => resolve('refused');
          }),
        ]);
      },
      [server.url, id] as const,
    );
    expect(outcomes).toEqual(outcomes.map(() => 'refused'));
    await context.close();
    const { items } = (await (await fetch(`${server.url}/datasets`)).json()) as {
      items: { name: string; id: string }[];
    };
    expect(items.map(({ name }) => name)).not.toContain('planted');
    expect(items.map((item) => item.id)).toContain(id);
  });
});
