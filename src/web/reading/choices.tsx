import type { ReadOptions } from '../../processing/options/read-options.ts';
import type { Preview } from './preview-table.tsx';
import { type TypedOptions, typedOf } from './typed-options.ts';

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

/** Files of an archive, sheets of a workbook, lists of records: a click names the one to read. */
export function Choices({ choices, options, chosen, onOptions }: ChoicesProps) {
  const [option] = Object.keys(choices[0] ?? {}) as (keyof ReadOptions)[];
  if (!option) return null;
  return (
    <section aria-labelledby="choices">
      <h2 id="choices">{TITLES[option] ?? 'Which one?'}</h2>
      <ul class="choices">
        {choices.map((choice) => {
          const value = String(choice[option]);
          const isChosen = value === chosen;
          return (
            <li key={value}>
              <button
                type="button"
                aria-pressed={isChosen}
                disabled={isChosen}
                onClick={() => onOptions(typedOf({ ...options, ...choice }))}
              >
                <bdi>{value}</bdi>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The sheets of a workbook that has several. */
export function sheetsOf(preview: Preview | undefined): ReadOptions[] {
  const { sheets = [] } = (preview?.file ?? {}) as { sheets?: { name: string }[] };
  return sheets.length > 1 ? sheets.slice(0, MOST_SHEETS).map(({ name }) => ({ sheet: name })) : [];
}
