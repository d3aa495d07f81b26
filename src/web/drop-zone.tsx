import { useCallback, useRef } from 'preact/hooks';
import { useFileDrop } from './file-drop.ts';
import { TAKEN_EXTENSIONS } from './taken-files.ts';
import { upload, uploadDropped } from './upload-queue.ts';

/** Id of the list of files that can be read. */
export const TAKEN = 'taken';

/** Where files are chosen or dropped, and what is taken. */
export function DropZone({ reload }: { reload: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const over = useFileDrop(useCallback((dropped) => uploadDropped(dropped, reload), [reload]));
  return (
    <section class={`drop${over ? ' over' : ''}`} aria-label="Upload">
      <p>
        <strong>Drop files or a folder here</strong>
      </p>
      <label class="button main">
        Choose files
        <input
          ref={input}
          class="sr"
          type="file"
          multiple
          accept={TAKEN_EXTENSIONS.join(',')}
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
        <li>Apache Parquet: .parquet, .pq.</li>
        <li>Excel workbooks, of which the first visible sheet is read: .xlsx, .xlsm.</li>
        <li>Text that is compressed: .gz, .bgz, .zst, or .zip with one file in it.</li>
        <li>From another spreadsheet: save it as an Excel workbook, or the sheet as “CSV UTF-8”.</li>
        <li>From a database: export the table as CSV.</li>
      </ul>
    </details>
  );
}
