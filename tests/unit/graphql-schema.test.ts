import { readFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/api/graphql/schema.ts';

test('schema.graphql is the printed schema (npm run codegen writes it)', () => {
  expect(`${printSchema(lexicographicSortSchema(schema))}\n`).toBe(readFileSync('src/api/graphql/schema.graphql', 'utf8'));
});
