import type { Format } from '../format.ts';

const MAGIC = Buffer.from('PAR1');
/** Of a file whose footer is encrypted. */
const ENCRYPTED = Buffer.from('PARE');

/** Apache Parquet. */
export const PARQUET: Format<'parquet'> = {
  name: 'parquet',
  label: 'Parquet',
  contentTypes: ['application/vnd.apache.parquet', 'application/x-parquet'],
  extensions: ['.parquet', '.pq'],
  hasSignature: true,
  sniff(head) {
    const begin = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, MAGIC.length));
    return begin.equals(MAGIC) || begin.equals(ENCRYPTED) ? 'certain' : 'no';
  },
  /** Columns are taken by one thread (columns/typed-columns.ts): others would not pay for their start. */
  workEstimate: () => 0,
  load: () => import('./reader.ts'),
};
