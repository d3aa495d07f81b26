import { useEffect, useState } from 'preact/hooks';

const PAUSE_MILLISECONDS = 10_000;

/** Why the service is not ready, in its own words; empty when it is, or when that is unknown. */
async function readinessProblem(): Promise<string> {
  try {
    const response = await fetch('ready', { headers: { accept: 'application/json' } });
    return response.status === 503 ? String(((await response.json()) as { detail?: string }).detail ?? '') : '';
  } catch {
    return ''; // a server that does not respond is reported by connection.ts
  }
}

/** Asks while the page is visible: a job that waits because the broker is down looks like any other that waits. */
export function useReadinessProblem(): string {
  const [problem, setProblem] = useState('');
  useEffect(() => {
    const check = async () => {
      if (document.visibilityState === 'visible') setProblem(await readinessProblem());
    };
    void check();
    const timer = setInterval(check, PAUSE_MILLISECONDS);
    document.addEventListener('visibilitychange', check);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', check);
    };
  }, []);
  return problem;
}
