import { OPTIONS } from '../../processing/options/describe-options.ts';
import type { ReadOptions } from '../../processing/options/read-options.ts';
import { countOf } from '../../report/formatting.ts';
import { shortened } from '../formatting.ts';
import type { WebPreviewQuery } from '../generated/graphql.ts';
import { nullTexts } from './null-texts.ts';

export type Preview = WebPreviewQuery['previewDataset'];

/** Columns and characters of a value that are shown: a sheet may have 16,384 columns, a value 16 MiB. */
const MOST_COLUMNS = 40;
const MOST_CHARACTERS = 80;

interface TableProps {
  preview: Preview;
  options: ReadOptions;
  /** @param type empty: as it is found */
  onType: (column: string, type: string) => void;
}

/** The first rows as they would be read, with a choice of type above each column. */
export function PreviewTable({ preview, options, onType }: TableProps) {
  const { types = {} }: { types?: Record<string, string> } = options;
  const columns = preview.columns.slice(0, MOST_COLUMNS);
  const nulls = nullTexts(options, (preview.file as { format?: unknown }).format);
  const more = preview.columns.length - columns.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by key as well
    <section class="preview" aria-label="The first rows" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Line</th>
            {columns.map(({ name, type }) => (
              <th scope="col" key={name}>
                <bdi>{short(name)}</bdi>
                <TypeChoice name={name} found={type} chosen={ownOf(types, name) ?? ''} onType={onType} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map(({ row, line, values, surplus }) => (
            <tr key={row}>
              <th scope="row">{line}</th>
              {columns.map(({ name }) => (
                <Cell key={name} value={ownOf(values as Record<string, unknown>, name)} nulls={nulls} />
              ))}
              {surplus && <td class="surplus">{surplus.map(short).join(' | ')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {preview.rows.length === 0 && <p class="dim">There are no rows.</p>}
      {more > 0 && <p class="dim">and {countOf(more, 'more column')}</p>}
    </section>
  );
}

/** A column may be called `constructor`. */
const ownOf = <T,>(values: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

interface ChoiceProps {
  name: string;
  found: string;
  chosen: string;
  onType: TableProps['onType'];
}

function TypeChoice({ name, found, chosen, onType }: ChoiceProps) {
  return (
    <select
      aria-label={`Type of ${name}`}
      class={chosen ? 'set' : ''}
      value={chosen}
      onChange={(event) => onType(name, event.currentTarget.value)}
    >
      <option value="">{chosen ? 'as it is found' : `found: ${found}`}</option>
      {OPTIONS.types.offers!.map(([type, meaning]) => (
        <option key={type} value={type} title={meaning}>
          {type}
        </option>
      ))}
    </select>
  );
}

const short = (text: string) => shortened(text, MOST_CHARACTERS);

/** What is null is said so beside how it is written. */
function Cell({ value, nulls }: { value: unknown; nulls: ReadonlySet<string> }) {
  const isText = typeof value === 'string';
  const isNone = value === null || value === undefined || value === '';
  if (isNone || (isText && nulls.has(value.trim())))
    return (
      <td class="none">
        {!isNone && <bdi>{short(value)} </bdi>}
        <i>{value === '' ? 'empty' : 'none'}</i>
      </td>
    );
  return (
    <td class={isText ? '' : 'value'}>
      <bdi>{short(isText ? value : JSON.stringify(value))}</bdi>
    </td>
  );
}
