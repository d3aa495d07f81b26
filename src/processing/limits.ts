import * as border from './kernel/border/limits.ts';

/**
 * The limits of the engine, each with its unit and its reason. Those that the kernel has to know are in
 * kernel/border/limits.ts, which both read.
 *
 * Not here: weights and shares of a single algorithm, which are beside it, and how work is divided among threads
 * (host/kernel-job.ts).
 */

// What a dataset may have at most. Beyond it the file is refused with a sentence: memory must be bounded whatever the
// file.

/**
 * Columns of a table, different keys of JSON records: as many as a sheet of Excel has. Each has state in memory.
 */
export const MAX_COLUMNS: number = border.MAX_COLUMNS;
/** Bytes of one field of a CSV: it is in memory as a whole, in one block. */
export const MAX_FIELD_BYTES = 16 * 1024 * 1024;
/** Bytes of all fields of a CSV's row: a row is held until its end. */
export const MAX_ROW_BYTES = 64 * 1024 * 1024;
/** Bytes of the rows at the end of a CSV that are left out: they are held until the end is known. */
export const MAX_FOOTER_BYTES = 16 * 1024 * 1024;
/** Bytes of one record of JSON: it is in memory as a whole, in one block. */
export const MAX_RECORD_BYTES: number = border.MAX_RECORD_BYTES;
/** Levels of nesting in JSON: record-syntax.ts recurses, and other tools refuse more. */
export const MAX_DEPTH: number = border.MAX_DEPTH;
/** Rows that the kernel's counters hold: signed 32 bits. */
export const MAX_KERNEL_ROWS = 2_147_483_647;

/** A limit as messages state it: "16 MiB". */
export const mebibytes = (bytes: number): string => `${bytes / 2 ** 20} MiB`;

// What is cut where it is shown, or listed in part: a report stays readable and of bounded size.

/** Code points of a column's name; longer ones are cut with a warning. */
export const MAX_NAME_CODE_POINTS = 1_024;
/** Examples kept of anything: rows, exceptions, outliers, offsets of wrong bytes. */
export const EXAMPLES: number = border.EXAMPLES;
/**
 * Distinct values of a column that are counted exactly; more are estimated (statistics/distinct.ts), so that a table of
 * them fits.
 */
export const MAX_DISTINCT = 10_000;
/** Offsets of bytes that a warning names. */
export const PLACES_IN_WARNING = 3;
/** Members of an object that a failure names as possible tables. */
export const MEMBERS_IN_FAILURE = 3;
/** Files of a zip archive that a failure names. */
export const ENTRIES_IN_FAILURE = 10;

/** The first and the last rows of a file that suggestions are made from, and what is kept of each. */
export const GLIMPSE_ROWS = 100;
export const GLIMPSE_FIELDS = 64;
export const GLIMPSE_CHARACTERS = 200;
/** Rows that a preview shows. */
export const PREVIEW_ROWS = 20;
/** Rows after which a preview reads no further, and bytes after which it does not, once there is a row. */
export const PREVIEW_ROWS_READ = 2_000;
export const PREVIEW_BYTES = 4 * 1024 * 1024;
/**
 * Bytes, of the file or unpacked, and milliseconds in which a preview must have found its first row. They may be blank
 * lines, comments, or lines that are left out, without an end; a typed file may have as much before its first row. What
 * was read is read once more for the rows that are shown, so a preview takes twice this time at most.
 */
export const PREVIEW_MOST_BYTES = 256 * 1024 * 1024;
export const PREVIEW_MILLISECONDS = 500;
/** Bytes that a compressed file may have when it is unpacked, where no setting says otherwise: 1 TiB. */
export const MAX_UNPACKED_BYTES = 2 ** 40;

// How much of a file decides how it is read. Fixed numbers of bytes, so that how a stream is cut into pieces changes
// nothing.

/**
 * Bytes from the beginning by which another kind of file is recognised (magic numbers, markup): an .xlsx names itself
 * within some KiB.
 */
export const KIND_BYTES = 4_096;
/** Byte order marks in a row that are skipped: fewer bytes than KIND_BYTES, so that they are all in the first piece. */
export const MAX_BYTE_ORDER_MARKS = 8;
/** The head of a CSV, on which the dialect is detected: the first rows that end in the first bytes. */
export const HEAD_ROWS: number = border.HEAD_ROWS;
export const HEAD_BYTES: number = border.HEAD_BYTES;
/** Delimiters that the dialect of a CSV is chosen from, in order of precedence; others where `sep=` names them. */
export const DELIMITERS: readonly string[] = [',', ';', '\t', '|'];
/** Bytes from the beginning that may name the delimiter (`sep=;`). */
export const NAMED_DELIMITER_BYTES = 16;
/**
 * The rows and fields of the head that are classified, and the bytes that these rows end in: to classify all would take
 * too long.
 */
export const SAMPLE_ROWS = 100;
export const SAMPLE_FIELDS = 64;
export const SAMPLE_BYTES = 256 * 1024;
/**
 * Characters of a field in the sample that may be a number, a time or a boolean; longer ones are text.
 */
export const SAMPLE_FIELD_CHARACTERS = 64;
/**
 * Bytes from the beginning that decide between UTF-8 with a few wrong bytes and windows-1252: later wrong bytes change
 * nothing.
 */
export const ENCODING_BYTES = 16 * 1024 * 1024;

// Sizes that change no fact, only speed and memory.

/** Most bytes of a block of decoded text: it stays in the processor's cache. */
export const BLOCK_BYTES = 256 * 1024;
/** Bytes up to which the thread that reads does all the work: other threads would cost more than they save. */
export const ALONE_BYTES = 8 * 1024 * 1024;
/** Bins of a histogram. */
export const BINS: number = border.BINS;
/** Bins of the outliers on one side. */
export const SIDE_BINS: number = border.SIDE_BINS;
/**
 * Bars of dates at most: two hours by minute, five days by hour, four months by day, ten years by month, 120 years by
 * year.
 */
export const DATE_BARS: number = border.DATE_BARS;
/** Buckets that numbers are counted in to find those at given ranks. */
export const MAX_BUCKETS: number = border.MOST_BUCKETS;
/** Numbers up to which they are sorted, rather than divided into buckets again, to find those at given ranks. */
export const MAX_SORTED = 2_048;
