// Profiles 150 records of 1 MB each, all different: run with a small heap, it shows what is kept of a record after its
// row.
import { profileDataset } from '../../src/processing/profile.ts';

async function* records(): AsyncGenerator<Uint8Array> {
  const filler = 'x'.repeat(1_000_000);
  for (let i = 0; i < 150; i++) yield Buffer.from(`{"key":"a value of its own ${i}","filler":"${filler}${i}"}\n`);
}
const { rowCount, columns } = await profileDataset(records(), { format: 'json' });
console.log(rowCount, columns.map(({ distinct }) => distinct.count).join());
