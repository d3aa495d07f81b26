import { useCallback, useRef } from 'preact/hooks';
import { useFileDrop } from './file-drop.ts';
import { upload } from './upload-queue.ts';

/** Id of the list of files that can be read. */
export const TAKEN = 'taken';

/** Where files are chosen or dropped, and what is taken. */
export function DropZone({ reload }: { reload: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const over = useFileDrop(useCallback((files) => upload(files, reload), [reload]));
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
          accept=".csv,.tsv,.tab,.psv,.txt,.json,.ndjson,.jsonl,.geojson,.gz,.bgz,.zst,.zip"
          onChange={() => {
            upload(input.current!.files ?? [], reload);
            input.current!.value = '';
          }}
        />
      </label>
      <p class="dim">Files are processed as soon as they are uploaded.</p>
      <TakenFiles />
    </section>
  );
}

/** A refused file's notice leads here. */
function TakenFiles() {
  return (
    <details id={TAKEN}>
      <summary>Which files can be read?</summary>
      <ul>
        <li>
          Tables as text, separated by commas, semicolons, tabs or vertical bars: .csv, .tsv, .tab, .psv, .txt. The
          first row is the header.
        </li>
        <li>A list of JSON objects, or one object per line: .json, .ndjson, .jsonl, .geojson.</li>
        <li>From Excel or another spreadsheet: save the sheet as “CSV UTF-8”.</li>
        <li>One of these, compressed: .gz, .bgz, .zst, .zip.</li>
        <li>From Parquet or a database: export the table as CSV.</li>
      </ul>
    </details>
  );
}
