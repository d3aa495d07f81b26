import { expect, test } from 'vitest';
import { previewing, processing, uploadForm } from '../../../../src/api/rest/request-bodies.ts';
import { givenOptions, givenOptionsIn } from '../../../../src/services/reading-options.ts';

// The page of the document fills in the first example; without one it makes up a value of each option.

test.each([
  ['process', processing],
  ['preview', previewing],
])('the first example of %s says nothing, the others have options that can be', (_, body) => {
  const [first, ...others] = Object.values(body.content['application/json'].examples).map(({ value }) => value);
  expect(first).toEqual({});
  expect(others.length).toBeGreaterThan(0);
  for (const { options } of others as { options: object }[]) expect(givenOptions(options)).toEqual(options);
});

test('fields of the form for an upload have examples that are taken', () => {
  const { properties } = uploadForm.content['multipart/form-data'].schema as unknown as {
    properties: Record<'name' | 'options', { examples: string[]; contentMediaType?: string }>;
  };
  expect(properties.name.examples).toEqual(['January sales']);
  expect(properties.options.examples.map(givenOptionsIn)).toEqual([undefined]);
  expect(properties.options.contentMediaType).toBeUndefined(); // it would ask for a file, which is refused
});
