import { cut } from '../../processing/text/trim.ts';
import type { ReportDocument } from '../document.ts';
import { whole } from '../formatting.ts';
import { counted, plural } from './counted.ts';
import type { Detail } from './detail.ts';
import { type Content, type Html, html } from './html.ts';
import { rowsLink } from './rows-link.ts';

/** Code points of a warning's sentence at most: the names of columns in it are data. */
const WARNING_CODE_POINTS = 300;

/** Warnings of the readers, duplicates and bad rows, each with a link to its rows. */
export function rowSections({ anomalies, bad_rows, warnings }: ReportDocument, detail: Detail): Content {
  return [
    warnings.length > 0 && warningSection(warnings, detail),
    anomalies.duplicates.count > 0 && duplicateSection(anomalies.duplicates),
    bad_rows.count > 0 && badRowSection(bad_rows),
  ];
}

function warningSection(warnings: ReportDocument['warnings'], detail: Detail): Html {
  const shown = warnings.slice(0, detail.alerts);
  const more = warnings.length - shown.length;
  const items = shown.map(({ message }) => html`<li><bdi>${cut(message, WARNING_CODE_POINTS)}</bdi></li>`);
  return html`<section aria-labelledby="reading"><h2 id="reading">How the file was read</h2>
    <ul>${items}${more > 0 && html`<li>and ${whole(more)} more</li>`}</ul></section>`;
}

function duplicateSection(duplicates: ReportDocument['anomalies']['duplicates']): Html {
  const items = duplicates.examples.map(
    ({ row, first_row }) =>
      html`<li>${rowsLink([first_row, row], `row ${whole(row)}`)} repeats row ${whole(first_row)}</li>`,
  );
  return html`<section aria-labelledby="duplicates">
    <h2 id="duplicates">Duplicate rows ${counted(duplicates.count)}</h2>
    <ul class="rows">${items}${rest(duplicates)}</ul></section>`;
}

function badRowSection(badRows: ReportDocument['bad_rows']): Html {
  const items = badRows.examples.map(({ row, line, fields, expected }) => {
    const wrong = `${fields} ${plural(fields, 'field')} instead of ${expected}`;
    return html`<li>${rowsLink([row])} (line ${whole(line)}): ${wrong}</li>`;
  });
  return html`<section aria-labelledby="bad"><h2 id="bad">Bad rows ${counted(badRows.count)}</h2>
    <ul class="rows">${items}${rest(badRows)}</ul></section>`;
}

/** How many there are beyond the examples. */
function rest({ count, examples }: { count: number; examples: unknown[] }): Content {
  return count > examples.length && html`<li class="dim">and ${whole(count - examples.length)} more</li>`;
}
