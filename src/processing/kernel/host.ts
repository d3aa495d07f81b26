// What the kernel asks of its host. Pointers are into the job's memory.

/** The nearest double to a well-formed number of `length` bytes that the fast parser does not take. */
// @external("host", "parseNumber")
export declare function parseNumber(text: usize, length: u32): f64;
/** Whether a text that begins and ends like one is an object or a list of JSON. */
// @external("host", "isNested")
export declare function isNested(text: usize, length: u32): u32;
/** Writes bytes out; returns the offset to read them again from. */
// @external("host", "spillOut")
export declare function spillOut(from: usize, bytes: u32): f64;
/** Reads `bytes` bytes that spillOut wrote at `offset` into memory at `into`. */
// @external("host", "spillIn")
export declare function spillIn(offset: f64, into: usize, bytes: u32): void;
