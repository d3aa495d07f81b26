import type { ZipArchive, ZipEntry } from '../../containers/zip-archive.ts';
import { DatasetError } from '../../errors.ts';
import { ENTRIES_IN_FAILURE } from '../../limits.ts';
import { cut } from '../../text/trim.ts';
import type { Format } from '../format.ts';

/** Zip archives that are documents of another kind, by a file that they have, and what to do with them. */
const DOCUMENTS: ReadonlyMap<string, [name: string, advice: string]> = new Map([
  ['xl/workbook.bin', ['an Excel binary workbook (.xlsb)', 'Save it as .xlsx, or the sheet as CSV.']],
  ['word/document.xml', ['a Word document (.docx)', 'Export the table as CSV.']],
  ['ppt/presentation.xml', ['a PowerPoint presentation (.pptx)', 'Export the table as CSV.']],
  ['Index/Document.iwa', ['a Numbers or Pages document', 'Export it as CSV or .xlsx.']],
]);
const OPEN_DOCUMENT = ['mimetype', 'META-INF/manifest.xml', 'content.xml'];

/** Characters of a file's name in a sentence. */
const NAME_CHARACTERS = 120;

/** Whether a file of an archive may be a table: macOS adds `__MACOSX`, folders are entries as well. */
function mayBeTable({ name }: ZipEntry): boolean {
  const parts = name.split('/');
  return !name.endsWith('/') && !parts.includes('__MACOSX') && !parts.at(-1)!.startsWith('.');
}

/**
 * The one file of an archive that may be a table, or the one that the option `member` names; or the format whose file
 * the archive is. Memory: some names, whatever the number of files.
 * @throws DatasetError for several of them or none, listing the first by name
 */
export async function tableIn(
  archive: ZipArchive,
  member: string | undefined,
  formats: readonly Format[],
): Promise<{ entry: ZipEntry } | { format: Format }> {
  const tables: ZipEntry[] = []; // the first ENTRIES_IN_FAILURE
  let count = 0;
  let named: ZipEntry | undefined;
  let document: [name: string, advice: string] | undefined;
  const openDocument = new Set(OPEN_DOCUMENT);
  for await (const entry of archive.entries()) {
    const { name } = entry;
    const format = formats.find(({ zipMember }) => zipMember === name);
    if (format) return { format };
    document ??= DOCUMENTS.get(name);
    if (openDocument.delete(name) && openDocument.size === 0)
      document ??= ['an OpenDocument file (.ods)', 'Save it as .xlsx, or the sheet as CSV.'];
    if (name === member) named ??= entry;
    if (!mayBeTable(entry)) continue;
    count++;
    if (tables.length < ENTRIES_IN_FAILURE) tables.push(entry);
  }
  if (named) return { entry: named };
  const [entry] = tables;
  const choices = tables.map(({ name }) => ({ member: name }));
  const names = tables.map(({ name }) => JSON.stringify(cut(name, NAME_CHARACTERS)));
  const more = count - names.length;
  const listed = `${names.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}`;
  if (member !== undefined)
    throw new DatasetError(
      `The zip archive has no file ${JSON.stringify(cut(member, NAME_CHARACTERS))}`,
      {},
      entry ? `It has ${listed}.` : 'It is empty.',
      choices,
    );
  if (document)
    throw new DatasetError(`This looks like ${document[0]}, not a zip archive with a table`, {}, document[1]);
  if (!entry) throw new DatasetError('The zip archive holds no file', {}, 'Make it again.');
  if (count > 1)
    throw new DatasetError(
      `The zip archive holds ${count.toLocaleString('en')} files: ${listed}`,
      {},
      'Name the one to read with the option member.',
      choices,
    );
  return { entry };
}
