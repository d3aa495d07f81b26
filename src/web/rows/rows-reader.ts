/** A row as the API sends it. */
export interface SentRow {
  row: number;
  line: number;
  values: Record<string, unknown>;
  surplus?: string[];
}

export interface RowsEnd {
  /** Where the next rows begin; `null` or missing at the end. */
  next?: string | null;
  count?: number;
}

const { rawJSON } = JSON as unknown as { rawJSON?: (text: string) => unknown };
/** Numbers as they are written, where the browser can: 1.50 and integers beyond 2^53. */
const asWritten = (_key: string, value: unknown, context?: { source?: string }) =>
  rawJSON && typeof value === 'number' && context?.source !== undefined && context.source !== String(value)
    ? rawJSON(context.source)
    : value;

/** Most characters of a response: a wide page of long values must not fill the memory of the browser. */
const MAX_CHARACTERS = 64 * 1024 * 1024;

/**
 * Reads `{"rows":[…],"next":…,"count":…}` as it arrives: rows are known long before the count, for which the server
 * reads the whole file. Keeps the text of one row.
 */
export class RowsReader {
  private text = '';
  /** Of `text`, up to where it has been looked at. */
  private at = 0;
  private taken = 0;
  private depth = 0;
  private isInString = false;
  private head: string | undefined;
  private isAfterRows = false;
  private isNextKnown = false;
  private readonly onRow: (row: SentRow) => void;
  private readonly onNext: (next: string | null) => void;

  /** @param onNext called when the cursor is known, before the count is */
  constructor(onRow: (row: SentRow) => void, onNext: (next: string | null) => void = () => {}) {
    this.onRow = onRow;
    this.onNext = onNext;
  }

  /** @throws Error when the response is too large to be shown */
  push(text: string): void {
    this.taken += text.length;
    if (this.taken > MAX_CHARACTERS) throw new Error('These rows are too large to be shown here: download them.');
    this.text += text;
    if (this.head === undefined) {
      const start = /"rows"\s*:\s*\[/.exec(this.text);
      if (!start) return;
      this.at = start.index + start[0].length;
      this.head = this.text.slice(0, this.at);
      this.drop(this.at);
    }
    if (!this.isAfterRows) this.readRows();
    if (this.isAfterRows && !this.isNextKnown) this.readNext();
  }

  /** After the last piece. @throws SyntaxError when the response broke off */
  end(): RowsEnd {
    return JSON.parse(`${this.head}]${this.text}`) as RowsEnd;
  }

  private drop(characters: number): void {
    this.text = this.text.slice(characters);
    this.at = 0;
  }

  private readRows(): void {
    const { text } = this;
    let start = 0;
    for (let at = this.at; at < text.length; at++) {
      const character = text[at];
      if (this.isInString) {
        if (character === '\\') {
          if (at + 1 === text.length) {
            this.pause(start, at);
            return;
          } // what is escaped comes with the next piece
          at++;
        } else if (character === '"') this.isInString = false;
      } else if (character === '"') this.isInString = true;
      else if (character === '{' || character === '[') {
        if (this.depth++ === 0) start = at;
      } else if (character === '}' || character === ']') {
        if (this.depth === 0) {
          this.isAfterRows = true;
          this.drop(at + 1);
          return;
        }
        if (--this.depth === 0) {
          this.onRow(JSON.parse(text.slice(start, at + 1), asWritten as never) as SentRow);
          start = at + 1;
        }
      }
    }
    this.pause(start, text.length);
  }

  private pause(start: number, at: number): void {
    const kept = this.depth > 0 ? start : at;
    this.drop(kept);
    this.at = at - kept;
  }

  private readNext(): void {
    const [, next] = /"next"\s*:\s*(null|"(?:[^"\\]|\\.)*")/.exec(this.text) ?? [];
    if (next === undefined) return;
    this.isNextKnown = true;
    this.onNext(JSON.parse(next) as string | null);
  }
}
