import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { schema } from '../../../src/api/graphql/schema.ts';
import { openapiDocument } from '../../../src/api/rest/document.ts';
import { VERSION } from '../../../src/core/version.ts';

// tests/e2e/cli.test.ts compares that of the command

test('the API has the version of the package, by REST and GraphQL', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(VERSION).toBe(version);
  expect(openapiDocument.info.version).toBe(version);
  const { resolve } = schema.getQueryType()!.getFields().version!;
  expect(resolve!({}, {}, {} as never, {} as never)).toBe(version);
});
