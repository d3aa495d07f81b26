// What the JSON reader asks of its host. Pointers are into the kernel's memory and valid during the call only.

/** A record has the key of a column more than once; reported once per column. */
// @external("host", "repeatedKey")
export declare function repeatedKey(row: f64, column: u32): void;
/**
 * The same for an object inside a value, reported once per file; the key as it stands in JSON text, without the quotes.
 */
// @external("host", "repeatedNestedKey")
export declare function repeatedNestedKey(row: f64, column: u32, key: usize, length: u32): void;
