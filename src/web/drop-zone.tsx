import { useEffect, useRef, useState } from 'preact/hooks';
import { upload } from './upload-queue.ts';

/**
 * Where files are chosen or dropped. A file that is dropped elsewhere on the page is uploaded as well; the browser
 * would open it instead of the page.
 */
export function DropZone({ reload }: { reload: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!event.relatedTarget) setOver(false); // out of the window
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(false);
      upload(event.dataTransfer.files, reload);
    };
    addEventListener('dragover', drag);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', drag);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [reload]);
  return (
    <section class={`drop${over ? ' over' : ''}`} aria-label="Upload">
      <p>
        <strong>Drop CSV or JSON files here</strong>
      </p>
      <label class="button main">
        Choose files
        <input
          ref={input}
          class="sr"
          type="file"
          multiple
          accept=".csv,.tsv,.tab,.psv,.txt,.json,.ndjson,.jsonl,.geojson"
          onChange={() => {
            upload(input.current!.files ?? [], reload);
            input.current!.value = '';
          }}
        />
      </label>
      <p class="dim">.csv, .tsv, .txt, .json or .ndjson. Files are processed as soon as they are uploaded.</p>
    </section>
  );
}
