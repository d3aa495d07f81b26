import { useRef, useState } from 'preact/hooks';
import type { ReadOptions } from '../../processing/options/read-options.ts';
import { countOf } from '../../report/formatting.ts';
import { shortened } from '../formatting.ts';
import { readingLink } from '../place.ts';
import { changesOf } from './changes.ts';
import { RunningJob } from './running-job.tsx';
import { isOfReport, readingOf, standingOf } from './standing.ts';
import { SuggestedReadings, type Suggestion } from './suggestions.tsx';
import { labelled } from './typed-options.ts';
import type { Reading } from './use-reading.ts';

/** Options in a sentence, and characters of each: one may have thousands of names. */
const MOST_OPTIONS = 4;
const MOST_CHARACTERS = 60;

/**
 * Above a report: that its dataset is being processed again, that what is shown is not what was asked for last, or what
 * has changed; then what may be meant differently. Each with a button that does it.
 */
export function ReadingNews({ reading }: { reading: Reading }) {
  const { dataset, isActive, process } = reading;
  const [failure, setFailure] = useState('');
  const all = useRef<HTMLDivElement>(null);
  const report = dataset?.report;
  if (!report) return null;
  const read = (options: ReadOptions) => {
    setFailure('');
    all.current?.focus(); // the button that has the focus is gone soon
    process(options).catch((error: Error) => setFailure(error.message));
  };
  return (
    <div ref={all} tabIndex={-1}>
      {isActive ? <Progress reading={reading} /> : <Ended reading={reading} read={read} />}
      {failure && (
        <p class="error" role="alert">
          <bdi>{failure}</bdi>
        </p>
      )}
      {!isActive && standingOf(dataset).kind === 'settled' && (
        <SuggestedReadings
          key={report.createdAt}
          link={readingLink(dataset.id)}
          suggestions={(report.suggestions ?? []) as Suggestion[]}
          options={readingOf(report.options)}
          read={read}
        />
      )}
    </div>
  );
}

function Progress({ reading }: { reading: Reading }) {
  const { options } = reading.dataset!;
  return (
    <section class="news" aria-label="Processing again">
      <output>
        It is being processed again, <Way options={options} />. Until then you see the report as it was.
      </output>
      <RunningJob reading={reading} />
    </section>
  );
}

/** Options in a sentence, as the form calls them. */
function Way({ options }: { options: unknown }) {
  const all = labelled(readingOf(options));
  if (all.length === 0) return <>without options</>;
  const more = all.length - MOST_OPTIONS;
  return (
    <>
      with{' '}
      {all.slice(0, MOST_OPTIONS).map(([label, text], i) => (
        <span key={label}>
          {i > 0 && ', '}
          {label} {text && <code>{shortened(text, MOST_CHARACTERS)}</code>}
        </span>
      ))}
      {more > 0 && ` and ${countOf(more, 'other option')}`}
    </>
  );
}

interface EndedProps {
  reading: Reading;
  read: (options: ReadOptions) => void;
}

function Ended({ reading, read }: EndedProps) {
  const { dataset, before } = reading;
  const { id, options, report } = dataset!;
  const standing = standingOf(dataset!);
  if (standing.kind === 'settled')
    return before && before.createdAt !== report!.createdAt ? <Changes reading={reading} read={read} /> : null;
  const isSame = standing.kind === 'failed' && standing.isSame;
  return (
    <section class="news" aria-label="Which reading you see">
      {standing.kind === 'failed' ? (
        <>
          <p role="alert">
            {isSame ? 'Processing it again failed:' : 'The last reading, '}
            {!isSame && <Way options={options} />}
            {!isSame && ', failed:'} <bdi class="reason">{standing.error}</bdi>
          </p>
          <p>
            You see the report of the {isSame ? 'run' : 'reading'} before, <Way options={report!.options} />.
          </p>
        </>
      ) : (
        <p>
          You see the report as it was read <Way options={report!.options} />. Reading it <Way options={options} /> was
          asked for and has not been done.
        </p>
      )}
      <p class="tools">
        {!isSame && (
          <button type="button" onClick={() => read(readingOf(report!.options))}>
            Keep what you see
          </button>
        )}
        <button type="button" onClick={() => read(readingOf(options))}>
          {standing.kind === 'failed' ? 'Try again' : 'Read it like this'}
        </button>
        <a href={readingLink(id)}>Read it differently</a>
      </p>
    </section>
  );
}

function Changes({ reading: { dataset, before, dismiss }, read }: EndedProps) {
  const changes = changesOf(before!, dataset!.report!);
  return (
    <section class="news" aria-label="What has changed">
      {changes.length === 0 ? (
        <output>It was processed again: rows, columns, types and nulls are the same.</output>
      ) : (
        <>
          <output>It was processed again. What has changed:</output>
          <ul>
            {changes.map((change) => (
              <li key={change}>
                <bdi>{change}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="tools">
        <button type="button" onClick={dismiss}>
          Dismiss
        </button>
        {!isOfReport(readingOf(before!.options), dataset!) && (
          <button type="button" onClick={() => read(readingOf(before!.options))}>
            Read it as before
          </button>
        )}
        <a href={readingLink(dataset!.id)}>Read it differently</a>
      </p>
    </section>
  );
}
