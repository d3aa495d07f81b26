// Writes the printed GraphQL schema, which is committed so that a change of the API is seen in review.
import { writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from '../src/api/graphql/schema.ts';

writeFileSync(new URL('../src/api/graphql/schema.graphql', import.meta.url), `${printSchema(lexicographicSortSchema(schema))}\n`);
