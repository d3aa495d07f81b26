/** One shape over REST and GraphQL, so that one suite says what both promise. Statuses and states in small letters. */
export interface DatasetView {
  id: string;
  name: string;
  status: string;
  rowCount?: number | null;
  error?: string | null;
}
export interface JobView {
  id: string;
  datasetId: string;
  state: string;
  progress: number;
  error: string | null;
}
export interface RowView {
  row: number;
  line: number;
  values: Record<string, unknown>;
  surplus?: string[];
}
/** Conditions as the product's vocabulary has them. */
type Where = Record<string, unknown> | Record<string, unknown>[];
export interface RowsView {
  rows: RowView[];
  next: string | null;
  /** Where it was asked for. */
  count?: number;
}
interface Upload {
  name?: string;
  content: string | Buffer;
  filename: string;
  type?: string;
  options?: Options;
}
/** Options of reading as REST has them; null is nothing said. */
export type Options = Record<string, unknown> | null;
export interface Api {
  upload(upload: Upload): Promise<DatasetView>;
  dataset(id: string): Promise<DatasetView | null>;
  process(id: string, force?: boolean, options?: Options): Promise<JobView>;
  job(id: string): Promise<JobView | null>;
  /** Valid by the schema that the server serves; null when there is none. */
  report(id: string): Promise<unknown>;
  cancel(id: string): Promise<JobView>;
  remove(id: string): Promise<void>;
  rename(id: string, name: string): Promise<DatasetView>;
  /** @param order as REST names it: `-size` is the largest first */
  datasets(first: number, after?: string | null, order?: string): Promise<{ ids: string[]; next: string | null }>;
  rows(
    id: string,
    asked?: { where?: Where; first?: number; after?: string | null; count?: boolean },
  ): Promise<RowsView>;
  watch(jobId: string): AsyncIterable<JobView>;
}

/** A refusal, by the code that both share. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** The data of a stream of server-sent events. */
export async function* events(response: Response): AsyncGenerator<{ event: string; data: string }> {
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const event = /^event: ?(.*)$/m.exec(block)?.[1] ?? 'message';
      const data = /^data: ?(.*)$/m.exec(block)?.[1];
      if (data !== undefined) yield { event, data };
    }
  }
}
