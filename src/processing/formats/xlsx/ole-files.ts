import type { ByteRanges } from '../../byte-source.ts';
import { DatasetError } from '../../errors.ts';

const MAGIC = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const HEADER_BYTES = 512;
/** A stream of this name holds an encrypted Office document (MS-OFFCRYPTO); names are UTF-16. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * Refuses compound files (MS-CFB): workbooks of Excel 97 to 2003, and those with a password of any version.
 * @throws DatasetError
 */
export async function refuseOle(ranges: ByteRanges): Promise<void> {
  if (ranges.size < HEADER_BYTES) return;
  const header = await ranges.read(0, HEADER_BYTES);
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) return;
  const sector = 1 << Math.min(header.readUInt16LE(30), 12);
  const from = Math.min((header.readUInt32LE(48) + 1) * sector, ranges.size);
  const directory = await ranges.read(from, Math.min(sector, ranges.size - from));
  if (directory.includes(ENCRYPTED))
    throw new DatasetError('The workbook is encrypted with a password', {}, 'Save it without one.');
  throw new DatasetError(
    'This is an Excel workbook of an older version (.xls)',
    {},
    'Save it as an Excel workbook (.xlsx), or the sheet as CSV.',
  );
}
