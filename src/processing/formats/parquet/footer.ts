import { type ColumnChunk, type ColumnMetaData, type FileMetaData, parquetMetadata } from 'hyparquet';
import type { ByteRanges } from '../../byte-source.ts';
import { DatasetError } from '../../errors.ts';
import { mebibytes } from '../../limits.ts';
import { cut as cutText } from '../../text/trim.ts';
import { CODECS } from './codecs.ts';
import type { ChunkPlace } from './pages.ts';
import { type Leaf, readSchema, type Schema } from './schema.ts';
import { markVariants } from './spark-schema.ts';
import { bytesInMemory } from './thrift.ts';

const MAGIC = 'PAR1';
/** Begins and ends a file whose footer is encrypted. */
const ENCRYPTED = 'PARE';
/** Length of the footer and the magic number behind it. */
const TAIL_BYTES = 8;
/** Read from the end at once: most footers are in it. */
const GUESSED_BYTES = 64 * 1024;
/** Bytes of a footer: it is in memory as a whole, and as objects some ten times as large. */
const MAX_FOOTER_BYTES = 16 * 1024 * 1024;
/** Bytes of the objects that are made of a footer. */
const MAX_FOOTER_MEMORY = 256 * 1024 * 1024;
const WITH_LARGER_GROUPS = 'Write it with larger row groups.';
/** Of the name of the program that wrote the file. */
const CREATED_BY_CODE_POINTS = 256;

/** The rows that are stored together, and where each leaf's pages are. */
export interface RowGroup {
  rows: number;
  /** By the index of the leaf. */
  chunks: ChunkPlace[];
  /** Bytes of all its chunks. */
  bytes: number;
}
export interface Footer {
  schema: Schema;
  rows: number;
  groups: RowGroup[];
  /** Codecs of the columns, each once, in the order of their first appearance. */
  codecs: string[];
  createdBy: string | null;
  /** As it stands in the file. */
  metadata: FileMetaData;
}

/** @throws DatasetError for a file that is cut, encrypted, or none of Parquet */
export async function readFooter(ranges: ByteRanges): Promise<Footer> {
  const bytes = await footerBytes(ranges);
  try {
    return footerOf(parse(bytes), ranges);
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    // what the parser says of itself helps nobody; where it finds a number, it may give a text or nothing
    throw new DatasetError('The footer of the file cannot be read', {}, DAMAGED);
  }
}
function footerOf(metadata: FileMetaData, ranges: ByteRanges): Footer {
  const schema = readSchema(metadata);
  markVariants(schema.columns, metadata);
  const groups = metadata.row_groups.map((group, i) => {
    const rows = Number(group.num_rows);
    if (!(rows >= 0)) throw new DatasetError(`Row group ${i + 1} has no number of rows`, {}, DAMAGED);
    const chunks = schema.leaves.map((leaf, k) => chunkOf(group.columns[k], leaf, { index: i, rows }, ranges.size));
    const bytes = chunks.reduce((sum, { begin, end }) => sum + end - begin, 0);
    return { rows, chunks, bytes };
  });
  return {
    schema,
    rows: groups.reduce((sum, { rows }) => sum + rows, 0),
    groups,
    codecs: [...new Set(groups.flatMap(({ chunks }) => chunks.map(({ codec }) => codec)))],
    createdBy: metadata.created_by === undefined ? null : cutText(metadata.created_by, CREATED_BY_CODE_POINTS),
    metadata,
  };
}

async function footerBytes(ranges: ByteRanges): Promise<Buffer> {
  const { size } = ranges;
  const begin = size < MAGIC.length ? '' : (await ranges.read(0, MAGIC.length)).toString('latin1');
  const isEncrypted = begin === ENCRYPTED;
  if (begin !== MAGIC && !isEncrypted) throw new DatasetError('This is not a Parquet file', { byte: 0 }, FOREIGN);
  if (size < MAGIC.length + TAIL_BYTES) throw cut('The file ends behind its first bytes', size);
  const guessed = Math.min(size, GUESSED_BYTES);
  const tail = await ranges.read(size - guessed, guessed);
  const end = tail.toString('latin1', guessed - MAGIC.length);
  if (end === ENCRYPTED || (isEncrypted && end === MAGIC)) throw encrypted('The Parquet file is encrypted');
  if (end !== MAGIC) throw cut('The file does not end like a Parquet file, with PAR1', size);
  const length = tail.readUInt32LE(guessed - TAIL_BYTES);
  if (length > MAX_FOOTER_BYTES && length <= size)
    throw new DatasetError(
      `The footer of the file is larger than ${mebibytes(MAX_FOOTER_BYTES)}`,
      { byte: size - TAIL_BYTES - length },
      WITH_LARGER_GROUPS,
    );
  if (length + TAIL_BYTES + MAGIC.length > size)
    throw cut(`The footer of the file would be longer than the file, ${length} bytes`, size - TAIL_BYTES);
  const whole = length + TAIL_BYTES;
  return whole <= guessed ? tail.subarray(guessed - whole) : ranges.read(size - whole, whole);
}

const FOREIGN = 'Its first bytes are not PAR1: choose a Parquet file, or name the format of the file.';
const DAMAGED = 'The file is damaged: write or upload it again.';
const cut = (what: string, byte: number) =>
  new DatasetError(what, { byte }, 'It may have been cut off: upload the whole file.');
const encrypted = (what: string) => new DatasetError(what, {}, 'Write it without encryption.');

/** Statistics are of no use here, and wrong ones would do harm: they stay bytes or numbers. */
const parsers = {
  timestampFromMilliseconds: Number,
  timestampFromMicroseconds: Number,
  timestampFromNanoseconds: Number,
  dateFromDays: Number,
  stringFromBytes: () => '',
  jsonFromBytes: () => null,
  geometryFromBytes: () => null,
  geographyFromBytes: () => null,
  uuidFromBytes: () => '',
};
function parse(bytes: Buffer): FileMetaData {
  if (bytesInMemory(bytes) > MAX_FOOTER_MEMORY)
    throw new DatasetError(
      `The footer of the file takes more than ${mebibytes(MAX_FOOTER_MEMORY)} of memory`,
      {},
      WITH_LARGER_GROUPS,
    );
  return parquetMetadata(bytes, { parsers, geoparquet: false });
}

function chunkOf(
  column: ColumnChunk | undefined,
  leaf: Leaf,
  group: { index: number; rows: number },
  size: number,
): ChunkPlace {
  const name = leaf.name;
  if (column?.crypto_metadata || column?.encrypted_column_metadata)
    throw encrypted(`The column "${name}" of the Parquet file is encrypted`);
  const facts = column?.meta_data;
  const wrong = (what: string) =>
    new DatasetError(`${what} in row group ${group.index + 1}`, { column: name }, DAMAGED);
  if (!facts) throw wrong('The place of the column is missing');
  if (column.file_path)
    throw new DatasetError(
      `The column "${name}" is in another file, ${JSON.stringify(column.file_path)}`,
      {},
      'Write the table as one file.',
    );
  const places = [facts.data_page_offset, facts.dictionary_page_offset].map((place) => Number(place ?? 0));
  const hasPlace = group.rows > 0 || Number(facts.num_values) > 0; // some writers state none for no rows
  const begin = hasPlace ? Math.min(...places.filter((place) => place > 0)) : MAGIC.length;
  const end = hasPlace ? begin + Number(facts.total_compressed_size) : begin;
  if (!(begin >= MAGIC.length && end >= begin && end <= size)) throw wrong('The column is not within the file');
  const entries = Number(facts.num_values); // as many as rows, or more where it has lists
  if (!(entries >= group.rows)) throw wrong('The column has fewer values than rows');
  if (facts.type !== leaf.type.stored.physical) throw wrong('The column has another type');
  const codec = CODECS.find((known) => known === facts.codec);
  if (!codec)
    throw new DatasetError(
      `The column "${name}" is compressed with ${facts.codec ?? 'an unknown codec'}, which is not read`,
      {},
      'Write it with another compression, such as zstd or snappy.',
    );
  return {
    begin,
    end,
    codec,
    encodings: facts.encodings ?? [],
    dictionaryShare: dictionaryShare(facts),
    entries,
    name,
    maxDefinition: leaf.definition,
    maxRepetition: leaf.repetitionLevel,
    isUnstated: leaf.isUnstated,
  };
}

function dictionaryShare({ encoding_stats: stats = [] }: ColumnMetaData): number {
  const pages = stats.filter(({ page_type: type }) => type !== 'DICTIONARY_PAGE');
  const sum = (list: typeof pages) => list.reduce((total, { count }) => total + count, 0);
  const plain = sum(pages.filter(({ encoding }) => encoding === 'PLAIN'));
  return plain === 0 ? 1 : 1 - plain / sum(pages);
}
