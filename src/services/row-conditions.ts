import { AppError } from '../core/errors.ts';
import { ConditionError } from '../processing/errors.ts';
import {
  CONDITION_KINDS,
  MAX_CONDITIONS,
  MAX_TEXTS,
  OUTLIER_SIDES,
  parseConditions,
} from '../processing/filter/parse-conditions.ts';
import type { RowCondition } from '../processing/row-conditions.ts';
import type { ReportDocument } from '../report/document.ts';
import { whole } from '../report/formatting.ts';

export { CONDITION_KINDS, MAX_CONDITIONS, MAX_TEXTS, OUTLIER_SIDES };

/** Most characters of all conditions of a request, as JSON. An address has at most 16 KiB in any case. */
export const MAX_WHERE_LENGTH = 65_536;
/** Most columns that a sentence lists, and most characters that it shows of a name. */
const LISTED = 10;
const SHOWN = 80;

const refuse = (sentence: string) => new AppError('BAD_REQUEST', sentence);
const shown = (name: string): string => JSON.stringify(name.length > SHOWN ? `${name.slice(0, SHOWN)}…` : name);

/**
 * Conditions as a client writes them in JSON, checked as far as that is possible without a report.
 * @throws AppError BAD_REQUEST with a sentence that names the member and what it takes
 */
export function readConditions(values: readonly unknown[]): RowCondition[] {
  const conditions = parsed(values);
  // measured once they are known to be flat: JSON.stringify overflows the stack with values that are nested very deeply
  const { length } = JSON.stringify(conditions);
  if (length > MAX_WHERE_LENGTH)
    throw refuse(
      `The conditions of "where" have ${whole(length)} characters as JSON; ` +
        `${whole(MAX_WHERE_LENGTH)} are allowed.`,
    );
  return conditions;
}

function parsed(values: readonly unknown[]): RowCondition[] {
  try {
    return parseConditions(values);
  } catch (error) {
    throw refusalOf(error);
  }
}

/**
 * Conditions in the parameters of an address: each is one condition or a list of them, as JSON.
 * @throws AppError BAD_REQUEST
 */
export function parseWhere(texts: readonly string[]): RowCondition[] {
  const values = texts.flatMap((text): unknown[] => {
    try {
      return [JSON.parse(text)].flat();
    } catch {
      throw refuse(
        '"where" is not valid JSON: write a condition like {"column":"Fare","outlier":"high"}, or a list of them, ' +
          'and encode it for the URL.',
      );
    }
  });
  return readConditions(values);
}

/**
 * Checks what the conditions name: columns and rows of the report. Whether a column's type fits a condition is checked
 * by the filter.
 * @throws AppError BAD_REQUEST
 */
export function checkNames(
  where: readonly RowCondition[],
  { columns, row_count }: Pick<ReportDocument, 'row_count'> & { columns: readonly { name: string }[] },
): void {
  for (const { column, duplicate_of } of where) {
    if (column !== undefined && !columns.some(({ name }) => name === column))
      throw unknownColumn(
        column,
        columns.map(({ name }) => name),
      );
    if (duplicate_of !== undefined && duplicate_of > row_count)
      throw refuse(`"duplicate_of" names row ${whole(duplicate_of)}; the dataset has ` + `${whole(row_count)} rows.`);
  }
}

function unknownColumn(name: string, names: string[]): AppError {
  const plain = (text: string) => text.trim().toLowerCase();
  const alike = names.find((each) => plain(each) === plain(name));
  const more = names.length > LISTED ? ` and ${whole(names.length - LISTED)} more` : '';
  const known =
    names.length === 0 ? 'The dataset has none.' : `There are ${names.slice(0, LISTED).map(shown).join(', ')}${more}.`;
  return refuse(`There is no column ${shown(name)}. ${alike === undefined ? known : `Did you mean ${shown(alike)}?`}`);
}

/** What a client reads of a condition that cannot be answered; any other error as it is. */
export const refusalOf = (error: unknown): unknown =>
  error instanceof ConditionError ? new AppError('BAD_REQUEST', error.message, { cause: error }) : error;
