import diagnostics from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openapiDocument } from '../../../src/api/rest/document.ts';
import { createServer } from '../../../src/api/server.ts';
import type { Services } from '../../../src/api/services.ts';
import { readConfig } from '../../../src/core/config.ts';
import { encodeCursor } from '../../../src/services/paging.ts';

const ID = '00000000-0000-4000-8000-000000000000';
/** What is no part of the API that the document describes. */
const OTHERS = /^(\/docs.*|\/assets\/.*|\/graphql|\/)$/;

let app: FastifyInstance;
const routes = new Map<string, unknown>(); // 'GET /datasets/{id}' and what the route is held to

beforeAll(async () => {
  const watch = (message: unknown) => {
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url, config }) => {
      for (const name of [method].flat())
        routes.set(`${name} ${url.replace(/:(\w+)/g, '{$1}')}`, config?.operation ?? null);
    });
  };
  diagnostics.subscribe('fastify.initialization', watch);
  // what is refused here is refused before a service is asked
  app = await createServer({
    config: readConfig({}),
    log: { warn() {}, error() {}, info() {} },
    progress: { close() {} },
  } as unknown as Services);
  diagnostics.unsubscribe('fastify.initialization', watch);
  await app.ready();
});
afterAll(() => app?.close());

const described = Object.entries(openapiDocument.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
);

test('the document has every route of the server, and no other', () => {
  const served = [...routes.keys()].filter((name) => {
    const [method, path] = name.split(' ') as [string, string];
    return method !== 'HEAD' && !OTHERS.test(path);
  });
  expect(served.sort()).toEqual(described.map(([name]) => name).sort());
});

test('it has the version of the package', () => {
  expect(openapiDocument.info.version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
});

test('each route has its operation of the document', () => {
  for (const [name, operation] of described)
    if (!operation.tags.includes('service')) expect(routes.get(name), name).toBe(operation);
});

test('every operation has a name of its own, a good answer, and refusals that are defined', () => {
  const ids = described.map(([, { operationId }]) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [name, { responses }] of described) {
    const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    expect(good.length, name).toBeGreaterThan(0);
    for (const [status, answer] of good) expect('content' in (answer as object) || status === '204', name).toBe(true);
    for (const answer of Object.values(responses) as { $ref?: string }[]) {
      const code = answer.$ref?.split('/').at(-1);
      if (code) expect(openapiDocument.components.responses).toHaveProperty(code);
    }
  }
});

const refused = async (url: string, method = 'GET', headers: Record<string, string> = {}) => {
  const response = await app.inject({ url, method: method as 'GET', headers });
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const { status, code, detail } = response.json();
  expect(status).toBe(response.statusCode);
  return [status, code, detail];
};

test.each([
  ['', undefined, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['{"name":"x"}', 'text/plain', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['name=x', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['', 'application/json', 400, 'BAD_REQUEST'],
  ['{', 'application/json', 400, 'BAD_REQUEST'],
  [Buffer.from('{"name":"caf\xe9"}', 'latin1'), 'application/json; charset=latin1', 400, 'BAD_REQUEST'],
  ['["x"]', 'application/json', 400, 'BAD_REQUEST'],
  ['{"name":"x","status":"done"}', 'application/json', 400, 'BAD_REQUEST'],
  ['{}', 'application/json', 422, 'UNPROCESSABLE'],
  ['{"name":7}', 'application/json; charset=utf-8', 422, 'UNPROCESSABLE'],
  ['{"name":" "}', 'application/json', 422, 'UNPROCESSABLE'],
  [JSON.stringify({ name: 'x'.repeat(70_000) }), 'application/json', 413, 'PAYLOAD_TOO_LARGE'],
])('a new name has to be one: %.40j as %s', async (payload, type, status, code) => {
  const headers = type === undefined ? {} : { 'content-type': type };
  const response = await app.inject({ url: `/datasets/${ID}`, method: 'PATCH', headers, payload });
  expect([response.statusCode, response.json().code]).toEqual([status, code]);
});

const CURSOR = encodeCursor(new Date(), ID);
test.each([
  ['/datasets?first=0', /whole number/],
  ['/datasets?first=1001', /whole number/],
  ['/datasets?first=5.0', /whole number/],
  ['/datasets?first=05', /whole number/],
  ['/datasets?first=%2B5', /whole number/],
  ['/datasets?first=', /"first" is empty/],
  ['/datasets?first', /"first" is empty/],
  ['/datasets?first=1&first=1', /"first" is given more than once/],
  ['/datasets?after=x', /not a cursor/],
  [`/datasets?after=${CURSOR}&after=${CURSOR}`, /"after" is given more than once/],
  [`/datasets?after=${CURSOR.toUpperCase().replace('0', 'G')}`, /not a cursor/],
  ['/datasets?order=Name', /"order" must be one of -uploaded_at, uploaded_at, -name, name/],
  [`/datasets?order=name&after=s1_${ID}`, /another order/],
  ['/datasets?status=Done', /"status" must be one of uploaded, processing, done, failed/],
  ['/datasets?stauts=done', /Unknown query parameter "stauts"\. This operation takes first, after, status, order\./],
  ['/jobs?state=done', /"state" must be one of/],
  ['/jobs?dataset_id=7', /is not a UUID/],
  [`/datasets/${ID}?first=1`, /Unknown query parameter "first"\. This operation takes none\./],
  [`/datasets/${ID}/process?force=1`, /"force" must be one of true, false/, 'POST'],
  ['/datasets?name=x', /Unknown query parameter "name"/, 'POST'],
  [`/datasets/${ID}/rows?rows=1&where=%7B%22bad%22:true%7D`, /Use either "rows" or "where", not both/],
  [`/datasets/${ID}/rows?rows=1&first=5`, /Use either "rows" or "first", not both/],
  [`/datasets/${ID}/rows?where=`, /"where" is empty/],
  [`/datasets/${ID}/rows?where=%7B%22bad%22:true%7D&where=`, /"where" is empty/],
  [`/datasets/${ID}/rows?where=bad`, /"where" is not valid JSON: write a condition like/],
  [`/datasets/${ID}/rows?where=5`, /A condition is an object/],
  [`/datasets/${ID}/rows?where=%7B%22size%22:5%7D`, /Unknown condition "size". All: column, in, /],
  [`/datasets/${ID}/rows?where=%7B%22bad%22:5%7D`, /"bad" must be true or false/],
  [`/datasets/${ID}/rows?first=0`, /"first" must be a whole number from 1 to 1,000/],
  [`/datasets/${ID}/rows?first=1001`, /"first" must be/],
  [`/datasets/${ID}/rows?after=5`, /"after" is not a cursor of rows/],
  [`/datasets/${ID}/rows?count=1`, /"count" must be one of true, false/],
  [`/datasets/${ID}/rows?count=true&format=csv`, /"count" is part of the JSON alone/],
  [`/datasets/${ID}/rows?rows=1&rows=2`, /"rows" is given more than once/],
  [`/datasets/${ID}/rows?rows=2-1`, /ascending ranges/],
  [`/datasets/${ID}/rows?rows=01`, /row numbers from 1/],
  [`/datasets/${ID}/rows?rows=1&format=xml`, /"format" must be one of json, csv, html/],
  [`/datasets/${ID}/report.csv?spreadsheet=yes`, /"spreadsheet" must be one of true, false/],
  [`/datasets/${'x'.repeat(600)}`, /./],
  ['/datasets/%zz', /./],
])('what the document does not take is a bad request: %.60s', async (url, sentence, method = 'GET') => {
  expect(await refused(url, method)).toEqual([400, 'BAD_REQUEST', expect.stringMatching(sentence)]);
});

test.each([
  ['PUT', {}],
  ['QUERY', {}],
  ['POST', { 'content-type': 'application/json' }],
  ['DELETE', { 'content-type': 'none' }],
])('another method is refused before its body is looked at: %s', async (method, headers) => {
  const [status, code] = await refused('/jobs', method, headers);
  expect([status, code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
  expect((await app.inject({ url: '/jobs', method: method as 'PUT', headers })).headers.allow).toBe('GET, HEAD');
  expect((await refused('/nothing', method, headers))[0]).toBe(404);
});
