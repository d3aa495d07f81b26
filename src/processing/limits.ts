// What a dataset may have at most; beyond it the file is refused with a sentence.
export { EXAMPLES, HEAD_BYTES, HEAD_ROWS, MAX_COLUMNS, MAX_DEPTH, MAX_RECORD_BYTES } from './kernel/border/limits.ts';

export const MAX_FIELD_BYTES = 16 * 1024 * 1024;
/** Of all fields of a CSV's row: a bound on memory, since a row is held until its end. */
export const MAX_ROW_BYTES = 64 * 1024 * 1024;
export const MAX_NAME_CODE_POINTS = 1_024;
/** Distinct values of a column that are counted exactly. */
export const MAX_DISTINCT = 10_000;
/** Rows that the kernel's counts hold. */
export const MAX_KERNEL_ROWS = 2_147_483_647;
/** Below so many bytes the thread that reads does the work: others would cost more than they do. */
export const ALONE_BYTES = 8 * 1024 * 1024;
