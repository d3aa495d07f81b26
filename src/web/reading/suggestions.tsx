import type { ReadOptions } from '../../processing/options/read-options.ts';
import { type TypedOptions, typedOf, withOptions } from './typed-options.ts';

/** What would change values, with the options that would do it. */
export interface Suggestion {
  code: string;
  message: string;
  columns: string[];
  options: ReadOptions;
}

interface SuggestionsProps {
  suggestions: readonly Suggestion[];
  options: ReadOptions;
  onOptions: (typed: TypedOptions) => void;
}

/** Suggestions as buttons that fill the form; those that are followed already are left out. */
export function Suggestions({ suggestions, options, onOptions }: SuggestionsProps) {
  const open = suggestions
    .map((suggestion) => ({ suggestion, next: withOptions(options, suggestion.options) }))
    .filter(({ next }) => JSON.stringify(typedOf(next)) !== JSON.stringify(typedOf(options)));
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="suggestions">
      <h2 id="suggestions">Suggestions</h2>
      <ul class="suggestions">
        {open.map(({ suggestion: { code, message, columns }, next }) => (
          <li key={`${code} ${columns.join()}`}>
            <span>{message.split('`').map((piece, i) => (i % 2 === 1 ? <code key={i}>{piece}</code> : piece))}</span>
            <button type="button" onClick={() => onOptions(typedOf(next))}>
              Read it so
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/**
 * Each suggestion once: of the report, which has seen the whole file, then of the preview.
 * @param columns that there are now: a suggestion about others is of another reading
 */
export function allSuggestions(columns: readonly { name: string }[], ...lists: unknown[]): Suggestion[] {
  const names = new Set(columns.map(({ name }) => name));
  const all = lists.flatMap((list) => (list ?? []) as Suggestion[]);
  const fitting = all.filter((suggestion) => suggestion.columns.every((name) => names.has(name)));
  return [...new Map(fitting.map((each) => [`${each.code} ${JSON.stringify(each.options)}`, each])).values()];
}
