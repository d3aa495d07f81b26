import type { Group } from './schema.ts';

/** The JSON of a VARIANT. @param members the JSON of its members by name */
export function variantText(_node: Group, members: ReadonlyMap<string, string>): string {
  return `{${[...members].map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}
