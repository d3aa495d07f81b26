import { useEffect, useState } from 'preact/hooks';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * Files that are dropped anywhere in these windows: the browser would open them instead of the page.
 * @param inner the window of a frame, whose events do not reach the page around it
 * @returns whether files are being dragged over the page
 */
export function useFileDrop(onFiles: (files: FileList) => void, inner?: Window | null): boolean {
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
      onFiles(event.dataTransfer!.files);
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
  }, [onFiles, inner]);
  return over;
}
