import { cut } from '../../processing/text/trim.ts';
import { type Alert, alertsByColumn, type ColumnReport, outliersOf, type ReportDocument } from '../document.ts';
import { whole } from '../formatting.ts';
import type { Provenance } from '../provenance.ts';
import { alertSection } from './alert-section.ts';
import { PAGE_SCRIPT, PAGE_STYLE, policyHash } from './assets.ts';
import { columnCard } from './column-card.ts';
import { columnsTable, TABLE_TITLES } from './columns-table.ts';
import { counted } from './counted.ts';
import { DETAILS, type Detail, LARGE_BYTES, SMALL_BYTES, SMALL_COLUMNS, TITLE_CODE_POINTS } from './detail.ts';
import { type Content, Html, html } from './html.ts';
import { missingValues } from './missing.ts';
import { overview } from './overview.ts';
import { provenanceSection } from './provenance-section.ts';
import { rowSections } from './row-sections.ts';

/** What the page may do: run its own script and use its own style, and nothing else, whatever the data holds. */
const PAGE_POLICY =
  `default-src 'none'; script-src ${policyHash(PAGE_SCRIPT)}; style-src ${policyHash(PAGE_STYLE)}; ` +
  "base-uri 'none'; form-action 'none'";

/** With more cards than this, those out of sight are not laid out: a page of 1,000 cards opens at once. */
const MANY_CARDS = 60;

/**
 * The report as one HTML file that loads nothing, readable without scripts: at most 300 kB up to 50 columns
 * and 2 MB for more; where the details do not fit, fewer are shown, with a note. A pure function.
 * @param name of the dataset, as its owner called it
 * @param provenance where the report comes from, for the foot of the page
 */
export function renderPage(report: ReportDocument, name: string, provenance?: Provenance): string {
  const most = mostBytes(report);
  let page = '';
  for (const detail of DETAILS) {
    if (report.columns.length > detail.columns && detail !== DETAILS.at(-1)) continue;
    const shown = report.columns.slice(0, detail.columns);
    const byColumn = alertsByColumn(report);
    // most of a page: the rest is only made where they leave room for it
    const made = detail.cards ? cards(report, shown, byColumn, detail) : undefined;
    if (detail.cards && !made) continue;
    page = render(report, name, provenance, detail, made);
    if (Buffer.byteLength(page) <= most) break;
  }
  return page;
}

const mostBytes = ({ columns }: ReportDocument) => (columns.length <= SMALL_COLUMNS ? SMALL_BYTES : LARGE_BYTES);

function render(
  report: ReportDocument,
  name: string,
  provenance: Provenance | undefined,
  detail: Detail,
  made: Html | undefined,
): string {
  const { columns } = report;
  const byColumn = alertsByColumn(report);
  const shown = columns.slice(0, detail.columns);
  const byName = new Map(shown.map((column) => [column.name, column]));
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${new Html(PAGE_POLICY)}">
    <meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">
    <title>${cut(name, TITLE_CODE_POINTS)} – dataset report</title><style>${new Html(PAGE_STYLE)}</style></head>
    <body><a class="skip" href="#columns">Skip to the columns</a><main>
    <header><p class="dim">Dataset report</p><h1><bdi>${cut(name, TITLE_CODE_POINTS)}</bdi></h1></header>
    ${overview(report)}${alertSection(report, byName, detail)}${rowSections(report, detail)}
    ${missingValues(report, detail)}
    <section aria-labelledby="columns"><h2 id="columns">Columns ${counted(columns.length)}</h2>
    ${reduced(report, detail)}
    ${tools(shown, detail)}
    ${columnsTable(report, shown, byColumn, detail)}${made}
    </section>
    ${provenance && provenanceSection(provenance)}</main><script>${new Html(PAGE_SCRIPT)}</script></body></html>\n`;
  return page.text;
}

/** Controls of the columns, of use with the page's script alone. */
function tools(columns: ColumnReport[], { cards }: Detail): Html {
  const views = html`<div class="views" role="group" aria-label="View">
    <button type="button" id="compact">Compact</button><button type="button" id="full">Cards</button></div>`;
  // a kind with the name of a type is a second entry only where it is of other columns
  const isOther = (name: string) => columns.some(({ type, kind }) => (kind === name) !== (type === name));
  const kinds = new Set([...new Set(columns.map(({ kind }) => kind))].filter(isOther));
  const others = columns.filter(({ kind }) => kinds.has(kind));
  const order = (title: string, i: number) => html`<option value="${i}">${title.toLowerCase()}</option>`;
  return html`<div class="tools" id="tools" hidden>${cards && views}
    <label>Search <input type="search" id="search" autocomplete="off"></label>
    <label>Type <select id="type"><option value="">all</option>${options('Type', 't', columns, ({ type }) => type)}
      ${options('Kind', 'd', others, ({ kind }) => kind)}</select></label>
    <label>Sort by <select id="sort"><option value="p">position</option>${TABLE_TITLES.map(order)}</select></label>
    <label class="check"><input type="checkbox" id="alerted"> with alerts only</label>
    <span id="found" class="dim" role="status"></span></div>`;
}

function options(label: string, by: string, columns: ColumnReport[], of: (column: ColumnReport) => string): Html {
  const all = [...Map.groupBy(columns, of)];
  const option = ([name, { length }]: (typeof all)[number]) =>
    html`<option value="${by}:${name}">${name} (${whole(length)})</option>`;
  if (all.length === 0) return html``;
  return html`<optgroup label="${label}">${all.map(option)}</optgroup>`;
}

/** A note where not everything is shown. */
function reduced({ columns }: ReportDocument, detail: Detail): Content {
  if (detail === DETAILS[0]) return undefined;
  const missing = columns.length - detail.columns;
  const what = missing > 0 ? `The first ${whole(detail.columns)} columns are shown, ` : 'The columns are shown ';
  const how = detail.cards ? 'with fewer details' : 'as a table';
  return html`<p class="dim">${what}${how}, to keep this page small. report.json has everything.</p>`;
}

const BOX_LEGEND = html`<p class="dim legend">Below the bars of numbers: a box from the first to the third quartile, the
  ${' '}median as a line in it, whiskers to the last values within 1.5 box lengths, and outliers in red, the thicker the
  ${' '}more of them.</p>`;

/** A card per column; `undefined` where they alone exceed the limit of the page. */
function cards(
  report: ReportDocument,
  shown: ColumnReport[],
  alerts: Map<string, Alert[]>,
  detail: Detail,
): Html | undefined {
  const most = mostBytes(report);
  const made: Html[] = [];
  let bytes = PAGE_STYLE.length + PAGE_SCRIPT.length;
  for (const column of shown) {
    const card = columnCard(
      column,
      outliersOf(report, column.name),
      alerts.get(column.name) ?? [],
      report.row_count,
      detail,
    );
    made.push(card);
    bytes += Buffer.byteLength(card.text);
    if (bytes > most) return undefined;
  }
  // once above all cards: below each chart it would be noise
  const legend = made.some(({ text }) => text.includes('class="box"')) && BOX_LEGEND;
  return html`${legend}<div class="list${shown.length > MANY_CARDS && html` many`}" id="cards">${made}</div>`;
}
