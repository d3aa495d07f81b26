import { cut } from '../text/trim.ts';

// Kinds of files that are not read, by their extension, and what to do with one. The page says it before it sends a
// file, the service instead of taking it.

/** Code points of a file's name in a sentence. */
const NAME_CODE_POINTS = 80;

interface OtherKind {
  /** In a list of kinds. */
  title: string;
  extensions: readonly string[];
  /** What a file of the extension is, in a sentence, where not only "not a CSV file". */
  is?: Readonly<Record<string, string>>;
  /** What to do with it, a sentence. @param formats those that are read, as a sentence lists them */
  advice: (formats: string) => string;
}

const asCsv = () => 'Export the table as CSV.';

/** Each kind, the most usual first. */
export const OTHER_KINDS: readonly OtherKind[] = [
  {
    title: 'Other workbooks',
    extensions: ['.xls', '.xlsb', '.ods'],
    is: {
      '.xls': 'an Excel workbook of an older version',
      '.xlsb': 'an Excel binary workbook',
      '.ods': 'an OpenDocument spreadsheet',
    },
    advice: () => 'Save it as .xlsx, or the sheet as CSV.',
  },
  { title: 'Numbers', extensions: ['.numbers'], advice: () => 'Save the sheet as CSV.' },
  {
    title: 'Other files of columns',
    extensions: ['.avro', '.orc', '.feather', '.arrow'],
    is: { '.avro': 'an Avro file', '.orc': 'an ORC file', '.feather': 'a Feather file', '.arrow': 'an Arrow file' },
    advice: () => 'Export the table as Parquet or CSV.',
  },
  {
    title: 'Databases and statistics',
    extensions: ['.sqlite', '.db', '.rds', '.sav', '.dta', '.sas7bdat'],
    advice: asCsv,
  },
  {
    title: 'Documents',
    extensions: ['.pdf', '.doc', '.docx', '.odt', '.rtf', '.htm', '.html', '.xml'],
    advice: asCsv,
  },
  {
    title: 'Other archives',
    extensions: ['.tar', '.tgz', '.bz2', '.xz', '.7z', '.rar'],
    advice: () => 'Unpack it and upload the file in it.',
  },
  {
    title: 'Pictures',
    extensions: ['.png', '.jpg', '.jpeg', '.gif', '.webp', '.svg', '.bmp', '.tif', '.tiff', '.heic', '.avif'],
    advice: (formats) => `Choose a ${formats} file.`,
  },
];

/**
 * What to do with a file of another kind, as sentences; undefined where its extension is of none that is known.
 * @param formats those that are read, as a sentence lists them
 */
export function otherKind(filename: string, formats: string): string | undefined {
  const extension = /[^/](\.[^./]+)$/.exec(filename)?.[1]?.toLowerCase() ?? '';
  const kind = OTHER_KINDS.find(({ extensions }) => extensions.includes(extension));
  if (!kind) return undefined;
  const advice = kind.advice(formats);
  const is = kind.is?.[extension];
  return is
    ? `${cut(filename, NAME_CODE_POINTS)} is ${is}, which is not read. ${advice}`
    : notOfThese(filename, formats, advice);
}

/** @param advice what to do, a sentence */
export const notOfThese = (filename: string, formats: string, advice: string): string =>
  `${cut(filename, NAME_CODE_POINTS)} is not a ${formats} file. ${advice}`;
