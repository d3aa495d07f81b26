import type { ReadOptions } from '../../processing/options/read-options.ts';
import { JobProgress } from '../job-progress.tsx';
import { readingLink } from '../place.ts';
import { changesOf } from './changes.ts';
import type { Reading } from './use-reading.ts';

/** Above a report whose dataset is or was just processed again: how far it is, then what has changed. */
export function ReadingNews({ reading }: { reading: Reading }) {
  const { dataset, job, isActive, before, process, dismiss } = reading;
  if (!dataset || !before) return null;
  const { id, name, sizeBytes, report } = dataset;
  if (isActive)
    return (
      <section class="news" aria-label="Processing again">
        <p>It is being processed again. Until then you see the report as it was.</p>
        <JobProgress job={job!} sizeBytes={sizeBytes} name={name} />
      </section>
    );
  if (job?.state === 'FAILURE')
    return (
      <section class="news" aria-label="Processing again">
        <p class="error" role="alert">
          <bdi>{job.error}</bdi>
        </p>
        <p>
          You see the report as it was. <a href={readingLink(id)}>Read it differently</a>{' '}
          <button type="button" onClick={dismiss}>
            Dismiss
          </button>
        </p>
      </section>
    );
  if (!report || report.createdAt === before.createdAt) return null;
  const changes = changesOf(before, report);
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
        <button type="button" onClick={() => void process((before.options ?? {}) as ReadOptions)}>
          Read it as before
        </button>
        <a href={readingLink(id)}>Read it differently</a>
      </p>
    </section>
  );
}
