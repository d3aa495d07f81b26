import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonWalker } from '../../../../../src/processing/formats/json/walker.ts';
import { type JsonFile, kernelJson, plainJson } from '../../../../support/json-fields.ts';
import { brokenJson, messyJson } from '../../../../support/messy-json.ts';

/** The kernel and the plain reader agree on a file: on its fields, or on the words of its fault. */
async function expectSame(text: string | Buffer, options: Parameters<typeof kernelJson>[1] = {}): Promise<JsonFile> {
  const bytes = Buffer.from(text as string);
  const plain = plainJson(bytes, options);
  const kernel = await kernelJson(bytes, options);
  expect(kernel.error).toBe(plain.error);
  if (plain.error !== undefined) return kernel;
  expect(kernel.format).toBe(plain.format);
  expect(kernel.keys).toEqual(plain.keys);
  expect(kernel.repeated).toBe(plain.repeated?.toWellFormed().replaceAll('\u0000', '\ufffd'));
  const withoutCanonical = ({ records }: JsonFile) =>
    records.map((record) => [...record].map(([key, { kind, text }]) => [key, kind, text]).sort());
  expect(withoutCanonical(kernel)).toEqual(withoutCanonical(plain));
  // the two have canonical forms of their own: they must distinguish the same values
  const forms = new Map<string, string>();
  const back = new Map<string, string>();
  kernel.records.forEach((record, i) => {
    for (const [key, { canonical }] of record) {
      const other = plain.records[i]!.get(key)!.canonical;
      expect(forms.get(canonical) ?? other, canonical).toBe(other);
      expect(back.get(other) ?? canonical, other).toBe(canonical);
      forms.set(canonical, other);
      back.set(other, canonical);
    }
  });
  return kernel;
}
const sizes = fc.record({
  blockBytes: fc.constantFrom(192, 256, 384, 1 << 20), // 64, 128, 256 usable bytes
  batchRows: fc.constantFrom(1, 3, 256),
  cells: fc.constantFrom(64, 100, 1 << 16),
  chunkBytes: fc.constantFrom(1, 7, 64, 100_000),
  origin: fc.constantFrom(0, 3),
});

test.each(
  globSync('tests/golden/*.{json,ndjson}').filter((name) => !name.endsWith('.expected.json')),
)('%s', async (file) => {
  for (const blockBytes of [192, 1 << 20]) await expectSame(readFileSync(file), { blockBytes });
});
test('messy files: the same fields from both readers, wherever a block ends', async () => {
  await fc.assert(
    fc.asyncProperty(messyJson, sizes, async (text, options) => {
      await expectSame(text, options);
    }),
    { numRuns: 2_000, seed: 4 },
  );
});
test('broken files: refused by the kernel exactly where the plain reader refuses them, in the same words', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(brokenJson, sizes, async (text, options) => {
      if ((await expectSame(text, options)).error !== undefined) refused++;
    }),
    { numRuns: 2_500, seed: 5 },
  );
  expect(refused).toBeGreaterThan(1_200);
});
test('bytes that are not UTF-8: reported with their place, unless something is wrong before them', async () => {
  const messages = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.oneof(messyJson, brokenJson), sizes, async (text, options) => {
      messages.add((await expectSame(text, { ...options, notUtf8: true })).error!.replace(/ \(.*/, ''));
    }),
    { numRuns: 500, seed: 6 },
  );
  expect(messages.size).toBeGreaterThan(5);
});
test('a file cut at every byte, in blocks that end at every byte', async () => {
  const text =
    '[{"a":1.50,"b":"x\\ud83d\\ude00","c":{"d":[1e2,null]}},\n {"a":-0,"b":"größe","\\u0061":true , "e" : "\\u0000"}]';
  for (let length = 0; length <= Buffer.byteLength(text); length++)
    for (const before of ['', ' '.repeat(30), '[{}]'.slice(0, 1)])
      await expectSame(Buffer.concat([Buffer.from(before), Buffer.from(text).subarray(0, length)]), {
        blockBytes: 192,
      });
});

test('what is no JSON is refused wherever it stands', async () => {
  const wrong = [
    ...[
      '1.2.3',
      '1..2',
      '.5',
      '1.',
      '-',
      '-.5',
      '+1',
      '01',
      '-01',
      '00',
      '1e',
      '1e+',
      '1.e5',
      '0x1',
      '1_000',
      '--1',
      '1-1',
    ],
    ...[
      '1234567890.1234567.5',
      '12345678901234567890.',
      '-123456789012345678.e1',
      'NaN',
      'Infinity',
      'nul',
      'nulll',
      'True',
    ],
    ...[
      'tru',
      'falsey',
      '',
      ',',
      '"',
      '"a',
      'a"',
      "'a'",
      '"\\x"',
      '"\\u12"',
      '"\\u12g4"',
      '"\\uD83D\\u"',
      '"\t"',
      '"\n"',
    ],
    ...[
      '{',
      '[',
      '[1',
      '[1,]',
      '[,1]',
      '[1 2]',
      '{"x"}',
      '{"x":}',
      '{"x":1,}',
      '{,"x":1}',
      '{x:1}',
      '{1:1}',
      '[}',
      '{]',
      '{"x",1}',
    ],
    ...[
      '1 2',
      '"a""b"',
      '{}{}',
      '[][]',
      '1,',
      '1,,"c":2',
      '1,"c"',
      '1,"c":',
      '1,"c" 2',
      '1;',
      '1/**/',
      '\u00a01',
      '\ufeff1',
      '\f1',
    ],
  ];
  for (const value of wrong)
    for (const text of [`[{"a":${value}}]`, `[{"a":1,"b":2},{"a":1,"b":${value},"c":3}]`, `{"a":1}\n{"a":${value}}\n`])
      for (const blockBytes of [192, 1 << 20])
        expect((await expectSame(text, { blockBytes })).error, text).toBeDefined();
});
test('commas and lines between records and keys, after records that were in order', async () => {
  const first = '{"a":1,"b":2}';
  for (const text of [
    ...[
      `[${first},{,"b":2}]`,
      `[${first},{"b":2,}]`,
      `[${first} ${first}]`,
      `[${first},]`,
      `[,${first}]`,
      `[${first}`,
      `${first},`,
    ],
    ...[
      `[${first}]]`,
      `[${first}],`,
      `[${first}]${first}`,
      `[${first},1]`,
      `[${first},[1]]`,
      `[[${first}]]`,
      `[${first}}`,
      '[',
      '',
    ],
    ...[`${first}\n[${first}]`, `${first},${first}`],
  ])
    expect((await expectSame(text)).error, text).toBeDefined();
  // objects one after another are records, on any lines; one on two lines is begun in one block and goes on in the next
  const long = `${first}\n{"a":1,\n"b":"${'x'.repeat(100)}"}\n${first}`;
  for (const text of [long, `${first}\n${first} ${first}`, `${first}${first}`, `{"a":\n1}\n${first}`]) {
    const { error, records, format } = await expectSame(text, { blockBytes: 192 });
    expect({ error, format, rows: records.length }, text).toEqual({
      error: undefined,
      format: 'ndjson',
      rows: text.split('{').length - 1,
    });
  }
  for (const text of [`${first}\n{"a":\n1}`, `${first}\r\n\n ${first}\n\n`, `[${first}\n,{}]\n`, '[]', ' [ ] '])
    expect((await expectSame(text)).error, text).toBeUndefined();
});
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
test('nesting as deep as it may be, and deeper', async () => {
  const list = (depth: number) => `[{"a":${nested(depth)}},{"a":{"b":${nested(depth - 1)}}}]`;
  expect((await expectSame(list(510))).error).toBeUndefined();
  expect((await expectSame(list(511))).error).toMatch(/deeper than 512/);
  const lines = (depth: number) => `{"a":1}\n{"a":${nested(depth)}}\n`;
  expect((await expectSame(lines(511))).error).toBeUndefined();
  expect((await expectSame(lines(512))).error).toMatch(/deeper than 512/);
  expect((await expectSame(`{"a":x,"b":${nested(600)}`)).error).toMatch(/deeper than 512/);
});
test('a record of 16 MiB, and one that is a byte longer', async () => {
  const record = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
  const most = 16 * 1024 * 1024;
  for (const text of [`[{},${record(most)}]`, `[{},${record(most + 1)}]`, `[{},${record(most).slice(0, -1)}`]) {
    const bytes = Buffer.from(text);
    const plain = plainJson(bytes);
    const kernel = await kernelJson(bytes, { chunkBytes: 1 << 18 });
    expect(kernel.error).toBe(plain.error);
    expect(kernel.records.at(-1)?.get('a')?.text.length).toBe(plain.records.at(-1)?.get('a')?.text.length);
  }
});
test('as many keys as there may be, in units that hold few of them, and one more', async () => {
  const record = (from: number, to: number) =>
    `{${Array.from({ length: to - from }, (_, i) => `"key ${from + i}":${i}`).join(',')}}`;
  const text = (keys: number) => `[{"key 3":1},${record(0, 9_000)},${record(8_000, keys)},{"key 16383":true},{}]`;
  const most = await kernelJson(Buffer.from(text(16_384)), { cells: 40_000 });
  expect(most.error).toBeUndefined();
  expect(most.keys).toHaveLength(16_384);
  expect(most.records.map((each) => each.size)).toEqual([1, 9_000, 8_384, 1, 0]);
  expect(most.records[2]!.get('key 16383')!.text).toBe('8383');
  expect((await kernelJson(Buffer.from(text(16_385)))).error).toMatch(
    /more than 16,384 different keys \(row 3, line 1, column \d+, byte \d+\)/,
  );
  // what is wrong with the record itself is reported first
  expect(
    (await kernelJson(Buffer.from(text(16_385).replace('"key 16384":8384}', '"key 16384":8384,}')))).error,
  ).toMatch(/expected a key in double quotes/);
});
test('numbers of many digits are compared by value, in linear time', async () => {
  const zeros = '0'.repeat(1_000_000);
  const values = [
    `1${zeros}`,
    '1e1000000',
    `1${zeros}.${zeros}`,
    `0.${zeros}1e2000001`,
    `1e${zeros}1000000`,
    `1e1${zeros}`,
  ];
  const { records } = await kernelJson(
    Buffer.from(
      JSON.stringify([...values, '1e01'.padEnd(1_000_003, '0')].map((v) => ({ v }))).replace(
        /"v":"([^"]*)"/g,
        '"v":$1',
      ),
    ),
  );
  const forms = records.map((record) => record.get('v')!.canonical);
  expect(new Set(forms.slice(0, 5))).toEqual(new Set(['number 1e1000000']));
  expect(forms[5]).toBe(`number 1e1${zeros}`);
  expect(forms[6]).toBe(`number 1e1${'0'.repeat(999_999)}`);
});
test('exponents of any size are added exactly', async () => {
  const big = '1000000000000000000000';
  const pairs = [
    ['0.001e1000000000000000', '1e999999999999997'],
    [`0.001e${big}`, `1e${'9'.repeat(big.length - 2)}7`],
    [`100e-${big}`, `1e-${'9'.repeat(big.length - 2)}8`],
    [`10000e+${'9'.repeat(30)}`, `1e1${'0'.repeat(29)}3`],
    [`0.01e-${'9'.repeat(30)}`, `1E-1${'0'.repeat(29)}1`],
    [`-1e-000${big}`, `-1.0e-${big}`],
    [`0e${big}`, '-0.0'],
  ];
  for (const pair of pairs) {
    const { records } = await kernelJson(Buffer.from(`[${pair.map((v) => `{"v":${v}}`).join(',')}]`));
    expect(records[0]!.get('v')!.canonical, pair[0]).toBe(records[1]!.get('v')!.canonical);
    await expectSame(`[${pair.map((v) => `{"v":${v},"w":[${v}]}`).join(',')}]`);
  }
});
test('nested values: keys in any order, repeated keys and numbers by value', async () => {
  const forms = async (...values: string[]) =>
    new Set(
      (await kernelJson(Buffer.from(`[${values.map((v) => `{"v":${v}}`).join(',')}]`))).records.map(
        (r) => r.get('v')!.canonical,
      ),
    ).size;
  expect(await forms('{"a":1,"b":[2.50]}', '{"b":[25e-1],"a":1.0}', '{"a":9,"b":[2.5],"a":1}')).toBe(1);
  expect(await forms('{"a":"1"}', '{"a":1}', '{"a":[1]}', '[1]', '{}', '[]')).toBe(6);
  const { records, repeated } = await kernelJson(Buffer.from('[{"v":{"x":1, "2":{"k":0,"k":1.50}, "x":3e0}}]'));
  expect(records[0]!.get('v')!.text).toBe('{"2":{"k":1.50},"x":3e0}');
  expect(repeated).toBe('1 k');
});
test('a string that cannot be shown is reported, but not one that a repeated key takes away', async () => {
  const warned = async (text: string) => {
    const reader = new JsonWalker(0, { format: 'json' });
    await reader.push(Buffer.from(text));
    await reader.end();
    reader.names();
    return reader.warnings.map(({ code }) => code);
  };
  expect(await warned('[{"a":"\\u0000"}]')).toEqual(['replaced_characters']);
  expect(await warned('[{"a":"\\ud800"}]')).toEqual(['replaced_characters']);
  expect(await warned('[{"\\ud800":1}]')).toEqual(['replaced_characters']);
  expect(await warned('[{"a":"\\ud83d\\ude00"},{"a":["\\u0000"]}]')).toEqual([]);
  expect(await warned('[{"a":"\\u0000","a":1}]')).toEqual(['repeated_key']);
  expect(await warned('[{"a":1,"a":"\\u0000"}]')).toEqual(['repeated_key', 'replaced_characters']);
});
