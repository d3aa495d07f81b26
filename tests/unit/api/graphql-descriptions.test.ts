import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { expect, test } from 'vitest';

// as it is printed, which another check compares with the code
const schema = buildSchema(readFileSync('src/api/graphql/schema.graphql', 'utf8'));

interface Thing {
  /** `Dataset.jobs(first:)` */
  path: string;
  name: string;
  description: string | null | undefined;
}

/** Everything of a schema that can have a description, but for what every schema has. */
function* things(of: GraphQLSchema): Generator<Thing> {
  for (const type of Object.values(of.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    yield { path: type.name, name: type.name, description: type.description };
    if (isUnionType(type)) continue;
    const at = (name: string) => `${type.name}.${name}`;
    if (isEnumType(type))
      for (const { name, description } of type.getValues()) yield { path: at(name), name, description };
    else if (isInputObjectType(type))
      for (const { name, description } of Object.values(type.getFields())) yield { path: at(name), name, description };
    else if (isObjectType(type) || isInterfaceType(type)) {
      for (const { name, description, args } of Object.values(type.getFields())) {
        yield { path: at(name), name, description };
        for (const arg of args) yield { ...arg, path: `${at(name)}(${arg.name}:)`, description: arg.description };
      }
    }
  }
}

const FILLERS = new Set(['a', 'an', 'the', 'of', 'its', 'is', 'this', 'that', 'it', 'in', 'one', 'for']);
const wordsOf = (text: string) =>
  text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !FILLERS.has(word))
    .map((word) => word.replace(/s$/, ''));

/** What is wrong with a description; undefined where nothing is. */
function fault({ path, description }: Thing): string | undefined {
  const text = description?.trim() ?? '';
  if (text === '') return `${path} has no description`;
  const known = new Set(wordsOf(path));
  if (wordsOf(text).every((word) => known.has(word))) return `${path} is described by its own name: ${text}`;
  if (!/[.!?)`]$/.test(text)) return `${path} is described by something that is no sentence: ${text}`;
  return undefined;
}
const faults = (of: GraphQLSchema) => [...things(of)].map(fault).filter((each) => each !== undefined);

test('every type, field, argument and enum value has a description that says more than its name', () => {
  expect([...things(schema)].length).toBeGreaterThan(180);
  expect(faults(schema)).toEqual([]);
});

test('what is missing, empty or only the name again is found', () => {
  const poor = buildSchema(`
    "What can be read."
    type Query {
      "The size of the file."
      fileSize(unit: Unit, "Bytes, not kB." most: Int): Int
      " "
      name: String
      "How many rows there are."
      rows: Int
    }
    enum Unit { "A bit of it." BIT "The byte." BYTE }
  `);
  expect(faults(poor)).toEqual([
    'Query.fileSize is described by its own name: The size of the file.',
    'Query.fileSize(unit:) has no description',
    'Query.name has no description',
    'Unit has no description',
    'Unit.BIT is described by its own name: A bit of it.',
    'Unit.BYTE is described by its own name: The byte.',
  ]);
});

test('fields of the report have the descriptions of its JSON Schema', () => {
  const report = schema.getType('ReportColumn');
  expect(isObjectType(report) && report.getFields().nullCount?.description).toBe(
    'Nulls: rows in which the column has no value.',
  );
  expect(isObjectType(report) && report.getFields().resembles?.description).toMatch(/Null where/);
});
