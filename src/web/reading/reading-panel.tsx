import { useState } from 'preact/hooks';
import { flagsOf } from '../../processing/options/option-texts.ts';
import type { ReadOptions } from '../../processing/options/read-options.ts';
import { isSameReading, validateOptions } from '../../processing/options/validate-options.ts';
import { whole } from '../../report/formatting.ts';
import { reportLink } from '../place.ts';
import { Choices, sheetsOf } from './choices.tsx';
import { OptionsForm } from './options-form.tsx';
import { type Preview, PreviewTable } from './preview-table.tsx';
import { allSuggestions, Suggestions } from './suggestions.tsx';
import { optionsOf, type TypedOptions, typedOf } from './typed-options.ts';
import { usePreview } from './use-preview.ts';
import type { Reading } from './use-reading.ts';

/** "Read it differently": a form beside the first rows as they would be read. */
export function ReadingPanel({ reading }: { reading: Reading }) {
  const { dataset, isActive, process } = reading;
  const { id, report } = dataset!;
  const [typed, setTyped] = useState<TypedOptions>(() => typedOf((dataset!.options ?? {}) as ReadOptions));
  const [failure, setFailure] = useState('');
  const given = optionsOf(typed);
  const options = 'options' in given ? given.options : undefined;
  const { preview, problem, choices, isStale } = usePreview(id, options);
  const sentence = 'problem' in given ? given.problem : problem;
  const reportOptions = validateOptions(report?.options ?? {});
  const isAsReported = report && options && isSameReading(validateOptions(options), reportOptions);
  const change = (next: TypedOptions) => {
    setFailure('');
    setTyped(next);
  };
  const setType = (column: string, type: string) => {
    const { [column]: _before, ...others } = options?.types ?? {};
    const types = type ? { ...others, [column]: type } : others;
    const { types: _types, ...rest } = typed;
    change(Object.keys(types).length > 0 ? { ...rest, ...typedOf({ types } as ReadOptions) } : rest);
  };
  const start = () => {
    setFailure('');
    process(options!).then(
      () => {
        location.hash = report ? reportLink(id) : '#all';
      },
      (error: Error) => setFailure(error.message),
    );
  };
  const file = (preview?.file ?? {}) as Record<string, unknown>;
  return (
    <div class="reading">
      <form
        aria-label="How the file is read"
        onSubmit={(event) => {
          event.preventDefault();
          if (options && !isAsReported && !isActive) start();
        }}
      >
        <div class="submit">
          <button type="submit" class="main" disabled={!options || !!isAsReported || isActive || sentence !== ''}>
            {report ? 'Process again with this' : 'Process with this'}
          </button>
          <button type="button" disabled={Object.values(typed).every((text) => !text)} onClick={() => change({})}>
            Clear all
          </button>
        </div>
        <output class="dim">
          {isActive
            ? 'It is being processed. Cancel that in the list, or wait until it ends.'
            : isAsReported && 'The report was read like this.'}
        </output>
        {failure && (
          <p class="error" role="alert">
            {failure}
          </p>
        )}
        <OptionsForm typed={typed} format={file.format as string | undefined} onChange={change} />
      </form>
      <div class="shown">
        {sentence && (
          <p class="error" role="alert">
            <bdi>{sentence}</bdi>
          </p>
        )}
        {options && (
          <Choices
            choices={problem ? choices : sheetsOf(preview)}
            options={options}
            chosen={problem ? undefined : file.sheet}
            onOptions={change}
          />
        )}
        {preview && options && (
          <Suggestions
            suggestions={allSuggestions(preview.columns, report?.suggestions, preview.suggestions)}
            options={options}
            onOptions={change}
          />
        )}
        {preview && (
          <div class={isStale ? 'stale' : ''}>
            <Dialect preview={preview} />
            <PreviewTable preview={preview} types={options?.types ?? {}} onType={setType} />
            <Warnings warnings={preview.warnings} />
          </div>
        )}
        {options && Object.keys(options).length > 0 && (
          <p class="dim">
            The same in the command: <code>{flagsOf(options)}</code>
          </p>
        )}
      </div>
    </div>
  );
}

const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe', ' ': 'space' };

/** How the bytes are read, in some words. */
function Dialect({ preview: { file, columns, rows, rowsRead } }: { preview: Preview }) {
  const { format, encoding, delimiter, sheet } = file as Record<string, string | undefined>;
  const facts = [
    format?.toUpperCase(),
    sheet !== undefined && `sheet ${sheet}`,
    encoding,
    delimiter !== undefined && `delimiter ${DELIMITERS[delimiter] ?? delimiter}`,
    `${whole(columns.length)} ${columns.length === 1 ? 'column' : 'columns'}`,
  ].filter(Boolean);
  return (
    <p>
      {facts.join(', ')}
      {rows.length > 0 && (
        <span class="dim">
          {rows.length < rowsRead ? `The first ${rows.length} rows; types` : 'Types'} by {whole(rowsRead)}{' '}
          {rowsRead === 1 ? 'row' : 'rows'}.
        </span>
      )}
    </p>
  );
}

function Warnings({ warnings }: { warnings: Preview['warnings'] }) {
  if (warnings.length === 0) return null;
  return (
    <ul class="warnings">
      {warnings.slice(0, 10).map(({ message }) => (
        <li key={message}>
          <bdi>{message}</bdi>
        </li>
      ))}
    </ul>
  );
}
