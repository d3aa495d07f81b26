/** Most characters of a name in a file name: file systems take 255 bytes. */
const MAX_STEM = 60;
/** What file systems or shells give a meaning, what does not show, and what turns the direction of a text. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"*/:<>?\\|]+/g;

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
export const attachment = (filename: string): string => `attachment; ${named(filename)}`;

/** The same for what a browser shows: the name by which it is saved. */
export const inline = (filename: string): string => `inline; ${named(filename)}`;

function named(filename: string): string {
  const ascii = filename.replace(/[^ -~]|["\\%]/g, '_');
  const encoded = encodeURIComponent(filename).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
