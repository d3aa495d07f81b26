import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterRows } from '../../../../../src/processing/filter-rows.ts';
import type { ReadOptions } from '../../../../../src/processing/options/read-options.ts';
import { profileDataset } from '../../../../../src/processing/profile.ts';
import type { ProfileOptions } from '../../../../../src/processing/profile-options.ts';
import type { Profile } from '../../../../../src/processing/profile-types.ts';
import { RowIndex } from '../../../../../src/processing/row-index.ts';
import { readRows } from '../../../../../src/processing/rows.ts';
import { buildReport } from '../../../../../src/report/build-report.ts';
import { filterColumns } from '../../../../../src/report/filter-columns.ts';

async function* pieces(bytes: Buffer, size: number, from = 0) {
  for (let at = from; at < bytes.length; at += size) yield bytes.subarray(at, Math.min(at + size, bytes.length));
}
async function* twoPieces(bytes: Buffer, cut: number) {
  yield bytes.subarray(0, cut);
  yield bytes.subarray(cut);
}
const profileOf = (text: string, readOptions?: ReadOptions, options: Partial<ProfileOptions> = {}) =>
  profileDataset(pieces(Buffer.from(text), text.length > 1e6 ? 1 << 16 : 7), {
    format: 'json',
    readOptions,
    ...options,
  });
const facts = ({ warnings: _, file: __, options: ___, ...rest }: Profile) => rest;
/** The words of the failure; undefined without one. */
const failure = (text: string, readOptions?: ReadOptions, options?: Partial<ProfileOptions>) =>
  profileOf(text, readOptions, options).then(
    () => undefined,
    (error: Error) => error.message,
  );
const RECORDS = '[{"a":1,"b":"x]}\\"{"},\n {"a":2.5,"b":[1,{"c":[]}]},{"a":null}]';

/** Members that may stand beside the list, of any kind but a list of objects. */
const beside = fc.oneof(
  fc.constantFrom(
    '1',
    '-2.50e3',
    '"é]\\"\\\\"',
    'null',
    'true',
    '[]',
    '{}',
    '[1,[2]]',
    '[[{"a":1}]]',
    '{"x":{"y":[1]}}',
  ),
  fc.json({ maxDepth: 2 }).filter((text) => !/^\[\s*\{/.test(text)),
);
const members = fc.array(beside, { maxLength: 4 });
const wrapped = fc.record({ before: members, after: members, space: fc.constantFrom('', ' ', '\n', '\r\n\t') });

describe('the only list of objects among the members', () => {
  const textOf = ({ before, after, space }: { before: string[]; after: string[]; space: string }) =>
    `${space}{${[
      ...before.map((value, i) => `"b${i}":${value}`),
      `"the list"${space}:${space}${RECORDS}`,
      ...after.map((value, i) => `"a${i}"${space}:${value}`),
    ].join(`${space},${space}`)}${space}}${space}`;

  test('is read as the list alone would be, at every cut, with a warning that names it', async () => {
    const alone = facts(await profileOf(RECORDS));
    await fc.assert(
      fc.asyncProperty(wrapped, fc.nat(), async (parts, at) => {
        const bytes = Buffer.from(textOf(parts));
        const profile = await profileDataset(twoPieces(bytes, at % bytes.length), { format: 'json' });
        expect(facts(profile)).toEqual(alone);
        expect(profile.file).toEqual({ format: 'json', encoding: 'utf-8', bom: false, bytes: bytes.length });
        expect(profile.warnings.map(({ code }) => code)).toEqual(['wrapped_records']);
        expect(profile.warnings[0]!.message).toContain('"the list"');
      }),
      { numRuns: 300, seed: 3 },
    );
    const bytes = Buffer.from(textOf({ before: ['"é"', '{"z":[1]}'], after: ['[[1]]', '-1e5'], space: '\n' }));
    for (let cut = 0; cut <= bytes.length; cut++)
      expect(facts(await profileDataset(twoPieces(bytes, cut), { format: 'json' }))).toEqual(alone);
  });

  test('its rows have the lines of the file', async () => {
    const bytes = Buffer.from(`{"n":1,\n"data":\n${RECORDS}\n,"m":{}\n\n}`);
    const rows = await Array.fromAsync(readRows(pieces(bytes, 5), { format: 'json' }, [1, 2, 3]));
    expect(rows.map(({ row, line }) => [row, line])).toEqual([
      [1, 3],
      [2, 4],
      [3, 4],
    ]);
    expect(rows[2]!.fields).toEqual([['a', null]]);
  });

  test('conditions find its rows, from a place in the middle too', async () => {
    const records = Array.from({ length: 400 }, (_, i) => `{"id":${i},"even":${i % 2 === 0}}`);
    const bytes = Buffer.from(`{"n":1,"data":[${records.join(',\n')}],"after":{"x":["]"]}}`);
    const report = buildReport(await profileDataset(pieces(bytes, 1_000), { format: 'json' }));
    const dataset = {
      open: (from: number) => pieces(bytes, 100, from),
      file: { ...report.file, format: 'json' },
      columns: filterColumns(report),
    };
    const index = new RowIndex(500);
    const find = async (after: number) => {
      const found: number[] = [];
      const options = { after, first: 5, index, tuning: { blockBytes: 1_024 } };
      for await (const { rows } of filterRows(dataset, [{ column: 'even', in: ['true'] }], options))
        found.push(...rows.map(({ row }) => row));
      return found;
    };
    expect(await find(0)).toEqual([1, 3, 5, 7, 9]);
    await find(398);
    expect(index.before(300)).toBeDefined();
    expect(await find(300)).toEqual([301, 303, 305, 307, 309]);
    expect(await find(395)).toEqual([397, 399]);
  });

  test('what is large beside it is not kept', async () => {
    const large = `[${'"0123456789abcdef",'.repeat(1_200_000)}1]`; // 23 MB, more than a record may have
    for (const text of [`{"big":${large},"data":${RECORDS},"n":1}`, `{"data":${RECORDS},"big":${large}}`]) {
      const profile = await profileDataset(pieces(Buffer.from(text), 1 << 18), { format: 'json' });
      expect(profile.rowCount).toBe(3);
      expect(profile.warnings[0]!.code).toBe('wrapped_records');
    }
    expect(await failure(`{"big":${large},"data":[{}],"more":[{}]}`, undefined)).toMatch(/"data", "more"/);
    expect(await failure(`{"big":${large},"data":[{}],"x":oops}`)).toMatch(
      /expected a value \(line 1, column \d{8}, byte/,
    );
    expect(await failure(`{"big":${large},"data":[{}]} {}`)).toMatch(/text after the end/);
    expect(await failure(`{"big":${large},"data":[{}]`)).toMatch(/cut off/);
    expect(await failure(`{"big":${large}}`)).toMatch(/None of its members is a list of objects|by columns/);
  });
});

test('a lone object with no list of objects or several: what is there is said, and the option named', async () => {
  for (const [text, words] of [
    ['{"a":[{}],"b":[{"x":1}],"c":1}', /Several .* \("a", "b"\): name one with the option records, such as \/a\./],
    ['{"a":{"b":[{}]},"c":1}', /there is one inside: name it with the option records \(\/a\/b\)/],
    ['{"a/b":{"~":[{}]}}', /\(\/a~1b\/~0\)/],
    ['{"a":[[1]],"m":{}}', /rows in "a" are lists.*option records/],
    ['{"a":[1],"b":[2]}', /by columns \("a", "b"\)/],
    ['{"a":[1],"b":"x","c":{},"d":null}', /\("a" is a list, "b" is a text, "c" is an object, …\).*option records/],
    ['{"a":[],"b":[1]}', /by columns/],
    ['{"a":[]}', /\. Its list "a" is empty: there is no row to read\.$/],
    ['{"a":[ ],"total":0}', /\. Its list "a" is empty: there is no row to read\.$/],
    ['{"a":[],"b":{"c":[]},"d":[]}', /\. Its lists "a", "d" are empty: there is no row to read\.$/],
    ['{"a":[{"x":1}],"a":[{"x":2}]}', /\. It has 2 lists with the name "a": give each a name of its own\.$/],
    ['{"a":1}', /put it in \[ \] \(line 1/],
  ] as const)
    expect(await failure(text), text).toMatch(words);
  // what is wrong is told as without a wrapper
  expect(await failure('{"data":[{"a":1}],"b":tru}')).toMatch(/expected a value .*byte 22/);
  expect(await failure('{"data":[{"a":1},{"a":01}]}')).toMatch(/row 2, .*byte 23/);
  expect(await failure('{"data":[{"a":1}')).toMatch(/ends in the middle/);
});

describe('the option records', () => {
  test('names a list at any depth', async () => {
    const alone = facts(await profileOf(RECORDS));
    for (const [text, records] of [
      [`{"a":[{"x":1}],"b":${RECORDS}}`, '/b'],
      [`{"r":{"s":{"t/~":${RECORDS},"u":[{}]}}}`, '/r/s/t~1~0'],
      [`[1,[{"d":${RECORDS}}],2]`, '/1/0/d'],
      [`[{"data":${RECORDS}}]`, '/0/data'],
      [`{"":${RECORDS}}`, '/'],
      [RECORDS, ''],
    ] as const) {
      const bytes = Buffer.from(text);
      const read = (cut: number) => profileDataset(twoPieces(bytes, cut), { format: 'json', readOptions: { records } });
      for (let cut = 0; cut <= bytes.length; cut++) {
        const profile = await read(cut);
        expect(facts(profile), text).toEqual(alone);
        expect(profile.warnings).toEqual([]);
      }
      const rows = await Array.fromAsync(readRows(pieces(bytes, 3), { format: 'json' }, [1, 3], { records }));
      expect(rows.map(({ row }) => row)).toEqual([1, 3]);
    }
  });
  test('that names several values reads none of them', async () => {
    for (const text of ['{"a":[{"x":1}],"a":[{"x":2}]}', '{"a":1,"a":[{"x":1}]}', '{"a":[{"x":1}],"b":2,"a":null}'])
      expect(await failure(text, { records: '/a' })).toMatch(
        /^The option records is "\/a", and there are several such/,
      );
    expect((await profileOf('{"a":[{"x":{"a":[]}}],"b":{"a":[1]}}', { records: '/a' })).rowCount).toBe(1);
  });
  test('is about one value: objects one after another are rows', async () => {
    for (const records of ['', '/a'])
      expect(await failure('{"a":[{"x":1}]}\n{"a":[{"x":2}]}', { records })).toBe(
        `The option records is "${records}", but the file is several objects one after another ` +
          '(line 2, column 1, byte 16). Leave the option out: each of them is a row.',
      );
  });
  test.each<[string, ReadOptions | undefined, string | undefined]>([
    ['[{"data":[{"a":1},{"a":2}]}]', undefined, '/0/data'],
    ['{"data":[{"a":1},{"a":2}]}\n', undefined, '/data'],
    ['{"x/":[{"data":[{"a":1},{"a":2}]}]}', { records: '/x~1' }, '/x~1/0/data'],
    ['{"data":[{"a":1},{"a":2}]}', { format: 'ndjson' }, undefined],
  ])('is advised where the only row holds a list, from the root: %j with %j', async (text, options, records) => {
    const { rowCount, warnings } = await profileOf(text, options, { isOfLines: true });
    expect(rowCount).toBe(1);
    expect(warnings.map(({ message }) => /records: (\S+)\.$/.exec(message)?.[1])).toEqual(records ? [records] : []);
    if (records) expect((await profileOf(text, { records }, { isOfLines: true })).rowCount).toBe(2);
  });
  test('an empty list is a table without rows', async () => {
    expect((await profileOf('{"data":[ ],"n":0}', { records: '/data' })).rowCount).toBe(0);
  });
  test('that names no list is refused with the lists that are there', async () => {
    const text = '{"a":{"b":[{}]},"c":"x","d":[1]}';
    expect(await failure(text, { records: '/x' })).toMatch(/"\/x", but there is no such value .*file: \/a\/b\./);
    expect(await failure(text, { records: '/a' })).toMatch(/which is an object, not a list/);
    expect(await failure(text, { records: '/c' })).toMatch(/which is a text, not a list/);
    expect(await failure(text, { records: '/d' })).toMatch(/Expected an object/);
    expect(await failure(text, { records: 'a' })).toMatch(/no JSON Pointer/);
    expect(await failure('{"a":1}', { records: '/x' })).toMatch(/Members of the file: "a" is a number/);
  });
});

test('objects one after another are records, on any lines', async () => {
  const three = ['{"a":1,\n"b":[\n2]}', '{"a":2}', '{"a":3,"items":[{"x":1}]}'];
  const list = facts(await profileOf(`[${three.join(',')}]`));
  for (const between of ['', ' ', '\n', '\r\n\r\n\t']) {
    const bytes = Buffer.from(three.join(between));
    for (let cut = 0; cut <= bytes.length; cut++) {
      const profile = await profileDataset(twoPieces(bytes, cut), { format: 'json' });
      expect(facts(profile)).toEqual(list);
      expect(profile.file.format).toBe('ndjson');
      expect(profile.warnings).toEqual([]);
    }
  }
});

test('a lone object is a record where the name, or the option, says that each line is one', async () => {
  const lone = '{"a":1,"items":[{"x":1}]}\n';
  expect((await profileOf(lone, undefined, { isOfLines: true })).columns.map(({ name }) => name)).toEqual([
    'a',
    'items',
  ]);
  expect((await profileOf(lone, { format: 'ndjson' })).columns.map(({ name }) => name)).toEqual(['a', 'items']);
  expect((await profileOf(lone.replace(',', ',\n'), { format: 'ndjson' })).rowCount).toBe(1);
  for (const options of [{}, { isOfLines: true, readOptions: { format: 'json' } }])
    expect((await profileOf(lone, undefined, options)).columns.map(({ name }) => name)).toEqual(['x']);
  const rows = await Array.fromAsync(readRows(pieces(Buffer.from(lone), 4), { format: 'ndjson' }, [1]));
  expect(rows[0]!.fields.map(([name]) => name)).toEqual(['a', 'items']);
});

describe('the option lenient', () => {
  const text = [
    '// made by hand',
    '[ {"a":1, /* "x": 2, */ "b":"// no comment \\" /* none */"},',
    '  {"a":NaN,"b":[NaN,-Infinity,"NaN"]}, /**/ // {',
    '  {"a":Infinity}, {"a": -Infinity /***/ }, {"a":3} ]',
  ].join('\n');
  const strict =
    '[{"a":1,"b":"// no comment \\" /* none */"},{"a":null,"b":[null,"-Infinity","NaN"]},' +
    '{"a":"Infinity"},{"a":"-Infinity"},{"a":3}]';

  test('NaN is null, infinities are exceptions, comments are passed over, at every cut', async () => {
    const expected = await profileOf(strict);
    const bytes = Buffer.from(text);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const { columns, rowCount } = await profileDataset(twoPieces(bytes, cut), {
        format: 'json',
        readOptions: { lenient: true },
      });
      expect(rowCount).toBe(5);
      columns.forEach((column, i) => {
        const { evidence: one, ...rest } = column;
        const { evidence: other, ...same } = expected.columns[i]!;
        expect(rest).toEqual(same);
        expect({ ...one, strings: 0 }).toEqual({ ...other, strings: 0 });
      });
    }
  });
  test('blocks may end anywhere in them', async () => {
    for (let before = 0; before < 80; before++) {
      const spaces = ' '.repeat(before);
      const options = { readOptions: { lenient: true }, tuning: { blockBytes: 192 } };
      expect((await profileOf(`${spaces}${text}`, undefined, options)).rowCount).toBe(5);
    }
  });
  test('rows show the words as they are written', async () => {
    const rows = await Array.fromAsync(
      readRows(pieces(Buffer.from(text), 3), { format: 'json' }, [2, 4], { lenient: true }),
    );
    expect(rows).toEqual([
      {
        row: 2,
        line: 3,
        fields: [
          ['a', 'NaN'],
          ['b', ['NaN', '-Infinity', 'NaN']],
        ],
      },
      { row: 4, line: 4, fields: [['a', '-Infinity']] },
    ]);
  });
  test('in a wrapper, and around it', async () => {
    const { rowCount } = await profileOf('/* a */ {"n":NaN, "data": [{"a":1} /* ] */], "m":-Infinity} // end', {
      lenient: true,
    });
    expect(rowCount).toBe(1);
  });
  test('other words and a comment without an end are still refused, and each failure names the option', async () => {
    expect(await failure('[{"a":None}]', { lenient: true })).toMatch(/None is not a JSON value .*byte 6/);
    expect(await failure('[{"a":+Infinity}]', { lenient: true })).toMatch(/Infinity is not a JSON value/);
    expect(await failure('[{"a":NaNa}]', { lenient: true })).toMatch(/not valid/);
    expect(await failure('[{"a":-NaN}]', { lenient: true })).toMatch(/-NaN is not a JSON value .*Write null instead/);
    expect(await failure('[{"a":1}/]', { lenient: true })).toMatch(/^Expected a comma or the end of the list \(line 1/);
    expect(await failure('[{"a":-Infinity}]')).toMatch(/byte 6\)\. The option lenient reads it\./);
    expect(await failure('[{"a":1, // one\n"b":2}]')).toMatch(/comments are not JSON .*byte 9\)\. The option lenient/);
    expect(await failure('// one\n[{}]')).toMatch(/comments are not JSON \(line 1, column 1, byte 0\)/);
    expect(await failure('{"a":1}\n// two\n{"a":2}')).toMatch(/comments are not JSON \(line 2, column 1, byte 8\)/);
  });
});

describe('comments of lenient JSON', () => {
  const lenient = { lenient: true };
  const comments = fc.constantFrom('/**/', '/* é*/', '/***/', '/*\n/ "{[*/', '//\n', '// "x\r\n', '//[{é\r', ' /*/*/ ');

  test('stand anywhere between the parts of a text, in blocks and pieces of any size', async () => {
    const tokens = ['[', '{', '"a"', ':', '1', ',', '"b//"', ':', '[', 'NaN', ',', '{', '"/*"', ':', '-Infinity', '}'];
    tokens.push(']', '}', ',', '{', '"a"', ':', '"*/\\"//"', '}', ',', '{', '"b//"', ':', 'null', '}', ']');
    const expected = facts(await profileOf(tokens.join(' '), lenient));
    await fc.assert(
      fc.asyncProperty(
        fc.array(comments, { minLength: tokens.length + 1, maxLength: tokens.length + 1 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (between, size, isOfLines) => {
          const text = tokens.map((token, i) => between[i] + token).join('') + between.at(-1);
          const options = { readOptions: { lenient: true }, tuning: { blockBytes: 256 }, isOfLines };
          const profile = await profileDataset(pieces(Buffer.from(text), size), { format: 'json', ...options });
          expect(facts(profile)).toEqual(expected);
          const wrapped = `{"n":1${between[0]},"data":${text}}`;
          const inside = await profileDataset(pieces(Buffer.from(wrapped), size), { format: 'json', ...options });
          expect(facts(inside)).toEqual(expected);
        },
      ),
      { numRuns: 300, seed: 11 },
    );
  });
  test('end with any line end', async () => {
    for (const end of ['\n', '\r', '\r\n']) {
      const text = `{"a":1} // {"x":1}${end}{"a":2}//${end}{"a":3}${end}//`;
      for (let cut = 0; cut <= text.length; cut++) {
        const options = { format: 'json', readOptions: lenient };
        expect((await profileDataset(twoPieces(Buffer.from(text), cut), options)).rowCount).toBe(3);
      }
    }
  });
  test.each([
    ['{"a":1}\n{"a":2}\n  /* x\n{"a":3}\n', '(line 3, column 3, byte 18)'],
    ['[{"a":1}, /**/ /* ]', '(line 1, column 16, byte 15)'],
    ['\ufeff{"a":1}/*/', '(line 1, column 8, byte 10)'],
    ['{"n":1,"data":[{"a":1}]} /* *', '(line 1, column 26, byte 25)'],
    ['/* only', '(line 1, column 1, byte 0)'],
  ])('one that never closes loses nothing in silence: %j', async (text, place) => {
    const sentence = `A comment is opened and never closed ${place}. Close it with */.`;
    for (const options of [{}, { isOfLines: true }]) {
      expect(await failure(text, lenient, options)).toBe(sentence);
      const bytes = Buffer.from(text);
      for (let cut = 0; cut <= bytes.length; cut++) {
        const read = profileDataset(twoPieces(bytes, cut), { format: 'json', readOptions: lenient, ...options });
        await expect(read).rejects.toThrow(sentence);
      }
    }
  });
});

test('a preview reads no further than its rows', async () => {
  let read = 0;
  async function* endless() {
    yield Buffer.from('[{"a":0}');
    for (; ; read++) yield Buffer.from(',{"a":1}'.repeat(1_000));
  }
  const { rowCount } = await profileDataset(endless(), { format: 'json', rowLimit: 100 });
  expect(rowCount).toBeGreaterThanOrEqual(100);
  expect(read).toBeLessThan(1_000);
});

describe('the option encoding', () => {
  const read = (bytes: Buffer, encoding?: string) =>
    profileDataset(pieces(bytes, 3), { format: 'json', ...(encoding ? { readOptions: { encoding } } : {}) });
  test('reads JSON that is not UTF-8, and is in the report', async () => {
    const expected = await profileOf('[{"é":"ü"}]');
    for (const [bytes, encoding] of [
      [Buffer.from('[{"\xe9":"\xfc"}]', 'latin1'), 'windows-1252'],
      [Buffer.from('[{"é":"ü"}]', 'utf16le'), 'utf-16le'],
      [Buffer.from('\ufeff[{"é":"ü"}]', 'utf16le'), 'utf-16le'],
    ] as const) {
      const profile = await read(bytes, encoding);
      expect(facts(profile)).toEqual(facts(expected));
      expect(profile.file.encoding).toBe(encoding);
    }
  });
  test('characters that it does not have are told, and failures name no byte of the file', async () => {
    const { warnings } = await read(Buffer.from('[{"a":"\x81"}]', 'latin1'), 'shift_jis');
    expect(warnings).toEqual([{ code: 'invalid_bytes', message: '1 character is not shift_jis and shown as U+FFFD.' }]);
    await expect(read(Buffer.from('[{"a":"\xe9"},\n{"a":x}]', 'latin1'), 'latin1')).rejects.toThrow(
      'The JSON is not valid: expected a value (row 2, line 2, column 6).',
    );
  });
  test('is what failures advise', async () => {
    const utf16 =
      'The file is UTF-16, but JSON must be UTF-8 (line 1, column 1, byte 0). Save it as UTF-8, or give the';
    for (const [bytes, sentence] of [
      [Buffer.from('\ufeff[{"a":1}]', 'utf16le'), `${utf16} option encoding: utf-16le.`],
      [Buffer.from('[{"a":1}]', 'utf16le'), `${utf16} option encoding: utf-16le.`],
      [Buffer.from('[{"a":1}]', 'utf16le').swap16(), `${utf16} option encoding: utf-16be.`],
      [Buffer.from('[{"a":"\xe9"}]', 'latin1'), 'or name its encoding with the option encoding.'],
    ] as const)
      await expect(read(bytes)).rejects.toThrow(sentence);
  });
});
