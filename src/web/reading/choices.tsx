import type { ReadOptions } from '../../processing/options/read-options.ts';
import type { Preview } from './preview-table.tsx';
import { labelled, type TypedOptions, typedOf, withOptions } from './typed-options.ts';

/** Sheets that are offered. */
const MOST_SHEETS = 20;
/** What a list of choices is of, by the option that they set. */
const TITLES: Partial<Record<keyof ReadOptions, string>> = {
  member: 'Which file of the archive?',
  sheet: 'Which sheet?',
  records: 'Which list?',
};

interface ChoicesProps {
  choices: readonly ReadOptions[];
  options: ReadOptions;
  /** The one that is read. */
  chosen: unknown;
  onOptions: (typed: TypedOptions) => void;
}

/** Files of an archive, sheets of a workbook, lists of records, or what else would do: a click sets the option. */
export function Choices({ choices, options, chosen, onOptions }: ChoicesProps) {
  const [option] = Object.keys(choices[0] ?? {}) as (keyof ReadOptions)[];
  if (!option) return null;
  const title = TITLES[option];
  return (
    <section aria-labelledby="choices">
      <h2 id="choices">{title ?? 'It may be read like this:'}</h2>
      <ul class="choices">
        {choices.map((choice) => {
          const value = String(choice[option]);
          const isChosen = value === chosen;
          return (
            <li key={value}>
              <button
                type="button"
                aria-pressed={title ? isChosen : undefined}
                disabled={isChosen}
                onClick={() => onOptions(typedOf(withOptions(options, choice)))}
              >
                <bdi>{title ? value : wordsOf(choice)}</bdi>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Options in words, as in a button. */
const wordsOf = (choice: ReadOptions): string =>
  labelled(choice)
    .map(([label, text]) => (text ? `${label}: ${text}` : label))
    .join(', ');

/** The sheets of a workbook that has several. */
export function sheetsOf(preview: Preview | undefined): ReadOptions[] {
  const { sheets = [] } = (preview?.file ?? {}) as { sheets?: { name: string }[] };
  return sheets.length > 1 ? sheets.slice(0, MOST_SHEETS).map(({ name }) => ({ sheet: name })) : [];
}
