// The schema of Spark that it leaves in the footer: the one place where Spark 4.0 says that two columns of bytes are a
// variant. Later versions use the logical type VARIANT.

import type { FileMetaData } from 'hyparquet';
import { elementOf, type Group, type Node } from './schema.ts';

const KEY = 'org.apache.spark.sql.parquet.row.metadata';

/** A type: its name, or an object that has its kind in `type`. */
type SparkType = unknown;

/** Makes variants of the nodes that Spark calls so. */
export function markVariants(columns: readonly Node[], { key_value_metadata: pairs }: FileMetaData): void {
  const value = pairs?.find(({ key }) => key === KEY)?.value;
  if (value?.includes('"variant"')) markMembers(columns, parsed(value));
}
function parsed(text: string): SparkType {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not what it should be: the bytes stay bytes
  }
}

const member = (type: SparkType, name: string): SparkType =>
  typeof type === 'object' && type !== null ? (type as Record<string, SparkType>)[name] : undefined;

function markMembers(nodes: readonly Node[], type: SparkType): void {
  const fields = member(type, 'fields');
  if (!Array.isArray(fields)) return;
  const byName = new Map(fields.map((field: SparkType) => [member(field, 'name'), member(field, 'type')]));
  for (const node of nodes) mark(node, byName.get(node.name));
}
function mark(node: Node, type: SparkType): void {
  if (node.kind === 'leaf') return;
  if (type === 'variant') {
    if (isVariant(node)) node.kind = 'variant';
    if (node.kind === 'variant' && node.repetition !== 'REPEATED') node.typeName = 'VARIANT';
  } else if (node.kind === 'list') mark(elementOf(node).element, member(type, 'elementType'));
  else if (node.kind === 'map') {
    const value = (node.children[0] as Group).children[1];
    if (value) mark(value, member(type, 'valueType'));
  } else if (node.kind === 'struct') markMembers(node.children, type);
}

/** `value` and `metadata`, bytes both. */
const isVariant = ({ children }: Group) =>
  children.length === 2 &&
  ['value', 'metadata'].every((name) =>
    children.some((child) => child.name === name && child.kind === 'leaf' && child.type.meaning.kind === 'binary'),
  );
