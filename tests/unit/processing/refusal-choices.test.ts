import { expect, test } from 'vitest';
import { sourceOfBytes } from '../../../src/infra/engine/source.ts';
import type { ReadOptions } from '../../../src/processing/options/read-options.ts';
import { profileDataset } from '../../../src/processing/profile.ts';

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
