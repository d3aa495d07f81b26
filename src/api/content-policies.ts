/** The content security policies of what this server sends: what a browser that shows it may load and run. */

/** Nothing but `directives`; `frameAncestors` may show it in a frame. */
const policy = (directives: string[], frameAncestors = "'none'"): string =>
  [
    "default-src 'none'",
    ...directives,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');

/** For every response that is not a page. */
export const DATA_POLICY = policy([]);

/** For the browser application: its built files, the API, and reports in frames. */
export const APPLICATION_POLICY = policy([
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
]);

/** For the page of rows: its built files and the API; a report in a frame leads to it. */
export const ROWS_POLICY = policy(
  ["script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:"],
  "'self'",
);

/** For GraphiQL: one page that contains its script, style and fonts; its editor starts workers from blobs. */
export const GRAPHIQL_POLICY = policy([
  "script-src 'unsafe-inline' blob:",
  "style-src 'unsafe-inline'",
  'font-src data:',
  'img-src data:',
  "connect-src 'self'",
  'worker-src blob:',
]);

/** For Swagger UI: files of this origin; it sets styles on its elements. */
export const DOCS_POLICY = policy([
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
]);

/**
 * For the page of a report. Its own policy, in its head, names the hashes of its script and style; this one applies
 * whatever is stored.
 */
export const REPORT_POLICY = policy(["script-src 'unsafe-inline'", "style-src 'unsafe-inline'"], "'self'");
