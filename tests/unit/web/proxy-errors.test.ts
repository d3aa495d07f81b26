import { expect, test } from 'vitest';
import { isOwnResponse, proxyError } from '../../../src/web/proxy-errors.ts';

test('a response of the service is known by its type', () => {
  for (const type of [
    'application/json; charset=utf-8',
    'application/problem+json',
    'application/graphql-response+json; charset=utf-8',
  ])
    expect(isOwnResponse(type), type).toBe(true);
  for (const type of [null, '', 'text/html', 'text/plain; charset=utf-8', 'application/jsonp'])
    expect(isOwnResponse(type), String(type)).toBe(false);
});

test.each([
  [413, /refuses files of this size \(5\.2 MB\).*client_max_body_size/],
  [408, /gave up waiting for the file/],
  [502, /gets no answer from it \(502\)/],
  [503, /gets no answer from it \(503\)/],
  [504, /gave up waiting for its answer \(504\)/],
  [403, /answered instead of it \(403\)/],
  [200, /answered instead of it \(200\)/],
])('a %i of a proxy in front of the service is explained', (status, sentence) => {
  expect(proxyError(status, 5_200_000)).toMatch(sentence);
});
