import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { expect, test } from 'vitest';
import { reportSchema } from '../../../src/report/report-schema.ts';

/** What a GraphQL type and the JSON Schema of the same value must have in common. */
interface JsonSchema {
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | false;
}

/** Members of the report's text alone, and fields of GraphQL alone. */
const TEXT_ONLY = ['.schema_version'];
const GRAPHQL_ONLY = ['.created_at', '.json'];
/** Fields that hold the key of an entry. */
const KEYS = ['column', 'token'];
/** JSON Schema's types of each scalar; of a `JSON` any. */
const SCALARS: Record<string, string> = { BigInt: 'integer', Int: 'integer', Float: 'number', Boolean: 'boolean' };

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The differences between a GraphQL type and the JSON Schema of the same value, as sentences. */
function* differences(type: GraphQLOutputType, json: JsonSchema, path: string): Generator<string> {
  if (isNonNullType(type)) yield* differences(type.ofType, json, path);
  else if (isListType(type) && json.type === 'array') yield* differences(type.ofType, json.items!, `${path}[]`);
  else if (isListType(type)) yield* entryDifferences(type.ofType, json, path);
  else if (isObjectType(type)) yield* memberDifferences(type, json, path);
  else if (isEnumType(type)) {
    const values = type.getValues().map(({ name }) => name.toLowerCase());
    if (JSON.stringify(values.toSorted()) !== JSON.stringify(json.enum?.toSorted())) yield `${path}: other values`;
  } else if (isScalarType(type)) {
    const expected = SCALARS[type.name];
    const found = json.enum ? 'string' : [json.type].flat()[0]; // GraphQL has no type for null alone
    const isRight =
      type.name === 'JSON' || (expected ? expected === found : type.name === 'String' && found === 'string');
    if (!isRight) yield `${path}: ${type.name} is not ${found}`;
  }
}

/** An object whose keys are data is a list of entries in GraphQL: the key, then the value or its members. */
function* entryDifferences(type: GraphQLOutputType, json: JsonSchema, path: string): Generator<string> {
  const entry = isNonNullType(type) ? type.ofType : type;
  if (!isObjectType(entry) || !json.additionalProperties) {
    yield `${path}: a list is not an object`;
    return;
  }
  const value = json.additionalProperties;
  const fields = Object.keys(entry.getFields());
  const key = fields.find((name) => KEYS.includes(name));
  const others = fields.filter((name) => name !== key);
  if (!key) yield `${path}: none of ${fields} is the key`;
  else if (value.properties) yield* memberDifferences(entry, value, `${path}{}`, key);
  else if (others.length !== 1) yield `${path}: fields besides the key are ${others}`;
  else yield* differences(entry.getFields()[others[0]!]!.type, value, `${path}{}`);
}

function* memberDifferences(type: GraphQLObjectType, json: JsonSchema, path: string, key = ''): Generator<string> {
  const fields = new Map(Object.values(type.getFields()).map((field) => [snakeCase(field.name), field.type]));
  fields.delete(key);
  const members = json.properties ?? {};
  for (const name of Object.keys(members))
    if (!fields.has(name) && !TEXT_ONLY.includes(`${path}.${name}`)) yield `${path}.${name} is missing in GraphQL`;
  for (const [name, field] of fields) {
    const member = `${path}.${name}`;
    if (GRAPHQL_ONLY.includes(member)) continue;
    if (!members[name]) yield `${member} is missing in the JSON Schema`;
    else {
      const isNullable = !json.required!.includes(name) || [members[name].type].flat().includes('null');
      if (isNullable && isNonNullType(field)) yield `${member} may be missing or null`;
      yield* differences(field, members[name], member);
    }
  }
}

// as it is printed, which another check compares with the code
const schema = buildSchema(readFileSync('src/api/graphql/schema.graphql', 'utf8'));
const report = schema.getType('Report') as GraphQLObjectType;

test('GraphQL has every member of the report, and no other', () => {
  expect([...differences(report, reportSchema as JsonSchema, '')]).toEqual([]);
});

test('a member that one of the two lacks is found', () => {
  const { anomalies, ...others } = (reportSchema as JsonSchema).properties!;
  const { outliers } = anomalies!.properties!;
  const other: JsonSchema = {
    ...(reportSchema as JsonSchema),
    properties: { ...others, anomalies: { ...anomalies, properties: { outliers: outliers!, keys: {} } } },
  };
  expect([...differences(report, other, '')]).toEqual([
    '.anomalies.keys is missing in GraphQL',
    '.anomalies.duplicates is missing in the JSON Schema',
  ]);
});
