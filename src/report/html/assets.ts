import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

// The only place that reads the page's files, so that a bundled build has to bring them along for this module alone.

/**
 * The style sheet of the page, general rules first: the order of the files is that of the
 * cascade. Both sets of colours have a contrast of at least 4.5 to 1 for text; on paper it is always the light one.
 */
export const PAGE_STYLE = [
  readFileSync(new URL('./page.css', import.meta.url), 'utf8'),
  readFileSync(new URL('./columns.css', import.meta.url), 'utf8'),
  readFileSync(new URL('./charts.css', import.meta.url), 'utf8'),
  readFileSync(new URL('./media.css', import.meta.url), 'utf8'),
].join('');

/**
 * The page's scripts: search, filter, sort and views of the columns, then bars of charts as links. The page is whole
 * without them; its controls are hidden until they run.
 */
export const PAGE_SCRIPT = [
  readFileSync(new URL('./page-script.js', import.meta.url), 'utf8'),
  readFileSync(new URL('./charts-script.js', import.meta.url), 'utf8'),
].join('');

/** What a Content-Security-Policy names an inlined script or style by. */
export const policyHash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
