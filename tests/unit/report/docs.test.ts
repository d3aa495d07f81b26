import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reportSchema } from '../../../src/report/report-schema.ts';
import { alertTable, reportDocs } from '../../../tools/print-report-docs.ts';

const OUTDATED = 'run node tools/print-report-docs.ts and look at the difference';

test('docs/report.md is what the JSON Schema describes', () => {
  expect(readFileSync('docs/report.md', 'utf8'), OUTDATED).toBe(reportDocs());
});

test('docs/alerts.md has the table of alerts', () => {
  expect(readFileSync('docs/alerts.md', 'utf8'), OUTDATED).toContain(alertTable());
});

/** Every schema of a value within a schema, with its path. */
function* schemasOf(schema: object, path: string): Generator<[string, { description?: string }]> {
  yield [path, schema];
  const { properties = {}, items, additionalProperties } = schema as Record<string, object>;
  for (const [name, member] of Object.entries(properties)) yield* schemasOf(member, `${path}.${name}`);
  if (items) yield* schemasOf(items, `${path}[]`);
  if (additionalProperties) yield* schemasOf(additionalProperties, `${path}{}`);
}

test('every member has a description', () => {
  const all = [...schemasOf(reportSchema, '')];
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter(([, { description = '' }]) => !/^[A-Z`q].{3,}/.test(description)).map(([path]) => path)).toEqual(
    [],
  );
});
