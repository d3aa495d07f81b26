// Variants whose members are stored in columns of their own,
// https://github.com/apache/parquet-format/blob/master/VariantShredding.md

import { elementOf, type Group, type Node } from './schema.ts';
import { variantJson, variantMembers, variantNames } from './variant.ts';

/** How nested values are assembled (assemble.ts). */
export interface Assembling {
  assembler(node: Node): () => string;
  /** Calls `value` where the node has one, else takes its entries and gives null. */
  optional(node: Node, value: () => string): () => string;
  listOf(repeated: Node, element: () => string): () => string;
}

/** What a shredded value may be instead of JSON: it is not there. */
const MISSING = '';

const childOf = ({ children }: Group, name: string) => children.find((child) => child.name === name);
/** The bytes of a text of value-text.ts. */
const bytesOf = (text: string): Buffer => Buffer.from(text.slice(3, -1), 'hex');

/** The JSON of a VARIANT. @throws Error for a schema that is none */
export function variantAssembler(node: Group, parts: Assembling): () => string {
  const metadataNode = childOf(node, 'metadata');
  if (metadataNode?.kind !== 'leaf') throw new Error(`the variant "${node.name}" has no metadata`);
  const metadata = parts.assembler(metadataNode);
  let known = '';
  let names: string[] = [];
  const value = shreddedValue(node, () => names, parts);
  return () => {
    const text = metadata();
    if (text !== known) {
      known = text;
      names = variantNames(bytesOf(text));
    }
    return value() || 'null';
  };
}

type Member = [name: string, text: string];
/** Members in the order of their names, as they are stored where they are not shredded. */
const objectOf = (members: Member[]): string =>
  `{${members
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`)
    .join(',')}}`;

/** Of a group with `value` and `typed_value`: members that have no column of their own are in `value`. */
function shreddedValue(node: Group, names: () => string[], parts: Assembling): () => string {
  const valueNode = childOf(node, 'value');
  const typedNode = childOf(node, 'typed_value');
  const binary = valueNode ? parts.assembler(valueNode) : () => 'null';
  let members: Member[] = [];
  const typed =
    typedNode?.kind === 'struct'
      ? parts.optional(
          typedNode,
          memberList(typedNode, names, parts, (list) => (members = list)),
        )
      : typedNode
        ? typedOf(typedNode, names, parts)
        : () => 'null';
  return () => {
    const rest = binary();
    const shredded = typed();
    if (shredded === 'null') return rest === 'null' ? MISSING : variantJson(bytesOf(rest), names());
    if (typedNode?.kind !== 'struct') return shredded;
    const others = rest === 'null' ? [] : variantMembers(bytesOf(rest), names());
    return objectOf([...members, ...others.map(({ name, text }): Member => [name, text])]);
  };
}

/** Gives the members of a shredded object to `take`. */
function memberList(node: Group, names: () => string[], parts: Assembling, take: (members: Member[]) => void) {
  const members = node.children.map((child) => {
    const value =
      child.kind === 'leaf' ? parts.assembler(child) : parts.optional(child, shreddedValue(child, names, parts));
    return [child.name, value] as const;
  });
  return () => {
    const present: Member[] = [];
    for (const [name, value] of members) {
      const text = value();
      if (text !== MISSING) present.push([name, text]);
    }
    take(present);
    return '{}';
  };
}

function typedOf(node: Node, names: () => string[], parts: Assembling): () => string {
  if (node.kind !== 'list') return parts.assembler(node);
  const { repeated, element } = elementOf(node);
  const value = element.kind === 'leaf' ? parts.assembler(element) : shreddedValue(element, names, parts);
  return parts.optional(
    node,
    parts.listOf(repeated, () => value() || 'null'),
  );
}
