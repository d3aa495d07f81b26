import { useCallback, useRef } from 'preact/hooks';
import { useFileDrop } from './file-drop.ts';
import { OTHER_KINDS, TAKEN_EXTENSIONS, TAKEN_FORMATS } from './taken-files.ts';
import { upload, uploadDropped } from './upload-queue.ts';

/** Id of the list of files that can be read. */
export const TAKEN = 'taken';
/** Of a kind that is not read; a refused file's notice names its own. */
const MOST_ENDINGS = 4;

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

/** What to do with files that cannot be read. */
function OtherFiles() {
  return (
    <>
      <p>Not read:</p>
      <ul>
        {OTHER_KINDS.map(({ title, extensions, advice }) => (
          <li key={title}>
            {title} ({extensions.slice(0, MOST_ENDINGS).join(', ')}
            {extensions.length > MOST_ENDINGS && ' and others'}): {lowerFirst(advice(TAKEN_FORMATS))}
          </li>
        ))}
      </ul>
    </>
  );
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** A refused file's notice leads here. */
function TakenFiles() {
  return (
    <details id={TAKEN}>
      <summary>Which files can be read?</summary>
      <ul>
        <li>
          Tables as text, separated by commas, semicolons, tabs or vertical bars: .csv, .tsv, .tab, .psv, .txt. The
          first row is the header, unless you say something else.
        </li>
        <li>
          JSON: a list of objects, by itself or inside of an object, or one object per line: .json, .ndjson, .jsonl,
          .geojson.
        </li>
        <li>Apache Parquet: .parquet, .pq.</li>
        <li>
          Excel workbooks: .xlsx, .xlsm. The first visible sheet is read; another one can be chosen under “Read it
          differently”.
        </li>
        <li>Text that is compressed: .gz, .bgz, .zst, or .zip. Where it holds several files, the page asks which.</li>
      </ul>
      <OtherFiles />
    </details>
  );
}
