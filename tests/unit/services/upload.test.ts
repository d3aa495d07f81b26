import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { findDataset, findDatasetByChecksum, insertDataset } from '../../../src/infra/postgres/rows/datasets.ts';
import { requireName } from '../../../src/services/dataset-name.ts';
import type { Deps } from '../../../src/services/deps.ts';
import { storeUpload } from '../../../src/services/upload.ts';

vi.mock('../../../src/infra/postgres/rows/datasets.ts');

/** A store and a database whose `insert` ends in its own way; what is kept of both. */
function kept(insert: (row: { id: string }, rows: { id: string }[]) => Promise<unknown>, isBack = true) {
  const objects = new Set<string>();
  const contents: [type: string, text: string][] = [];
  const rows: { id: string }[] = [];
  vi.mocked(findDatasetByChecksum).mockResolvedValue(undefined);
  vi.mocked(insertDataset).mockImplementation((_database, row) => insert(row, rows) as never);
  vi.mocked(findDataset).mockImplementation(async (_database, id) => {
    if (!isBack) throw lost();
    return rows.find((row) => row.id === id) as never;
  });
  const deps = {
    config: { uploadsBucket: 'uploads', maxUploadBytes: 1_000 },
    log: { warn() {} },
    storage: {
      async put(_bucket: string, key: string, source: Readable, type: string) {
        contents.push([type, Buffer.concat(await source.toArray()).toString()]);
        objects.add(key);
        return {};
      },
      async remove(_bucket: string, key: string) {
        objects.delete(key);
      },
    },
  } as unknown as Deps;
  const upload = async () => {
    const file = { stream: Readable.from([Buffer.from('a\n1\n')]), filename: 'a.csv', declaredType: 'text/csv' };
    return (await storeUpload(deps, file)).finish('named');
  };
  return { objects, rows, upload, contents, deps };
}
const lost = () => Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' });

test('the answer to the insert is lost, the row is there: it is the dataset, and its file stays', async () => {
  const { objects, rows, upload } = kept(async (row, rows) => {
    rows.push(row);
    throw lost();
  });
  const { dataset, created } = await upload();
  expect([created, dataset]).toEqual([true, rows[0]]);
  expect(objects.size).toBe(1);
});

test('nobody can say whether the row is there: the file stays, for the dataset or for the cleanup', async () => {
  const { objects, upload } = kept(async (row, rows) => {
    rows.push(row);
    throw lost();
  }, false);
  await expect(upload()).rejects.toThrow('Connection terminated');
  expect(objects.size).toBe(1);
});

test('the database refuses the row: the file goes', async () => {
  const { objects, upload } = kept(async () => {
    throw new Error('no');
  });
  await expect(upload()).rejects.toThrow('no');
  expect(objects.size).toBe(0);
});

describe('a file of which neither type nor name says anything', () => {
  const insert = async (row: { id: string }) => row;
  const send = (deps: Deps, stream: Readable) =>
    storeUpload(deps, { stream, filename: 'part-00000', declaredType: 'application/octet-stream' });

  test.each([1, 3, 4, 100])('is stored whole, by its first bytes, in pieces of %i', async (size) => {
    const { deps, contents } = kept(insert);
    const bytes = Buffer.from('PAR1 and so on PAR1');
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    await (await send(deps, Readable.from(pieces, { objectMode: false }))).finish('x');
    expect(contents).toEqual([['application/vnd.apache.parquet', bytes.toString()]]);
  });

  test.each(['', 'PA', 'PAX1', 'a,b\n1,2\n'])('is refused when they say nothing: %j', async (text) => {
    const { deps, contents } = kept(insert);
    const sent = send(deps, Readable.from([Buffer.from(text)], { objectMode: false }));
    await expect(sent).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    expect(contents).toEqual([]);
  });

  test('fails as its stream does', async () => {
    const { deps } = kept(insert);
    const stream = new PassThrough();
    stream.write('PA');
    const sent = send(deps, stream);
    stream.destroy(new Error('gone'));
    await expect(sent).rejects.toThrow('gone');
    await expect(send(deps, new PassThrough().destroy())).rejects.toThrow('Premature close');
  });
});

test('a name has at most 1,000 characters as it was sent, and one that shows', () => {
  expect(requireName(' \u{1f600}\u0000 ')).toBe('\u{1f600}');
  expect([...requireName('\u{1f600}'.repeat(1_000))]).toHaveLength(1_000);
  for (const name of ['x'.repeat(1_001), `x${' '.repeat(1_000)}`, ' \u0000\ufeff', undefined])
    expect(() => requireName(name)).toThrow(/name/);
});
