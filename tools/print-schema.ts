// Writes the printed GraphQL schema, which is committed so that a change of the API is seen in review; with --check it
// only compares, and ends with 1 where the file is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from '../src/api/graphql/schema.ts';

const file = new URL('../src/api/graphql/schema.graphql', import.meta.url);
const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;
if (!process.argv.includes('--check')) writeFileSync(file, printed);
else if (readFileSync(file, 'utf8') !== printed) {
  console.error('Out of date: src/api/graphql/schema.graphql. Run npm run codegen and look at the difference.');
  process.exitCode = 1;
}
