import type { FileMetaData, SchemaElement } from 'hyparquet';
import { DatasetError } from '../../errors.ts';
import { MAX_COLUMNS, MAX_DEPTH } from '../../limits.ts';
import { wideIntegers } from './arrow-schema.ts';
import { type ValueType, valueTypeOf } from './value-type.ts';

/** A node of the schema below the root. */
interface Common {
  name: string;
  repetition: 'REQUIRED' | 'OPTIONAL' | 'REPEATED';
  /** The file does not say which, though it must: it is taken for REQUIRED, as others do. */
  isUnstated: boolean;
  /** Levels of an entry in which this node has a value, and of one that is its second value. */
  definition: number;
  repetitionLevel: number;
  /** Of the file's leaves, which are the columns of its row groups: the first below the node, and how many. */
  firstLeaf: number;
  leaves: number;
  /** How its type is called: `columns[].stored_type`. */
  typeName: string;
}
export type Leaf = Common & { kind: 'leaf'; type: ValueType };
export type Group = Common & { kind: 'struct' | 'list' | 'map' | 'variant'; children: Node[] };
export type Node = Leaf | Group;

/** Leaves of a file: their pages are read in step. */
const MAX_LEAVES = MAX_COLUMNS;
/** Levels are kept as bytes. */
const MAX_LEVEL = 255;

/** The columns of a table and the leaves that they have. */
export interface Schema {
  columns: Node[];
  leaves: Leaf[];
}

/** @throws DatasetError for a schema that is none, or too large */
export function readSchema(metadata: FileMetaData): Schema {
  const builder = new Builder(metadata.schema);
  try {
    return withWideIntegers(builder.build(), wideIntegers(metadata));
  } catch (error) {
    if (error instanceof DatasetError || !(error instanceof Error)) throw error;
    throw new DatasetError(`The schema of the file cannot be read: ${error.message}`, {}, 'Write the file again.');
  }
}

/** Polars stores integers of 128 bits as plain bytes. */
function withWideIntegers(schema: Schema, wide: ReadonlyMap<string, boolean>): Schema {
  for (const column of schema.columns) {
    if (column.kind !== 'leaf' || !wide.has(column.name)) continue;
    const { stored, meaning } = column.type;
    if (meaning.kind !== 'binary' || stored.physical !== 'FIXED_LEN_BYTE_ARRAY' || stored.width !== 16) continue;
    const isSigned = wide.get(column.name)!;
    column.type = { stored, meaning: { kind: isSigned ? 'int128' : 'uint128' }, name: isSigned ? 'INT128' : 'UINT128' };
    column.typeName = typeName(column.repetition, column.type.name);
  }
  return schema;
}

class Builder {
  readonly #elements: readonly SchemaElement[];
  readonly #leaves: Leaf[] = [];
  #at = 0;

  constructor(elements: readonly SchemaElement[]) {
    this.#elements = elements;
  }
  build(): Schema {
    const root = this.#next();
    const columns = this.#children(root, { definition: 0, repetitionLevel: 0 }, 1);
    if (columns.length > MAX_COLUMNS) throw tooMany(`more than ${MAX_COLUMNS.toLocaleString('en')} columns`);
    return { columns, leaves: this.#leaves };
  }
  #next(): SchemaElement {
    const element = this.#elements[this.#at++];
    if (!element) throw new Error('it ends too early');
    return element;
  }
  #children(parent: SchemaElement, levels: Levels, depth: number): Node[] {
    const list: Node[] = [];
    for (let i = 0; i < (parent.num_children ?? 0); i++) list.push(this.#node(levels, depth));
    return list;
  }
  #node(parent: Levels, depth: number): Node {
    // a list takes two levels here and one in JSON
    if (depth > MAX_DEPTH) throw tooMany(`more than ${MAX_DEPTH} levels of nesting`);
    const element = this.#next();
    if (typeof element.name !== 'string') throw new Error('a column has no name');
    const repetition = element.repetition_type ?? 'REQUIRED';
    const isUnstated = element.repetition_type === undefined;
    const definition = parent.definition + (repetition === 'REQUIRED' ? 0 : 1);
    const repetitionLevel = parent.repetitionLevel + (repetition === 'REPEATED' ? 1 : 0);
    if (definition > MAX_LEVEL) throw tooMany(`more than ${MAX_LEVEL} levels of nesting`);
    const levels = { definition, repetitionLevel };
    const common = { name: element.name, repetition, isUnstated, ...levels, firstLeaf: this.#leaves.length };
    if (element.type !== undefined && !element.num_children) {
      const type = valueTypeOf(element);
      const leaf: Leaf = { ...common, kind: 'leaf', leaves: 1, typeName: typeName(repetition, type.name), type };
      this.#leaves.push(leaf);
      if (this.#leaves.length > MAX_LEAVES) throw tooMany(`more than ${MAX_LEAVES.toLocaleString('en')} leaf columns`);
      return leaf;
    }
    const children = this.#children(element, levels, depth + 1);
    const kind = kindOf(element, children);
    const leaves = this.#leaves.length - common.firstLeaf;
    if (leaves === 0) throw new Error(`"${element.name}" has neither values nor members`);
    return { ...common, kind, leaves, children, typeName: typeName(repetition, kind.toUpperCase()) };
  }
}
type Levels = Pick<Common, 'definition' | 'repetitionLevel'>;

const tooMany = (what: string) => new DatasetError(`The file has ${what}`, {}, 'Write the table with fewer.');
/** A repeated node that is in no list is a list of its own. */
const typeName = (repetition: string, name: string) => (repetition === 'REPEATED' ? 'LIST' : name);

/** Of a variant: without it, its bytes mean nothing. */
const isMetadata = ({ name, kind }: Node) => name === 'metadata' && kind === 'leaf';

function kindOf({ logical_type: type, converted_type: converted }: SchemaElement, children: Node[]): Group['kind'] {
  const [only] = children;
  const isRepeated = children.length === 1 && only!.repetition === 'REPEATED';
  if (type?.type === 'VARIANT' && children.some(isMetadata)) return 'variant';
  if ((type?.type === 'LIST' || converted === 'LIST') && isRepeated) return 'list';
  const isMap = type?.type === 'MAP' || converted === 'MAP' || converted === 'MAP_KEY_VALUE';
  if (isMap && isRepeated && only!.kind !== 'leaf' && only!.children.length <= 2 && only!.children.length > 0)
    return 'map';
  return 'struct';
}

/**
 * The element of a list: a value of its repeated node, or what is in that, by the rules of
 * https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists for older writers.
 */
export function elementOf({ name, children }: Group): { repeated: Node; element: Node } {
  const repeated = children[0]!;
  if (repeated.kind === 'leaf' || repeated.kind !== 'struct') return { repeated, element: repeated };
  const [only] = repeated.children;
  const isElement =
    repeated.children.length !== 1 ||
    repeated.name === 'array' ||
    repeated.name === `${name}_tuple` ||
    only!.repetition === 'REPEATED';
  return { repeated, element: isElement ? repeated : only! };
}
