/**
 * The numbers of a column without their order: some with a count, the others one by one in chunks that may have to be read from
 * disk. Read in whole passes, a few times.
 */
export interface NumberBag {
  /** Finite. */
  min: number;
  max: number;
  /** How many numbers there are, copies counted. */
  count: number;
  /** Numbers with how often they came. */
  pairs: { values: Float64Array; counts: Float64Array };
  /** Visits the others; a chunk is valid during the call. */
  forEachChunk(visit: (values: Float64Array) => void): void;
}
