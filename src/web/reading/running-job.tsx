import { useState } from 'preact/hooks';
import { JobProgress } from '../job-progress.tsx';
import type { Reading } from './use-reading.ts';

/** How far the job is that runs, with a way to end it. */
export function RunningJob({ reading: { dataset, job, cancel } }: { reading: Reading }) {
  const { name, sizeBytes } = dataset!;
  const [failure, setFailure] = useState('');
  return (
    <>
      <JobProgress job={job!} sizeBytes={sizeBytes} name={name} />
      <p class="tools">
        <button type="button" onClick={() => cancel().catch((error: Error) => setFailure(error.message))}>
          Cancel
        </button>
      </p>
      {failure && (
        <p class="error" role="alert">
          <bdi>{failure}</bdi>
        </p>
      )}
    </>
  );
}
