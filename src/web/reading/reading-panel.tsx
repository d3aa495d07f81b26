import { useEffect, useState } from 'preact/hooks';
import { flagsOf } from '../../processing/options/option-texts.ts';
import type { ReadOptions } from '../../processing/options/read-options.ts';
import { whole } from '../../report/formatting.ts';
import { shortened } from '../formatting.ts';
import { reportLink } from '../place.ts';
import { Choices, sheetsOf } from './choices.tsx';
import { OptionsForm } from './options-form.tsx';
import { type Preview, PreviewTable } from './preview-table.tsx';
import { RunningJob } from './running-job.tsx';
import { isAskedFor, isOfReport, isReadSo, readingOf, standingOf } from './standing.ts';
import { allSuggestions, Suggestions } from './suggestions.tsx';
import { optionsOf, type TypedOptions, typedOf } from './typed-options.ts';
import { type LivePreview, usePreview } from './use-preview.ts';
import type { Reading } from './use-reading.ts';

const MOST_FLAG_CHARACTERS = 1_000;
/** Of a warning: names of columns are data. */
const MOST_CHARACTERS = 300;

interface PanelProps {
  reading: Reading;
  /** What is typed into the form; undefined as long as nothing was changed. */
  changed: TypedOptions | undefined;
  onChange: (typed: TypedOptions | undefined) => void;
}

/** "Read it differently": a form beside the first rows as they would be read. */
export function ReadingPanel({ reading, changed, onChange }: PanelProps) {
  const { dataset, isActive, process } = reading;
  const { id, report } = dataset!;
  const typed = changed ?? typedOf(readingOf(dataset!.options));
  const [failure, setFailure] = useState('');
  const given = optionsOf(typed);
  const options = 'options' in given ? given.options : undefined;
  const shown = usePreview(id, options);
  const { preview, choices, isStale } = shown;
  // files of an archive and lists of records are known only from the refusal that asks which
  const [listed, setListed] = useState<readonly ReadOptions[]>();
  useEffect(() => {
    if (choices[0]?.member !== undefined || choices[0]?.records !== undefined) setListed(choices);
  }, [choices]);
  const problem = 'problem' in given ? given.problem : shown.problem;
  const change = (next: TypedOptions) => {
    setFailure('');
    onChange(next);
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
        onChange(undefined);
        location.hash = reportLink(id);
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
          if (options && canProcess(options, reading, shown)) start();
        }}
      >
        <Submit reading={reading} typed={typed} options={options} preview={shown} onChange={change} />
        {failure && (
          <p class="error" role="alert">
            <bdi>{failure}</bdi>
          </p>
        )}
        <OptionsForm
          typed={typed}
          format={file.format as string | undefined}
          isArchive={!preview || (file.compression as { kind?: string } | undefined)?.kind === 'zip'}
          onChange={change}
        />
      </form>
      <div class="shown">
        {options && !isActive && !shown.isPending && (
          <LastFailure reading={reading} options={options} problem={problem} />
        )}
        {problem && (
          <p class="error" role="alert">
            <bdi>{problem}</bdi>
            {options && !shown.isRefused && (
              <>
                {' '}
                <button type="button" onClick={shown.retry}>
                  Try again
                </button>
              </>
            )}
          </p>
        )}
        {options && (
          <Choices
            choices={problem ? choices : (listed ?? sheetsOf(preview))}
            options={options}
            chosen={problem ? undefined : (options.member ?? options.records ?? file.sheet)}
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
            <PreviewTable preview={preview} options={options ?? {}} onType={setType} />
            <Warnings warnings={preview.warnings} />
          </div>
        )}
        {options && <Flags options={options} />}
      </div>
    </div>
  );
}

/**
 * Whether anything can come of processing the dataset so. What was tried and failed can be tried again only where
 * another fault than the file's may have been the reason.
 */
function canProcess(options: ReadOptions, { dataset, isActive }: Reading, { isRefused }: LivePreview): boolean {
  const known = dataset!;
  if (isActive || isReadSo(options, known)) return false;
  return !(isRefused && known.status === 'FAILED' && isAskedFor(options, known));
}

interface SubmitProps {
  reading: Reading;
  typed: TypedOptions;
  options: ReadOptions | undefined;
  preview: LivePreview;
  onChange: (typed: TypedOptions) => void;
}

/** The buttons above the form: to process it so, and back to the reading of the report or to none. */
function Submit({ reading, typed, options, preview, onChange }: SubmitProps) {
  const { dataset, isActive } = reading;
  const { report } = dataset!;
  const isShown = !!options && isOfReport(options, dataset!);
  const said = (): string => {
    if (isActive) return 'It is being processed.';
    if (!isShown) return '';
    const isSettled = isReadSo(options, dataset!);
    return isSettled ? 'The report was read like this.' : 'The report that you see was read like this.';
  };
  return (
    <>
      <div class="submit">
        <button type="submit" class="main" disabled={!options || !canProcess(options, reading, preview)}>
          {report ? 'Process again with this' : 'Process with this'}
        </button>
        <button type="button" disabled={Object.values(typed).every((text) => !text)} onClick={() => onChange({})}>
          Clear all
        </button>
        {report && !isShown && Object.keys(readingOf(report.options)).length > 0 && (
          <button type="button" onClick={() => onChange(typedOf(readingOf(report.options)))}>
            As in the report
          </button>
        )}
      </div>
      <output class="dim">{said()}</output>
      {isActive && <RunningJob reading={reading} />}
    </>
  );
}

interface FailureProps {
  reading: Reading;
  options: ReadOptions;
  /** What is said of the preview already. */
  problem: string;
}

/** Why the last reading failed, as long as the form has its options: the first rows may be fine. */
function LastFailure({ reading: { dataset }, options, problem }: FailureProps) {
  const standing = standingOf(dataset!);
  if (standing.kind !== 'failed' || standing.error === problem || !isAskedFor(options, dataset!)) return null;
  return (
    <p class="error" role="alert">
      The last reading, like this, failed: <bdi>{standing.error}</bdi>
    </p>
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

/** The same for the command; not of thousands of names. */
function Flags({ options }: { options: ReadOptions }) {
  const flags = flagsOf(options);
  if (flags === '' || flags.length > MOST_FLAG_CHARACTERS) return null;
  return (
    <p class="dim">
      The same in the command: <code>{flags}</code>
    </p>
  );
}

function Warnings({ warnings }: { warnings: Preview['warnings'] }) {
  if (warnings.length === 0) return null;
  return (
    <ul class="warnings">
      {warnings.slice(0, 10).map(({ message }) => (
        <li key={message}>
          <bdi>{shortened(message, MOST_CHARACTERS)}</bdi>
        </li>
      ))}
    </ul>
  );
}
