// Nested values from the levels of their leaves: Dremel's record assembly,
// https://github.com/apache/parquet-format/blob/master/README.md#nested-encoding

import type { LeafQueue } from './leaf-queue.ts';
import { elementOf, type Group, type Node } from './schema.ts';
import { variantAssembler } from './shredded.ts';

/** Takes the entries of one value from its leaves, and gives its JSON, as compact as JSON.stringify writes it. */
export type Assemble = () => string;

/** @param queues by the index of the leaf among those of the file */
export function assembler(node: Node, queues: ReadonlyMap<number, LeafQueue>): Assemble {
  if (node.repetition === 'REPEATED') return listOf(node, present(node, queues), queues);
  return optional(node, present(node, queues), queues);
}

/** Leaves of a node that have an entry each: one is missing or empty for all of them. */
function skipper(node: Node, queues: ReadonlyMap<number, LeafQueue>): () => void {
  const below = Array.from({ length: node.leaves }, (_, i) => queues.get(node.firstLeaf + i)!);
  return () => {
    for (const queue of below) queue.take();
  };
}

function optional(node: Node, value: Assemble, queues: ReadonlyMap<number, LeafQueue>): Assemble {
  if (node.repetition === 'REQUIRED') return value;
  const first = queues.get(node.firstLeaf)!;
  const skip = skipper(node, queues);
  return () => {
    if (first.definition >= node.definition) return value();
    skip();
    return 'null';
  };
}

/** Gives each value of a repeated node to `add`. */
function repeatedly(node: Node, add: () => void, queues: ReadonlyMap<number, LeafQueue>): () => void {
  const first = queues.get(node.firstLeaf)!;
  const skip = skipper(node, queues);
  return () => {
    if (first.definition < node.definition) {
      skip();
      return;
    }
    do add();
    while (first.repetition === node.repetitionLevel);
  };
}

function listOf(repeated: Node, element: Assemble, queues: ReadonlyMap<number, LeafQueue>): Assemble {
  let items: string[] = [];
  const each = repeatedly(repeated, () => items.push(element()), queues);
  return () => {
    const outer = items; // the element may be a list of the same node's
    items = [];
    each();
    const text = `[${items.join(',')}]`;
    items = outer;
    return text;
  };
}

/** The value of a node that has one. */
function present(node: Node, queues: ReadonlyMap<number, LeafQueue>): Assemble {
  if (node.kind === 'leaf') {
    const queue = queues.get(node.firstLeaf)!;
    return () => queue.take() ?? 'null';
  }
  if (node.kind === 'list') {
    const { repeated, element } = elementOf(node);
    const value = element === repeated ? present(repeated, queues) : assembler(element, queues);
    return listOf(repeated, value, queues);
  }
  if (node.kind === 'map') return map(node, queues);
  if (node.kind === 'variant') return variant(node, queues);
  const members = node.children.map((child) => [`${JSON.stringify(child.name)}:`, assembler(child, queues)] as const);
  return () => `{${members.map(([key, value]) => key + value()).join(',')}}`;
}

/** An object when the keys are texts, else a list of pairs. */
function map(node: Group, queues: ReadonlyMap<number, LeafQueue>): Assemble {
  const entry = node.children[0] as Group;
  const [keyNode, valueNode] = entry.children as [Node, Node | undefined];
  const key = assembler(keyNode, queues);
  const value = valueNode ? assembler(valueNode, queues) : () => 'null';
  const hasTexts = keyNode.kind === 'leaf' && ['string', 'uuid'].includes(keyNode.type.meaning.kind);
  const pair = () => {
    const text = key();
    if (!hasTexts) return `[${text},${value()}]`;
    return `${text === 'null' ? '"null"' : text}:${value()}`;
  };
  const pairs = listOf(entry, pair, queues);
  return hasTexts ? () => `{${pairs().slice(1, -1)}}` : pairs;
}

function variant(node: Group, queues: ReadonlyMap<number, LeafQueue>): Assemble {
  return variantAssembler(node, {
    assembler: (child) => assembler(child, queues),
    optional: (child, value) => optional(child, value, queues),
    listOf: (repeated, element) => listOf(repeated, element, queues),
  });
}
