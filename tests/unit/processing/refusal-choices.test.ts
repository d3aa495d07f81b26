import { expect, test } from 'vitest';
import { sourceOfBytes } from '../../../src/infra/engine/source.ts';
import type { ReadOptions } from '../../../src/processing/options/read-options.ts';
import { profileDataset } from '../../../src/processing/profile.ts';

test('UTF-16 that a person has named and the file is not, with the one that it is', async () => {
  const refused = (bytes: Buffer, encoding: string, format = 'csv') =>
    expect(profileDataset(sourceOfBytes(bytes).bytes, { format, readOptions: { encoding } })).rejects;
  const utf16 = Buffer.from('a,b\n1,\u0416\n', 'utf16le');
  const nothing = 'the beginning of the file has no line end, no delimiter and no digit.';
  for (const encoding of ['utf-16le', 'utf-16be'])
    for (const [format, text] of [
      ['csv', 'a,b\n1,2\n'],
      ['csv', '\ufeffa,b\n1,2\n3'],
      ['csv', 'a;\u0416\n1;2\n'],
      ['json', '[{"a":1}]'],
    ] as const)
      await refused(Buffer.from(text), encoding, format).toMatchObject({
        message: `Read as ${encoding}, ${nothing} Leave the option encoding out, or name another one.`,
        choices: [],
      });
  await refused(utf16, 'utf-16be').toMatchObject({
    message: `Read as utf-16be, ${nothing} It looks like utf-16le: name that with the option encoding.`,
    choices: [{ encoding: 'utf-16le' }],
  });
  await refused(Buffer.from(utf16).swap16(), 'utf-16le').toMatchObject({ choices: [{ encoding: 'utf-16be' }] });
  const profile = await profileDataset(sourceOfBytes(utf16).bytes, {
    format: 'csv',
    readOptions: { encoding: 'utf-16le' },
  });
  expect(profile.rowCount).toBe(1);
});

/** Files that are refused, with the options that a person may have meant: the page offers them as buttons. */
test.each<[string, 'csv' | 'json', string, ReadOptions[]]>([
  ['a quote that never closes', 'csv', 'a,b\n1,"open\n', [{ quote: null }]],
  ['NaN in JSON', 'json', '[{"a":NaN}]', [{ lenient: true }]],
  ['a comment in JSON', 'json', '[{"a":1, // one\n"b":2}]', [{ lenient: true }]],
  ['two lists in JSON', 'json', '{"a":[{"x":1}],"b":[{"x":1}]}', [{ records: '/a' }, { records: '/b' }]],
  ['JSON that no option mends', 'json', '[{"a":None}]', []],
])('%s', async (_name, format, text, choices) => {
  const profiled = (readOptions?: ReadOptions) =>
    profileDataset(sourceOfBytes(Buffer.from(text)).bytes, { format, readOptions });
  await expect(profiled()).rejects.toMatchObject({ code: 'NO_TABLE', choices });
  for (const choice of choices) expect((await profiled(choice)).rowCount).toBe(1);
});
