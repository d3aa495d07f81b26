/** What a dataset may have at most; beyond it the file is refused with a sentence. */
export const MAX_COLUMNS = 16_384;
export const MAX_FIELD_BYTES = 16 * 1024 * 1024;
/** Of all fields of a CSV's row: a bound on memory, since a row is held until its end. */
export const MAX_ROW_BYTES = 64 * 1024 * 1024;
export const MAX_RECORD_BYTES = 16 * 1024 * 1024;
export const MAX_DEPTH = 512;
export const MAX_NAME_CODE_POINTS = 1_024;
/** The head of a CSV: the first rows that end in the first bytes. What holds for the whole file is judged on it. */
export const HEAD_ROWS = 1_000;
export const HEAD_BYTES = 1024 * 1024;
/** Examples kept of anything. */
export const EXAMPLES = 10;
/** Distinct values of a column that are counted exactly. */
export const MAX_DISTINCT = 10_000;
/** Rows that the kernel's counts hold. */
export const MAX_KERNEL_ROWS = 2_147_483_647;
/** Below so many bytes the thread that reads does the work: others would cost more than they do. */
export const ALONE_BYTES = 8 * 1024 * 1024;
