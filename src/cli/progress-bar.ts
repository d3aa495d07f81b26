import { byteSize } from '../report/formatting.ts';

const BAR_CHARACTERS = 24;

/**
 * One line with the progress of reading.
 * @param total bytes of the file; unknown for a pipe
 * @param width characters of the terminal; less is left out of a narrow one
 */
export function progressLine(bytes: number, total: number | undefined, seconds: number, width: number): string {
  const speed = `${byteSize(bytes / seconds)}/s`;
  if (total === undefined) return `${byteSize(bytes)}  ${speed}`.slice(0, width);
  const share = total === 0 ? 1 : Math.min(bytes / total, 1); // a file may grow while it is read
  const done = Math.round(share * BAR_CHARACTERS);
  const bar = `${'█'.repeat(done)}${'░'.repeat(BAR_CHARACTERS - done)}`;
  const percent = `${String(Math.floor(share * 100)).padStart(3)} %`;
  const left = share === 0 ? '' : timeLeft((seconds / share) * (1 - share));
  const parts = [bar, percent, `${byteSize(bytes)} of ${byteSize(total)}`, speed, left];
  while (parts.length > 1 && parts.join('  ').length > width) parts.splice(parts.length > 2 ? 2 : 0, 1);
  return parts.join('  ').slice(0, width);
}

function timeLeft(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s left` : `${Math.floor(whole / 60)} min ${whole % 60} s left`;
}

/** How long the work must take before a bar is shown, and how often it is redrawn. */
const AFTER_MILLISECONDS = 500;
const EVERY_MILLISECONDS = 100;

/** The line on a terminal, drawn over itself, once the work takes longer than half a second; gone at the end. */
export class ProgressBar {
  readonly #terminal: { columns?: number; write(text: string): unknown };
  readonly #total: number | undefined;
  readonly #began = performance.now();
  #drawn = 0;

  constructor(terminal: { columns?: number; write(text: string): unknown }, total: number | undefined) {
    this.#terminal = terminal;
    this.#total = total;
  }
  reading(bytes: number): void {
    const now = performance.now();
    if (now - this.#began < AFTER_MILLISECONDS || now - this.#drawn < EVERY_MILLISECONDS) return;
    this.#drawn = now;
    this.#draw(progressLine(bytes, this.#total, (now - this.#began) / 1_000, this.#width));
  }
  /** Shows what is done after the last byte: how long that takes is not known. */
  working(what: string): void {
    if (this.#drawn > 0) this.#draw(what.slice(0, this.#width));
  }
  remove(): void {
    if (this.#drawn > 0) this.#draw('');
    this.#drawn = 0;
  }
  get #width(): number {
    return (this.#terminal.columns || 80) - 1; // the last place would wrap on some terminals
  }
  #draw(line: string): void {
    this.#terminal.write(`\r${line}\u001b[K`);
  }
}
