/** Most characters of a name in a file name: file systems take 255 bytes. */
const MAX_STEM = 60;
/** What file systems or shells give a meaning, and what does not show. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f"*/:<>?\\|]+/g;

/** The name of a download about a dataset: `sales-rows.csv`. */
export function downloadName(dataset: string, what: string): string {
  const stem = [...dataset.replace(UNSAFE, '-')]
    .slice(0, MAX_STEM)
    .join('')
    .replace(/^[-.\s]+|[-.\s]+$/g, '');
  return `${stem || 'dataset'}-${what}`;
}

/**
 * `Content-Disposition` of a download (RFC 6266): the name in UTF-8, and for programs that do not know that form in
 * ASCII.
 */
export function attachment(filename: string): string {
  const ascii = filename.replace(/[^ -~]|["\\%]/g, '_');
  const encoded = encodeURIComponent(filename).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
