import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { camelCase, snakeCase } from './names.ts';

/** What a JSON Schema says about a value and its members. */
export interface Described {
  description?: string;
  properties?: Record<string, Described>;
  items?: Described;
  additionalProperties?: Described | false;
}

/**
 * Gives the fields of an object type the descriptions that the JSON Schema of the same value has for its members, and
 * so on below it: a member is described once. Fields that have a description keep it; types have their own.
 * @param name of an object type
 */
export function describeFields(schema: GraphQLSchema, name: string, value: Described): void {
  const members = value.properties ?? {};
  for (const field of fieldsOf(schema, name)) {
    const key = snakeCase(field.name);
    const member = Object.hasOwn(members, key) ? members[key]! : undefined;
    if (!member) continue;
    field.description ??= member.description && inGraphql(member.description, Object.keys(members));
    // `[Alert!]!`: the functions of graphql refuse types of another copy of that package, as a test runner loads one
    const printed = String(field.type);
    const inner = printed.replaceAll(/[[\]!]/g, '');
    if (member.items) describeFields(schema, inner, member.items);
    else if (printed.startsWith('[') && member.additionalProperties)
      describeEntry(schema, inner, member.additionalProperties);
    else describeFields(schema, inner, member);
  }
}

/** An entry of an object whose keys are data: beside the key it has the members of the value, or the value itself. */
function describeEntry(schema: GraphQLSchema, name: string, value: Described): void {
  if (value.properties) describeFields(schema, name, value);
  else for (const field of fieldsOf(schema, name)) field.description ??= value.description;
}

function fieldsOf(schema: GraphQLSchema, name: string) {
  const type = schema.getType(name);
  return type && 'getFields' in type ? Object.values((type as GraphQLObjectType).getFields()) : [];
}

/** A description may name other members of its object; a member that may be missing is a field that may be null. */
const inGraphql = (text: string, members: string[]): string =>
  members
    .reduce((described, member) => described.replaceAll(`\`${member}\``, `\`${camelCase(member)}\``), text)
    .replaceAll('Missing where', 'Null where')
    .replaceAll('are missing.', 'are null.');
