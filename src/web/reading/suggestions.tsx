import { useState } from 'preact/hooks';
import { flagsOf } from '../../processing/options/option-texts.ts';
import type { ReadOptions } from '../../processing/options/read-options.ts';
import { countOf } from '../../report/formatting.ts';
import { shortened } from '../formatting.ts';
import { type TypedOptions, typedOf, withOptions } from './typed-options.ts';

/** What would change values, with the options that would do it. */
export interface Suggestion {
  code: string;
  message: string;
  columns: string[];
  options: ReadOptions;
  /** Of other readings, where nothing tells which is meant. */
  alternatives?: ReadOptions[] | null | undefined;
}

interface SuggestionsProps {
  suggestions: readonly Suggestion[];
  options: ReadOptions;
  onOptions: (typed: TypedOptions) => void;
}

/** Suggestions above a report; the others are behind a link to the form. */
const MOST_ABOVE_REPORT = 3;
/** Of a sentence: names of columns are data. */
const MOST_CHARACTERS = 300;

interface SuggestedProps {
  suggestions: readonly Suggestion[];
  /** Of the report that has them. */
  options: ReadOptions;
  link: string;
  /** Processes the dataset so. */
  read: (options: ReadOptions) => void;
}

/** What may be meant differently, above the report: a click processes the dataset so. */
export function SuggestedReadings({ suggestions, options, link, read }: SuggestedProps) {
  const [isHidden, hide] = useState(false);
  if (suggestions.length === 0 || isHidden) return null;
  const more = suggestions.length - MOST_ABOVE_REPORT;
  return (
    <section class="news" aria-label="Suggestions">
      <ul class="suggestions">
        {suggestions.slice(0, MOST_ABOVE_REPORT).map((suggestion) => (
          <SuggestionLine
            key={keyOf(suggestion)}
            suggestion={suggestion}
            onPick={(picked) => read(withOptions(options, picked))}
          />
        ))}
      </ul>
      <p class="tools">
        <a href={link}>{more > 0 ? `${countOf(more, 'more suggestion')}, and the first rows` : 'See the first rows'}</a>
        <button type="button" onClick={() => hide(true)}>
          Hide
        </button>
      </p>
    </section>
  );
}

interface LineProps {
  suggestion: Suggestion;
  onPick: (options: ReadOptions) => void;
}

/** A suggestion without options says something that no option mends; one of several readings has a button for each. */
function SuggestionLine({ suggestion, onPick }: LineProps) {
  const { message } = suggestion;
  const readings = readingsOf(suggestion);
  return (
    <li>
      <span>
        {shortened(message, MOST_CHARACTERS)
          .split('`')
          .map((piece, i) => (i % 2 === 1 ? <code key={i}>{piece}</code> : piece))}
      </span>
      {readings.map((options) => (
        <button type="button" key={keyOf({ code: '', options })} onClick={() => onPick(options)}>
          {readings.length > 1 ? labelOf(options) : 'Read it like this'}
        </button>
      ))}
    </li>
  );
}

const readingsOf = ({ options, alternatives }: Suggestion): ReadOptions[] =>
  isWithout({ options }) ? [] : [options, ...(alternatives ?? [])];

const FIRST = { DMY: 'Day first', MDY: 'Month first', YMD: 'Year first' };
/** What a button says where there are several. */
const labelOf = (options: ReadOptions) => (options.date_order ? FIRST[options.date_order] : flagsOf(options));

const keyOf = ({ code, options }: Pick<Suggestion, 'code' | 'options'>) => `${code} ${JSON.stringify(options)}`;

/** Suggestions as buttons that fill the form; those that are followed already are left out. */
export function Suggestions({ suggestions, options, onOptions }: SuggestionsProps) {
  const isFollowed = (reading: ReadOptions) => isSameReading(withOptions(options, reading), options);
  const open = suggestions.filter((suggestion) => !readingsOf(suggestion).some(isFollowed));
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="suggestions">
      <h2 id="suggestions">Suggestions</h2>
      <ul class="suggestions">
        {open.map((suggestion) => (
          <SuggestionLine
            key={keyOf(suggestion)}
            suggestion={suggestion}
            onPick={(picked) => onOptions(typedOf(withOptions(options, picked)))}
          />
        ))}
      </ul>
    </section>
  );
}

const isWithout = ({ options }: Pick<Suggestion, 'options'>) => Object.keys(options).length === 0;
const isSameReading = (one: ReadOptions, other: ReadOptions) =>
  JSON.stringify(typedOf(one)) === JSON.stringify(typedOf(other));

/**
 * Each suggestion once: of the report, which has seen the whole file, then of the preview.
 * @param columns that there are now: a suggestion about others is of another reading
 */
export function allSuggestions(columns: readonly { name: string }[], ...lists: unknown[]): Suggestion[] {
  const names = new Set(columns.map(({ name }) => name));
  const all = lists.flatMap((list) => (list ?? []) as Suggestion[]);
  const fitting = all.filter((suggestion) => suggestion.columns.every((name) => names.has(name)));
  return [...new Map(fitting.map((each) => [keyOf(each), each])).values()];
}
