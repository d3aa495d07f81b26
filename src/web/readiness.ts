import { useEffect, useState } from 'preact/hooks';

const PAUSE_MILLISECONDS = 10_000;

/** What the service cannot do at the moment, in its own sentences; empty when all is well or nothing is known. */
async function askTrouble(): Promise<string> {
  try {
    const response = await fetch('ready', { headers: { accept: 'application/json' } });
    return response.status === 503 ? String(((await response.json()) as { detail?: string }).detail ?? '') : '';
  } catch {
    return ''; // a server that does not answer is told of elsewhere
  }
}

/** Asks while the page is looked at: a job that waits for a broker that is away looks like any other that waits. */
export function useTrouble(): string {
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    const look = async () => {
      if (document.visibilityState === 'visible') setTrouble(await askTrouble());
    };
    void look();
    const timer = setInterval(look, PAUSE_MILLISECONDS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return trouble;
}
