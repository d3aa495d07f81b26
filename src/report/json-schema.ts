declare const valueType: unique symbol;

/**
 * A JSON Schema (2020-12) with the TypeScript type of the values that it describes: the type is made from the schema,
 * so the two cannot differ. The type may be narrower than the schema (a code among texts) or wider where JSON has one
 * number and TypeScript two (`number | bigint`).
 */
export interface Schema<T> {
  readonly description?: string;
  readonly [keyword: string]: unknown;
  /** Only in the types: no value has this member. */
  readonly [valueType]?: T;
}

/** A member of an object that may be missing. */
interface Optional<T> {
  readonly optional: Schema<T>;
}

type Members = Record<string, Schema<unknown> | Optional<unknown>>;
type Flat<T> = { [K in keyof T]: T[K] };
type ObjectOf<M extends Members> = Flat<
  { [K in keyof M as M[K] extends Optional<unknown> ? never : K]: M[K] extends Schema<infer T> ? T : never } & {
    [K in keyof M as M[K] extends Optional<unknown> ? K : never]?: M[K] extends Optional<infer T> ? T : never;
  }
>;

/** The TypeScript type of the values of a schema. */
export type TypeOf<S> = S extends Schema<infer T> ? T : never;

/** A whole number from `minimum` on. */
export const integer = (description: string, minimum: number): Schema<number> => ({
  description,
  type: 'integer',
  minimum,
});

/** A schema of the keywords that are given, and of the values that the caller names. */
export const schemaOf = <T>(description: string, keywords: object): Schema<T> => ({ description, ...keywords });

/** A finite number. */
export const number = (description: string): Schema<number> => schemaOf(description, { type: 'number' });
/** A text; `T` narrows its type where only some texts occur. */
export const text = <T extends string = string>(description: string): Schema<T> =>
  schemaOf(description, { type: 'string' });
/** True or false. */
export const boolean = (description: string): Schema<boolean> => schemaOf(description, { type: 'boolean' });
/** One of these texts. */
export const oneOf = <const T extends string>(description: string, values: readonly T[]): Schema<T> =>
  schemaOf(description, { enum: values });
/** An array. @param limits `minItems`, `maxItems` */
export const list = <T>(description: string, items: Schema<T>, limits: object = {}): Schema<T[]> =>
  schemaOf(description, { type: 'array', items, ...limits });
/** An object whose keys are data, names of columns for instance. */
export const dictionary = <T>(description: string, values: Schema<T>): Schema<Record<string, T>> =>
  schemaOf(description, { type: 'object', additionalProperties: values });

/** Marks a member of an object that may be missing. */
export const optional = <T>(schema: Schema<T>): Optional<T> => ({ optional: schema });

/** An object with these members and no others. */
export function object<M extends Members>(description: string, members: M): Schema<ObjectOf<M>> {
  const isOptional = (member: Members[string]): member is Optional<unknown> => 'optional' in member;
  const entries = Object.entries(members);
  return schemaOf(description, {
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([name, member]) => [name, isOptional(member) ? member.optional : member]),
    ),
    required: entries.filter(([, member]) => !isOptional(member)).map(([name]) => name),
    additionalProperties: false,
  });
}
