import { DatasetError } from '../../errors.ts';
import { KernelThread } from '../../host/kernel-thread.ts';
import type { Spill } from '../../host/spill.ts';
import {
  DELIMITERS,
  HEAD_BYTES,
  HEAD_ROWS,
  MAX_ROW_BYTES,
  mebibytes,
  NAMED_DELIMITER_BYTES,
  SAMPLE_BYTES,
} from '../../limits.ts';
import type { Encoding } from '../../text/text-reading.ts';
import {
  type Dialect,
  dependsOnSample,
  detectDialect,
  dialectUnder,
  dialectWithHeader,
  type Reading,
  type SampleRow,
} from './dialect.ts';
import { Candidate, type Place } from './head-candidate.ts';
import { sampleOf } from './head-sample.ts';
import { HeadSplitter } from './head-splitter.ts';
import { rewritten } from './rewriter.ts';
import { type CsvRules, rewriterOf, separatorOf } from './rules.ts';

/** Excel's way to name the delimiter in the first line. */
const NAMED_DELIMITER = /^"?sep=([\t!#-/:-@[-`{-~])"?(?:[\r\n]|$)/i;

/** Bytes of the file within which the first row must end; one of more than MAX_ROW_BYTES is refused before. */
const MAX_FIRST_ROW_BYTES = 2 * MAX_ROW_BYTES;

/** The head of a file, the first 1 MiB or at least the first row; the dialect is detected on it. */
export class CsvHead {
  readonly #thread: KernelThread;
  readonly #rules: CsvRules;
  readonly #encoding: Encoding;
  readonly #place: Place;
  #candidates: Candidate[];
  /** All chunks so far. */
  #held: Buffer[] = [];
  /** The first of these, from which the sample is taken: SAMPLE_BYTES, or all there are. */
  readonly #first: Buffer[] = [];
  #firstBytes = 0;
  #isWhole = false;
  #isPlain: boolean | undefined;
  /** The first line names the delimiter, and whether it is among the rows: not where it begins as comments do. */
  #isNamed = false;
  #isNamedInRow = false;
  #isEnded = false;
  #isBeyond = false;
  #isReleased = false;

  /**
   * @param rules what a person has said of the file
   * @param encoding of its bytes, as far as it is known
   * @param spill of the job that will follow
   */
  constructor(place: Place, { rules, encoding }: { rules: CsvRules; encoding: Encoding }, spill?: Spill) {
    this.#thread = KernelThread.open(spill);
    this.#rules = rules;
    this.#encoding = encoding;
    this.#place = place;
    this.#candidates = this.#candidatesFor(delimitersOf(rules));
  }
  #candidatesFor(delimiters: readonly string[]): Candidate[] {
    const splitter = new HeadSplitter(this.#thread, delimiters.map(separatorOf));
    return delimiters.map((delimiter, i) => {
      const newRewriter = () => rewriterOf(this.#rules, delimiter, this.#encoding);
      return new Candidate(splitter, i, delimiter, { place: this.#place, newRewriter });
    });
  }

  /**
   * Takes bytes of the head; no chunk lies across its end. A chunk must stay as it is until the dialect is detected.
   * The first one is as encoding.ts hands it over: a short first line is whole in it, however the file was cut.
   * @param end offset in the file of the chunk's end; behind lines that are left out it is counted from there
   * @returns true when the head is complete: the rest is not needed
   */
  push(chunk: Buffer, end: number): boolean {
    if (this.#held.length === 0) this.#findNamed(chunk);
    this.#isBeyond = end > HEAD_BYTES;
    if (this.#isBeyond) this.#pushBeyond(chunk);
    else {
      this.#keepFirst(chunk);
      for (const candidate of this.#candidates) candidate.read(chunk, this.#held);
    }
    this.#held.push(chunk);
    if (this.#candidates.every(({ isDone }) => isDone) && (this.#isBeyond || this.#isSeen)) return true;
    if (!this.#isBeyond) return false;
    if (this.#candidates.every(({ hasRow, isDone }) => hasRow || isDone)) return true;
    if (end <= MAX_FIRST_ROW_BYTES) return false;
    // a row would have ended before, or been too long: only lines of nothing but spaces, and comments, come here
    if (this.#rules.written.comment)
      throw new DatasetError(
        `No row begins within ${mebibytes(MAX_FIRST_ROW_BYTES)} of lines that the option comment leaves out`,
        {},
        'Leave them out with skip_rows.',
      );
    throw new DatasetError(
      `The first row does not end within ${mebibytes(MAX_FIRST_ROW_BYTES)}`,
      { line: 1, byte: 0 },
      'Check the line endings and the quotes.',
    );
  }
  /** The bytes of the sample have come, or no sample is needed. Must not depend on how the file is cut. */
  get #isSeen(): boolean {
    if (this.#firstBytes === SAMPLE_BYTES) return true;
    // evaluated when all rows of the head are there: the result does not change any more
    this.#isPlain ??= !this.#isKnown && !this.#hasFault && !dependsOnSample(this.#readings, this.#mayHaveComments);
    return this.#isPlain;
  }
  /** Not all is found on the head. */
  get #isKnown(): boolean {
    const { delimiter, header } = this.#rules;
    return this.#isNamed || delimiter !== undefined || header !== undefined;
  }
  get #hasFault(): boolean {
    return this.#candidates.every(({ count }) => count === 0);
  }
  get #readings(): Reading[] {
    return this.#candidates.map((candidate) => this.#reading(candidate));
  }
  #keepFirst(chunk: Buffer): void {
    const some = chunk.subarray(0, SAMPLE_BYTES - this.#firstBytes);
    this.#isWhole = some.length === chunk.length;
    this.#first.push(some);
    this.#firstBytes += some.length;
  }
  #findNamed(chunk: Buffer): void {
    const { delimiter, written } = this.#rules;
    const line = chunk.toString('latin1', 0, NAMED_DELIMITER_BYTES);
    const named = NAMED_DELIMITER.exec(line)?.[1];
    if (named === undefined || written.skip_rows) return;
    if (delimiter === undefined) requireOwn(named, written);
    this.#isNamed = true;
    this.#isNamedInRow = !written.comment || !line.startsWith(written.comment);
    this.#candidates = this.#candidatesFor([delimiter ?? named]);
  }
  /**
   * Beyond 1 MiB only the first row is read. Once it has ended, delimiters that occur for the first time do not count.
   */
  #pushBeyond(chunk: Buffer): void {
    const { hasRow } = this.#candidates[0]!;
    for (const candidate of this.#candidates)
      if (!candidate.hasRow && (candidate.isActive || !hasRow)) candidate.readFirstRow(chunk, this.#held);
  }
  /** The file has ended within its head, or before its first row did. */
  end(): void {
    this.#isEnded = true;
    for (const candidate of this.#candidates) if (!this.#isBeyond || !candidate.hasRow) candidate.end();
  }
  /** Hands the thread that has read the head to the job. */
  release(): KernelThread {
    this.#isReleased = true;
    this.#held = [];
    return this.#thread;
  }
  /** Releases what it holds and has not handed on. */
  close(): void {
    if (!this.#isReleased) this.release().close();
  }

  /** @throws DatasetError when there is no row at all */
  detectDialect(): Dialect {
    const first = this.#candidates[0]!;
    const named = this.#isNamedInRow ? 1 : 0;
    if (this.#candidates.every(({ count }) => count <= named)) {
      throw first.failure(this.#held) ?? nothingLeft(this.#rules);
    }
    const { delimiter, header, names } = this.#rules;
    const found = this.#isKnown
      ? this.#knownDialect(named)
      : detectDialect(this.#readings, this.#whole(), this.#mayHaveComments);
    return {
      ...found,
      separator: found.separator === '\0' ? '\0' : separatorOf(found.delimiter),
      titleRows: found.titleRows + named,
      namesDelimiter: named > 0,
      ...(this.#isNamed && named === 0 ? { isNamedInComment: true } : {}),
      ...(header ? { header: header.map((row) => row + named) } : {}),
      ...(names.length > 0 ? { names } : {}),
      ...(delimiter === undefined ? {} : { isMissing: first.rows().every(({ width }) => width === 1) }),
    };
  }
  /** @param named 1 when the first line names the delimiter */
  #knownDialect(named: number): Dialect {
    const { header } = this.#rules;
    const readings = this.#readings.map((reading) => below(reading, named));
    if (!header) return dialectUnder(readings[0]!, this.#isNamed || this.#mayHaveComments);
    const last = header.at(-1) ?? 0;
    this.#requireRow(last, Math.max(...readings.map(({ rows }) => rows.length)));
    if (readings.length === 1) return dialectWithHeader(readings[0]!, header);
    const found = detectDialect(
      readings.map((reading) => below(reading, last)),
      below(this.#whole(), last),
      false,
    );
    const isWhole = found.separator === '\0';
    const reading = isWhole ? inOne(readings[0]!) : readings.find(({ delimiter }) => delimiter === found.delimiter)!;
    this.#requireRow(last, reading.rows.length); // under another delimiter a quote may open elsewhere
    return { ...dialectWithHeader(reading, header), separator: found.separator };
  }
  /** @throws DatasetError when the row of the header is not in the head */
  #requireRow(header: number, rows: number): void {
    if (header < rows) return;
    const row = (header + 1).toLocaleString('en');
    const count = `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'}`;
    if (this.#isEnded && !this.#isBeyond && rows < HEAD_ROWS)
      throw new DatasetError(`The header should be row ${row}, and the file has ${count}`, {}, 'Name another row.');
    throw new DatasetError(
      `The header should be row ${row}, and it has to be among the first ${count}`,
      {},
      'Pass over lines above it with skip_rows.',
    );
  }
  #reading(candidate: Candidate): Reading {
    const { delimiter } = candidate;
    const rows = candidate.rows();
    let sample: SampleRow[] | undefined;
    return {
      delimiter,
      rows,
      sample: () => {
        // of a row that is longer than the head only its width is known
        sample ??= candidate.isBeyondHead ? [] : this.#sample(delimiter).slice(0, rows.length);
        return sample;
      },
    };
  }
  #sample(delimiter: string): SampleRow[] {
    const isWhole = this.#isWhole && this.#isEnded && !this.#isBeyond;
    const text = rewritten(this.#first, rewriterOf(this.#rules, delimiter, this.#encoding), isWhole);
    return sampleOf(separatorOf(delimiter), text, isWhole);
  }
  /** Every row as one field; as many rows as the sample has are enough. */
  #whole(): Reading {
    let sample: SampleRow[] | undefined;
    const read = () => {
      sample ??= this.#sample('\0');
      return sample;
    };
    return {
      delimiter: '\0',
      get rows() {
        return [
          { width: 1, filled: 1 },
          ...read()
            .slice(1)
            .map(() => ({ width: 1, filled: 1 })),
        ];
      },
      sample: read,
    };
  }
  get #mayHaveComments(): boolean {
    if (this.#rules.isRewritten) return /^[#%]/.test(this.#sample('\0')[0]?.first ?? '');
    for (const chunk of this.#held)
      for (const byte of chunk) if (byte > 32 && byte !== 34) return byte === 35 || byte === 37;
    return false;
  }
}

/** A reading without its first rows; one row is left. */
function below({ delimiter, rows, sample }: Reading, count: number): Reading {
  const from = Math.max(0, Math.min(count, rows.length - 1));
  return { delimiter, rows: rows.slice(from), sample: () => sample().slice(from) };
}
/** A reading with every row as one field. */
const inOne = ({ rows, sample }: Reading): Reading => ({
  delimiter: ',',
  rows: rows.map(() => ({ width: 1, filled: 1 })),
  sample,
});
/** @throws DatasetError when a person has said that the delimiter which the first line names is something else */
function requireOwn(named: string, { quote, escape: escaping }: CsvRules['written']): void {
  const name = named === quote ? 'quote' : named === escaping ? 'escape' : undefined;
  if (name === undefined) return;
  throw new DatasetError(
    `The first line names the delimiter, ${JSON.stringify(named)}, which is the option ${name}`,
    { line: 1 },
    'Give the option delimiter, or another character.',
  );
}
/** No line of the file is a row. */
function nothingLeft({ header, written }: CsvRules): DatasetError {
  const what = header?.length === 0 ? 'The file has no row' : 'The file has no header';
  const names = (['skip_rows', 'skip_footer', 'comment'] as const).filter((name) => written[name]);
  if (names.length === 0)
    return new DatasetError(
      `${what}: every line is blank`,
      { line: 1, byte: 0 },
      'Upload a file with a header and rows.',
    );
  const options = `${names.length > 1 ? 'options' : 'option'} ${names.join(', ').replace(/, (\w+)$/, ' and $1')}`;
  return new DatasetError(`${what}: every line is blank or left out by the ${options}`, {}, 'Leave out fewer lines.');
}
function delimitersOf({ delimiter, written }: CsvRules): readonly string[] {
  if (delimiter !== undefined) return [delimiter];
  return DELIMITERS.filter((each) => each !== written.quote && each !== written.escape);
}
