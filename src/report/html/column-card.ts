import { invisibleCharacters } from '../../processing/text/invisible.ts';
import { cut } from '../../processing/text/trim.ts';
import { COLUMN_KINDS } from '../column-kinds.ts';
import type { Alert, ColumnReport, Outliers } from '../document.ts';
import { countWithShare, shareOf, whole } from '../formatting.ts';
import { columnChart } from './column-chart.ts';
import { statistics } from './column-statistics.ts';
import type { Detail } from './detail.ts';
import { exampleList } from './example-list.ts';
import { type Content, type Html, html } from './html.ts';
import { outlierList } from './outliers.ts';
import { countLink, rowsLink } from './rows-link.ts';
import { shareBar } from './share-bar.ts';
import { spellingNotes } from './spelling-notes.ts';
import { topValues } from './top-values.ts';

/** Kinds of a text column whose values only look like text to a program. */
const WRITTEN = new Set<ColumnReport['kind']>(['date', 'measure', 'share']);
const TYPES: Partial<Record<ColumnReport['type'], string>> = {
  integer: 'Whole numbers.',
  decimal: 'Numbers with a point or an exponent.',
  boolean: 'true and false.',
  date: 'Days, written like 2024-05-31.',
  datetime: 'Days and times in ISO 8601, written like 2024-05-31T13:00:00Z.',
  text: 'Any characters.',
};

/** All that is known of one column: its figures on the left, and what its kind calls for beside them. */
export function columnCard(
  column: ColumnReport,
  outliers: Outliers | undefined,
  alerts: Alert[],
  rows: number,
  detail: Detail,
): Html {
  const { name, position } = column;
  const title = html`<a href="#c${position}"><bdi>${cut(name, detail.nameCodePoints)}</bdi></a>`;
  const chart = columnChart(column, outliers);
  const values = topValues(column, detail, Boolean(chart));
  const far = outlierList(outliers, column, detail);
  const charted = Boolean(chart) && html`<div class="charts">${chart}${far}</div>`;
  return html`<article class="card" id="c${position}" data-c="${name}">
    <header><h3>${title}</h3>${typeAndKind(column, detail)}</header>${alertList(alerts, detail)}
    <div class="parts"><div class="facts">
      ${statistics(column, detail)}${isUnique(column) && html`<p>All values are unique.</p>`}
      ${nulls(column, rows, detail)}
      ${evidence(column, detail)}${spellingNotes(column, detail)}${!charted && far}</div>
    ${(charted || values) && html`<div class="shown">${charted}${values}</div>`}</div>
  </article>`;
}

/** Of many values the number of different ones is an estimate, which cannot show that all differ. */
const isUnique = ({ kind, count, distinct }: ColumnReport): boolean =>
  kind === 'id' && distinct?.exact === true && distinct.count === count;

/** What the values are, and what they stand for where that is something else; each explained in its title. */
function typeAndKind({ type, kind, stored_type: stored }: ColumnReport, { sentences }: Detail): Content {
  const pill = (name: string, label: string, meaning: string | undefined) =>
    html`<span class="${name}"${sentences && meaning !== undefined && html` title="${meaning}"`}>${label}</span>`;
  const typed = stored !== undefined && pill('kind', stored, 'How the file stores the values.');
  if (type === 'text' && WRITTEN.has(kind))
    return [pill('type', `${kind}, written as text`, COLUMN_KINDS[kind]), typed];
  return [pill('type', type, TYPES[type]), kind !== type && pill('kind', kind, COLUMN_KINDS[kind]), typed];
}

function alertList(alerts: Alert[], { sentences }: Detail): Content {
  if (alerts.length === 0) return undefined;
  const item = ({ severity, message, code }: Alert) =>
    html`<li class="${severity}"><b>${code.replaceAll('_', ' ')}</b>${sentences && html` <bdi>${message}</bdi>`}</li>`;
  return html`<ul class="alerts">${alerts.map(item)}</ul>`;
}

/** The share of nulls as a bar, and how they are written; nothing without nulls. */
function nulls(column: ColumnReport, rows: number, detail: Detail): Content {
  const { null_count, name } = column;
  if (null_count === 0) return undefined;
  const text = countWithShare(null_count, rows, 'null', 'null');
  const label = detail.links ? countLink({ column: name, is_null: true }, text) : text;
  return html`<p class="nulls">${shareBar(rows === 0 ? 0 : null_count / rows, 'nulls')}
    <span>${label}${tokens(column, detail)}</span></p>`;
}

/** How the nulls are written; nothing where all are empty fields of CSV or nulls of JSON. */
function tokens({ null_tokens }: ColumnReport, { topValues }: Detail): Content {
  const spellings = Object.entries(null_tokens);
  if (spellings.length === 0) return undefined;
  if (spellings.length === 1) return /^(?:null)?$/.test(spellings[0]![0]) ? undefined : `, all ${spellings[0]![0]}`;
  const shown = spellings.slice(0, topValues).map(([token, count]) => `${token || 'empty'} ${whole(count)}`);
  return `: ${shown.join(', ')}${spellings.length > shown.length ? ' …' : ''}`;
}

/** Values that are not of the column's type; nothing where all are. */
function evidence({ name, type, count, position, evidence }: ColumnReport, detail: Detail): Content {
  if (type === 'empty' || type === 'text' || type === 'number' || type === 'other') return undefined;
  const { matching, exceptions, examples, strings } = evidence;
  // a date in JSON can be nothing but a string
  const dated = type === 'date' || type === 'datetime';
  const words = !dated && strings ? written(strings, matching, type) : undefined;
  if (exceptions === 0) return words && html`<p class="evidence">${words}</p>`;
  const text = (value: string) => cut(invisibleCharacters.show(value), detail.valueCodePoints);
  const list = exampleList(
    examples.slice(0, detail.examples),
    exceptions,
    ({ row, value }) => html`${rowsLink([row], undefined, position)} <q><bdi>${text(value)}</bdi></q>`,
    ': ',
  );
  const not = `${whole(exceptions)} of ${whole(count)} values`;
  const linked = countLink({ column: name, of_type: false }, not);
  return html`<p class="evidence"><strong>${linked}</strong> (${shareOf(exceptions, count)})
    ${exceptions === 1 ? ' is' : ' are'} not of type ${type}${list}</p>
    ${words && html`<p class="evidence">${words}</p>`}`;
}

/** Of JSON: how many numbers or booleans are strings. */
const written = (strings: number, matching: number, type: string): string =>
  strings === matching ? `Every ${type} is written as a string.` : `${whole(strings)} are written as strings.`;
