import { run } from './client.ts';
import { DELETE } from './documents.ts';
import { signal } from './signal.ts';

/** How long a deletion can be undone. */
export const UNDO_SECONDS = 10;
/** The list has been read again by then. */
const RELOADED_MILLISECONDS = 5_000;

/** Datasets that are about to be deleted, by id, with what is called off to undo that. */
const pending = new Map<string, number>(); // an entry per click of the last seconds
export const deleting = signal<ReadonlySet<string>>(new Set());
const changed = () => deleting.set(new Set(pending.keys()));

/**
 * Deletes a dataset after UNDO_SECONDS, so that a slip can be undone: nothing is deleted before. Leaving the page ends
 * the wait.
 */
export function deleteSoon(id: string, onDone: () => void, onFailure: (error: Error) => void): void {
  const timer = setTimeout(() => {
    const forget = () => {
      pending.delete(id);
      changed();
    };
    run('mutation', DELETE, { id }).then(
      () => {
        onDone();
        setTimeout(forget, RELOADED_MILLISECONDS); // until then the list still has it, and would show it again
      },
      (error: Error) => {
        forget();
        onFailure(error);
      },
    );
  }, UNDO_SECONDS * 1_000) as unknown as number;
  pending.set(id, timer);
  changed();
}

/** The dataset stays. */
export function undoDeletion(id: string): void {
  clearTimeout(pending.get(id));
  pending.delete(id);
  changed();
}

addEventListener('pagehide', () => {
  for (const [id, timer] of pending) {
    clearTimeout(timer);
    // the answer is not read: the page is gone by then
    void fetch(`datasets/${id}`, { method: 'DELETE', keepalive: true });
  }
  pending.clear();
  changed();
});
