import { DatasetError } from '../../errors.ts';
import { builtInKind, kindOfFormat, type NumberKind } from './number-formats.ts';
import { type PackageParts, type Relationship, relationships, resolvePart } from './package-parts.ts';
import { readXmlPart } from './xml-part.ts';
import { damagedPart } from './xml-scanner.ts';

/** A sheet with cells, as the workbook lists it. */
export interface Sheet {
  name: string;
  hidden: boolean;
  /** The name of its part in the archive. */
  part: string;
}
/** What is known of a workbook before a sheet is read. */
export interface Workbook {
  /** Not those of charts, macros and dialogs. */
  sheets: Sheet[];
  /** Days are counted from 1904-01-01. */
  is1904: boolean;
  /** By the number of a cell's style. */
  kinds: readonly NumberKind[];
  /** The part of its shared strings. */
  sharedStrings: string | undefined;
}

/** As many as LibreOffice allows; Excel ends for want of memory. */
const MOST_SHEETS = 10_000;
/** Excel's have 31. */
const MOST_NAME_CHARACTERS = 255;
/** Of cells: Excel allows 65,490. */
const MOST_STYLES = 2 ** 20;
/** Sheets that a failure lists by name. */
const LISTED_SHEETS = 10;

const isTrue = (value: string | undefined) => value === '1' || value === 'true';
const ofType = (found: readonly Relationship[], type: string) => found.filter((each) => each.type === type);

/** @throws DatasetError when it is none, or of a kind that is not read */
export async function readWorkbook(parts: PackageParts): Promise<Workbook> {
  const root = await relationships(parts, '');
  const main = resolvePart('', ofType(root, 'officeDocument')[0]?.target ?? 'xl/workbook.xml');
  refuseOthers(parts, main);
  const related = await relationships(parts, main);
  const targets = new Map(related.map(({ id, type, target }) => [id, { type, part: resolvePart(main, target) }]));
  const sheets: Sheet[] = [];
  let is1904 = false;
  await readXmlPart(parts.stream(main), main, (path, attributes) => {
    if (path === 'workbook/workbookPr') is1904 = isTrue(attributes.date1904);
    if (path !== 'workbook/sheets/sheet') return;
    const id = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1];
    const target = targets.get(id ?? '');
    if (target?.type !== 'worksheet') return;
    if (sheets.length === MOST_SHEETS)
      throw damagedPart(main, `lists more than ${MOST_SHEETS.toLocaleString('en')} sheets`);
    const { name = '' } = attributes;
    if (name.length > MOST_NAME_CHARACTERS)
      throw damagedPart(main, `has a sheet whose name is longer than ${MOST_NAME_CHARACTERS} characters`);
    const hidden = attributes.state === 'hidden' || attributes.state === 'veryHidden';
    sheets.push({ name, hidden, part: target.part });
  });
  const [strings] = ofType(related, 'sharedStrings');
  const [styles] = ofType(related, 'styles');
  const has = (found: Relationship | undefined) => found && parts.has(resolvePart(main, found.target));
  return {
    sheets,
    is1904,
    kinds: has(styles) ? await readStyles(parts, resolvePart(main, styles!.target)) : [],
    sharedStrings: has(strings) ? resolvePart(main, strings!.target) : undefined,
  };
}

function refuseOthers(parts: PackageParts, main: string): void {
  if (main.endsWith('.bin'))
    throw new DatasetError(
      'This is a binary Excel workbook (.xlsb), which is not read',
      {},
      'Save it as an Excel workbook (.xlsx), or the sheet as CSV.',
    );
  if (/^word\//.test(main))
    throw new DatasetError('This is a Word document, not a workbook', {}, 'Export the table as CSV.');
  if (/^ppt\//.test(main))
    throw new DatasetError('This is a PowerPoint presentation, not a workbook', {}, 'Export the table as CSV.');
  if (!parts.has(main))
    throw new DatasetError(`This is no Excel workbook: it has no ${main}`, {}, 'Choose an .xlsx file.');
}

async function readStyles(parts: PackageParts, part: string): Promise<NumberKind[]> {
  const codes = new Map<number, NumberKind>();
  const kinds: NumberKind[] = [];
  await readXmlPart(parts.stream(part), part, (path, attributes) => {
    if (Math.max(kinds.length, codes.size) === MOST_STYLES)
      throw damagedPart(part, `has more than ${MOST_STYLES.toLocaleString('en')} styles`);
    if (path === 'styleSheet/numFmts/numFmt')
      codes.set(Number(attributes.numFmtId), kindOfFormat(attributes.formatCode ?? ''));
    if (path !== 'styleSheet/cellXfs/xf') return;
    const id = Number(attributes.numFmtId ?? 0);
    kinds.push(codes.get(id) ?? builtInKind(id));
  });
  return kinds;
}

/**
 * The sheet that is read: the one that was asked for, else the first that is not hidden, else the first.
 * @param asked a name, or a number from 1
 * @throws DatasetError when there is none such, which lists the sheets
 */
export function chosenSheet(sheets: readonly Sheet[], asked: string | number | undefined): Sheet {
  if (sheets.length === 0)
    throw new DatasetError('The workbook has no sheet with cells', {}, 'Choose a workbook with a table.');
  if (asked === undefined) return sheets.find(({ hidden }) => !hidden) ?? sheets[0]!;
  const byNumber = /^\d+$/.test(String(asked)) ? sheets[Number(asked) - 1] : undefined;
  const byName = sheets.find(({ name }) => name === String(asked));
  // a number is a place before it is a name such as 2024, which a text is at once
  const found = typeof asked === 'number' ? (byNumber ?? byName) : (byName ?? byNumber);
  if (found) return found;
  const said = typeof asked === 'number' ? `number ${asked}` : JSON.stringify(asked);
  const choices = sheets.slice(0, LISTED_SHEETS).map(({ name }) => ({ sheet: name }));
  throw new DatasetError(`The workbook has no sheet ${said}`, {}, `It has ${listOf(sheets)}.`, choices);
}

/** Sheets in words: `"Data", "Notes" and 3 others`. */
export function listOf(sheets: readonly Sheet[]): string {
  const names = sheets.slice(0, LISTED_SHEETS).map(({ name }) => JSON.stringify(name));
  const others = sheets.length - names.length;
  if (others > 0) names.push(`${others} other${others === 1 ? '' : 's'}`);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
