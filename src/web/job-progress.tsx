import { useEffect, useRef, useState } from 'preact/hooks';
import { type Job, jobStatus } from './job-status.ts';
import { Throughput } from './throughput.ts';

const TICK_MILLISECONDS = 500;

/** A bar with what the job is doing. @param name of the dataset */
export function JobProgress({ job, sizeBytes, name }: { job: Job; sizeBytes: number; name: string }) {
  const bytes = useRef(new Throughput());
  const rows = useRef(new Throughput());
  const [, draw] = useState(0);
  const now = performance.now();
  if (job.state === 'STARTED') {
    bytes.current.observe(job.bytesProcessed, now);
    rows.current.observe(job.rowsProcessed, now);
  }
  useEffect(() => {
    if (job.state !== 'STARTED') return;
    const timer = setInterval(() => draw((n) => n + 1), TICK_MILLISECONDS); // the time left falls between updates
    return () => clearInterval(timer);
  }, [job.state]);
  return (
    <div class="progress">
      <progress max={100} value={job.progress} aria-label={`Progress of ${name}`} />
      <span>{jobStatus(job, sizeBytes, bytes.current, rows.current, now)}</span>
    </div>
  );
}
