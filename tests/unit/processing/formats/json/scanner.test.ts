import { expect, test } from 'vitest';
import { profileDataset } from '../../../../../src/processing/profile.ts';

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'latin1');
}

test.each([
  ['a,b\n1,2\n', { format: 'csv' }, 1],
  ['// made by hand\n[{"a":1}]', { lenient: true }, 1],
  ['[{"a":"caf\xe9"}]', { encoding: 'windows-1252' }, 1],
])('a failure of %j has the options that may be meant, and these read it', async (text, choice, rows) => {
  const profile = (readOptions?: object) => profileDataset(once(text), { format: 'json', readOptions });
  await expect(profile()).rejects.toMatchObject({ code: 'NO_TABLE', choices: [choice] });
  expect((await profile(choice)).rowCount).toBe(rows);
});

test('others have none', async () => {
  for (const text of ['[{"a":1}', '[{"a":1}] x', '[1]'])
    await expect(profileDataset(once(text), { format: 'json' })).rejects.toMatchObject({ choices: [] });
});
