import { useEffect, useState } from 'preact/hooks';
import { type Dropped, droppedFiles } from './dropped-files.ts';
import { isTakenFile } from './taken-files.ts';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * Files and folders that are dropped anywhere in these windows: the browser would open them instead of the page.
 * @param inner the window of a frame, whose events do not reach the page around it
 * @returns whether files are being dragged over the page
 */
export function useFileDrop(onDrop: (dropped: Dropped) => void, inner?: Window | null): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!event.relatedTarget) setOver(false); // out of the window
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      void droppedFiles(event.dataTransfer!, isTakenFile).then(onDrop);
    };
    const ends = [window, inner].map((target) => {
      if (!target) return () => {};
      const ended = new AbortController();
      const { signal } = ended;
      target.addEventListener('dragover', drag, { signal });
      target.addEventListener('dragleave', leave, { signal });
      target.addEventListener('drop', drop, { signal });
      return () => ended.abort();
    });
    return () => {
      for (const end of ends) end();
    };
  }, [onDrop, inner]);
  return over;
}
