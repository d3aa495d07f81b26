// What the kernel asks of its host. Pointers are into the kernel's memory and valid during the call only.

/** An example of a class group (value-class.ts); at most ten a group and column come, in order of rows. */
@external("host", "example")
export declare function example(column: u32, group: u32, row: f64, text: usize, length: u32): void;
/** An integer beyond 2^53 that may be a minimum, a maximum or an outlier to show: its digits. */
@external("host", "bigInteger")
export declare function bigInteger(column: u32, value: f64, row: f64, text: usize, length: u32): void;
/** The nearest double to a well-formed number that the fast parser does not take. */
@external("host", "parseNumber")
export declare function parseNumber(text: usize, length: u32): f64;
/** A chunk is full (0: none yet). Returns the chunk to write to. kind 0: row hashes, owner a partition; 1: values, owner a column. */
@external("host", "nextChunk")
export declare function nextChunk(kind: u32, owner: u32, full: usize): usize;
/** A row that does not fit the columns; `at` is the pointer to its first byte. Every one is told. */
@external("host", "badRow")
export declare function badRow(row: f64, at: usize, width: u32): void;
