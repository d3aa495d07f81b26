import { isNullToken } from '../../processing/text/null-tokens.ts';
import { kindOf } from '../../processing/text/value-type.ts';
import type { Alert, ReportFacts } from '../document.ts';
import { countOf, percent, whole } from '../formatting.ts';
import { THRESHOLDS as T } from './thresholds.ts';

/** Codes of warnings that the encoding was replaced or repaired. */
const REPAIRS = new Set(['encoding_fallback', 'replaced_characters', 'invalid_bytes']);

/** The alerts about the whole file: duplicates, bad rows, encoding, header. */
export function fileAlerts({ row_count: rows, anomalies, bad_rows, columns, warnings }: ReportFacts): Alert[] {
  const alerts: Alert[] = [];
  const { count: duplicates, examples } = anomalies.duplicates;
  if (duplicates > 0 && !areRowsFew(columns, rows, duplicates)) {
    const share = duplicates / rows;
    const first = examples[0];
    const repeat = duplicates === 1 ? 'row repeats an' : 'rows repeat an';
    const where = first ? ` Row ${whole(first.row)} repeats row ${whole(first.first_row)}.` : '';
    alerts.push({
      code: 'duplicates',
      severity: share >= T.manyDuplicatesShare ? 'error' : 'warning',
      message: `${whole(duplicates)} ${repeat} earlier one (${percent(share)}).${where}`,
      numbers: { count: duplicates, share },
    });
  }
  if (bad_rows.count > 0) {
    const share = bad_rows.count / rows;
    alerts.push({
      code: 'bad_rows',
      severity: share >= T.manyBadRowsShare ? 'error' : 'warning',
      message: badRowsSentence(bad_rows),
      numbers: { count: bad_rows.count, share },
    });
  }
  const repaired = warnings.find(({ code }) => REPAIRS.has(code));
  if (repaired) alerts.push({ code: 'encoding_repaired', severity: 'warning', message: repaired.message, numbers: {} });
  const dataLike = columns.filter(({ name }) => looksLikeData(name)).length;
  if (dataLike > 0 && dataLike / columns.length >= T.headerDataShare)
    alerts.push({
      code: 'header_looks_like_data',
      severity: 'warning',
      message: `${dataLike} of the ${columns.length} column names look like data: the file may have no header.`,
      numbers: { names: dataLike, columns: columns.length },
    });
  return alerts;
}

/** So many bad rows are all named. */
const NAMED_BAD_ROWS = 3;

function badRowsSentence({ count, examples }: ReportFacts['bad_rows']): string {
  const first = examples[0];
  const rows = count === 1 ? 'One row does' : `${whole(count)} rows do`;
  if (!first) return `${rows} not have as many fields as the header.`;
  const have = `${rows} not have ${countOf(first.expected, 'field')}`;
  if (count > Math.min(NAMED_BAD_ROWS, examples.length))
    return `${have}; the first is row ${whole(first.row)}, which has ${whole(first.fields)}.`;
  return `${have}: ${examples.map(({ row, fields }) => `row ${whole(row)} has ${whole(fields)}`).join(', ')}.`;
}

/**
 * Whether most rows must repeat an earlier one, because the columns have fewer combinations of values than there are
 * rows: a single column of measurements, or of a group and an outcome.
 */
function areRowsFew(columns: ReportFacts['columns'], rows: number, duplicates: number): boolean {
  let combinations = 1;
  for (const { distinct, null_count } of columns) combinations *= (distinct?.count ?? rows) + (null_count > 0 ? 1 : 0);
  return duplicates / rows >= T.expectedDuplicatesShare && combinations < rows;
}

/** Numbers and dates are seldom names; years are, as columns of a table over time. */
function looksLikeData(name: string): boolean {
  if (/^(?:19|20)\d\d$/.test(name)) return false;
  return isNullToken(name) || kindOf(name) !== 'text';
}
