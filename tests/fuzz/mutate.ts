import { readFileSync } from 'node:fs';
import { GOLDEN_INPUTS } from '../support/golden-inputs.ts';

/** A stream of numbers from 0 to below 1 that a seed determines (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Input {
  bytes: Buffer;
  format: string;
}

const MOST_BYTES = 4_000_000;

/** In the order of their names, which decides what a seed makes. */
const seeds: Input[] = GOLDEN_INPUTS.map(({ file, format }) => ({ bytes: readFileSync(file), format }));

/** What a reader may stumble over; written as bytes. */
const TOKENS = [
  ...[
    '"',
    '""',
    '"""',
    '" ',
    ',"',
    '"\n',
    ' "',
    ',',
    ';',
    '\t',
    '|',
    ',,,,,',
    '\n',
    '\r',
    '\r\n',
    '\n\n\n',
    '   \n',
    ' ',
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    '[]',
    '{}',
    ':',
    '"a":',
    '{"a":1}',
    ',{"b":[2,{"c":null}]}',
    '[[[[[[[[',
    ']]]]]]]]',
    '\\',
    '\\"',
    '\\u0041',
  ],
  ...['\\ud800', '\\udc00', '\\u0000', '\\u12', 'null', 'true', 'fals', 'NaN', 'NA', '#N/A', '-nan', '1.#IND', 'TRUE'],
  ...[
    '0',
    '-',
    '+',
    '.',
    'e',
    'E+',
    '1e308',
    '1e309',
    '-1e-320',
    '4.9e-324',
    '007',
    '9007199254740993',
    '1'.repeat(400),
    '0.1',
  ],
  ...[
    '2024-02-29',
    '2023-02-29',
    '2024-01-01T10:00:00Z',
    ' 10:00+02:00',
    'T24:00',
    '\u00e4',
    '\u6f22',
    '\u{1d11e}',
    '\ufeff',
    '\ufffd',
  ],
  ...['__proto__', 'constructor', 'column_2', 'a_2', 'x'.repeat(300), 'n'.repeat(1_100)],
].map((text) => Buffer.from(text));
const RAW = [
  ...[[0], [0, 0], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf], [0xef, 0xbb], [0x80], [0xff], [0xc0, 0x80], [0xc3]],
  ...[
    [0xe4, 0xb8],
    [0xed, 0xa0, 0x80],
    [0xf0, 0x9d],
    [0xf4, 0x90, 0x80, 0x80],
    [0xf8, 0x88],
    [0x1a],
    [0x1b],
    [0x7f],
    [0x0b, 0x0c],
  ],
].map((list) => Buffer.from(list));

type Change = (bytes: Buffer, random: () => number) => Buffer;
const below = (random: () => number, most: number) => Math.floor(random() * most);
const pick = <T>(random: () => number, list: readonly T[]): T => list[below(random, list.length)]!;
/** A range, mostly short. */
function range(bytes: Buffer, random: () => number): [from: number, to: number] {
  const from = below(random, bytes.length + 1);
  const most = random() < 0.8 ? 24 : bytes.length;
  return [from, Math.min(bytes.length, from + 1 + below(random, most))];
}
const insert = (bytes: Buffer, at: number, piece: Uint8Array) =>
  Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);

const CHANGES: Change[] = [
  function flipBit(bytes, random) {
    const changed = Buffer.from(bytes);
    if (bytes.length > 0) changed[below(random, bytes.length)]! ^= 1 << below(random, 8);
    return changed;
  },
  function setByte(bytes, random) {
    const changed = Buffer.from(bytes);
    if (bytes.length > 0) changed[below(random, bytes.length)] = below(random, 256);
    return changed;
  },
  function remove(bytes, random) {
    const [from, to] = range(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  function duplicate(bytes, random) {
    const [from, to] = range(bytes, random);
    return insert(bytes, random() < 0.7 ? to : below(random, bytes.length + 1), bytes.subarray(from, to));
  },
  function splice(bytes, random) {
    const other = pick(random, seeds).bytes;
    const [from, to] = range(other, random);
    if (random() < 0.5) return insert(bytes, below(random, bytes.length + 1), other.subarray(from, to));
    return Buffer.concat([bytes.subarray(0, below(random, bytes.length + 1)), other.subarray(from)]);
  },
  (bytes, random) => insert(bytes, below(random, bytes.length + 1), pick(random, TOKENS)),
  (bytes, random) => insert(bytes, below(random, bytes.length + 1), pick(random, TOKENS)),
  (bytes, random) => insert(bytes, random() < 0.3 ? 0 : below(random, bytes.length + 1), pick(random, RAW)),
  (bytes, random) => bytes.subarray(0, below(random, bytes.length + 1)),
  function repeat(bytes, random) {
    const [from, to] = range(bytes, random);
    const most = Math.floor(Math.max(0, MOST_BYTES - bytes.length) / Math.max(1, to - from));
    const times = Math.min(most, below(random, 60));
    return insert(bytes, to, Buffer.concat(Array<Buffer>(times).fill(bytes.subarray(from, to))));
  },
];
/** A block so often that the file has up to 4 MB: beyond one block, one batch of rows, one head. */
const grow: Change = (bytes, random) => {
  const lines = bytes.indexOf('\n') + 1;
  const [from, to] = random() < 0.6 ? [lines, bytes.length] : range(bytes, random);
  const block = bytes.subarray(from, to);
  if (block.length === 0) return bytes;
  const most = MOST_BYTES - bytes.length;
  const times = Math.floor((most * random() ** 2) / block.length);
  return insert(bytes, to, Buffer.concat(Array<Buffer>(Math.max(0, times)).fill(block)));
};

/** The input that a seed and a number make: always the same while the golden inputs are. */
export function makeInput(seed: number, number: number): Input {
  const random = randomNumbers(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number, 0x85ebca6b));
  const { bytes: start, format } = pick(random, seeds);
  let bytes = start;
  const large = random() < 0.03;
  if (large) bytes = grow(bytes, random);
  const changes = pick(random, [1, 1, 1, 2, 2, 3, 5, 9]);
  for (let i = 0; i < changes; i++) bytes = pick(random, CHANGES)(bytes, random);
  if (bytes.length > MOST_BYTES) bytes = bytes.subarray(0, MOST_BYTES);
  const wrongFormat = random() < 0.03; // whoever uploads a list as CSV, or a table as JSON
  return { bytes, format: wrongFormat ? (format === 'csv' ? 'json' : 'csv') : format };
}
