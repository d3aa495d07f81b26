import { flagsOf } from '../../processing/options/option-texts.ts';
import { cut } from '../../processing/text/trim.ts';
import type { ReportDocument } from '../document.ts';
import { countOf, countWithShare, whole } from '../formatting.ts';
import { counted } from './counted.ts';
import type { Detail } from './detail.ts';
import { type Content, type Html, html } from './html.ts';
import { countLink, rowsLink } from './rows-link.ts';

/** Code points of a warning's sentence at most: the names of columns in it are data. */
const WARNING_CODE_POINTS = 300;

/** Options and warnings of the readers, duplicates and bad rows, each with a link to its rows. */
export function rowSections(report: ReportDocument, detail: Detail): Content {
  const { anomalies, bad_rows, warnings, options, suggestions = [], row_count } = report;
  return [
    (options || warnings.length > 0) && readingSection(report, detail),
    suggestions.length > 0 && suggestionSection(suggestions, detail),
    anomalies.duplicates.count > 0 && duplicateSection(anomalies.duplicates, row_count),
    bad_rows.count > 0 && badRowSection(bad_rows, row_count),
  ];
}

function readingSection({ warnings, options }: ReportDocument, detail: Detail): Html {
  const shown = warnings.slice(0, detail.alerts);
  const more = warnings.length - shown.length;
  const items = shown.map(({ message }) => html`<li><bdi>${cut(message, WARNING_CODE_POINTS)}</bdi></li>`);
  const flags = options && cut(flagsOf(options), WARNING_CODE_POINTS);
  const said = flags && html`<li>With the options <bdi><code>${flags}</code></bdi></li>`;
  return html`<section aria-labelledby="reading"><h2 id="reading">How the file was read</h2>
    <ul>${said}
    ${items}${more > 0 && html`<li>and ${whole(more)} more</li>`}</ul></section>`;
}

/** A sentence whose names of columns stand between backticks. */
const withCode = (sentence: string): Content =>
  sentence.split('`').map((piece, i) => (i % 2 === 1 ? html`<code>${piece}</code>` : piece));

function suggestionSection(suggestions: NonNullable<ReportDocument['suggestions']>, detail: Detail): Html {
  const shown = suggestions.slice(0, detail.alerts);
  const items = shown.map(({ message, options, alternatives = [] }) => {
    const flags = [options, ...alternatives].map((reading) => cut(flagsOf(reading), WARNING_CODE_POINTS));
    const said = withCode(cut(message, WARNING_CODE_POINTS));
    const codes = flags.map((each, i) => each && html` ${i > 0 && 'or '}<code>${each}</code>`);
    return html`<li><bdi>${said}</bdi>${codes}</li>`;
  });
  const title = html`<h2 id="suggestions">Suggestions ${counted(suggestions.length)}</h2>`;
  return html`<section aria-labelledby="suggestions">${title}
    <p class="dim">The file may be meant differently. Nothing of this is done unless the option is given.</p>
    <ul>${items}</ul></section>`;
}

function duplicateSection(duplicates: ReportDocument['anomalies']['duplicates'], rows: number): Html {
  const { count, examples } = duplicates;
  const groups = [...Map.groupBy(examples, ({ first_row }) => first_row)];
  // only where all duplicates are listed is a group known whole
  const isWhole = examples.length === count;
  const items = groups.map(([first, list]) => {
    const repeats = list.map(({ row }) => row);
    return html`<li>${countLink({ duplicate_of: first }, sameRows(first, repeats, isWhole))}</li>`;
  });
  const all = countLink({ duplicate: true }, countWithShare(count, rows, 'duplicate row'));
  const inGroups = isWhole && ` in ${countOf(groups.length, 'group')}`;
  return html`<section aria-labelledby="duplicates"><h2 id="duplicates">Duplicate rows ${counted(count)}</h2>
    <p>${all}${inGroups}</p><ul class="rows">${items}
    ${rest(duplicates, html`${countLink({ duplicate: true }, `all ${whole(count)}`)} duplicate rows`)}</ul></section>`;
}

/** Which rows are equal; how often a row occurs only where all its repeats are known. */
function sameRows(first: number, repeats: number[], areAll: boolean): string {
  const names = repeats.map(whole).join(', ');
  if (repeats.length === 1) return `Row ${names} repeats row ${whole(first)}`;
  if (!areAll) return `Rows ${names} repeat row ${whole(first)}`;
  return `Row ${whole(first)} occurs ${repeats.length + 1} times: rows ${whole(first)}, ${names}`;
}

function badRowSection(badRows: ReportDocument['bad_rows'], rows: number): Html {
  const items = badRows.examples.map(({ row, line, fields, expected }) => {
    const wrong = `${countOf(fields, 'field')} instead of ${expected}`;
    return html`<li>${rowsLink([row], `Row ${whole(row)}`)} (line ${whole(line)}): ${wrong}</li>`;
  });
  const all = countLink({ bad: true }, countWithShare(badRows.count, rows, 'bad row'));
  return html`<section aria-labelledby="bad"><h2 id="bad">Bad rows ${counted(badRows.count)}</h2>
    <p>${all} with another number of fields than the header</p>
    <ul class="rows">${items}
    ${rest(badRows, html`${countLink({ bad: true }, `all ${whole(badRows.count)}`)} bad rows`)}</ul></section>`;
}

/** How many there are beyond the examples. @param all of them, examples included, as a link */
function rest({ count, examples }: { count: number; examples: unknown[] }, all: Content): Content {
  const more = count - examples.length;
  return more > 0 && html`<li class="dim">and ${whole(more)} more: ${all}</li>`;
}
