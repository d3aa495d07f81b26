// What the JSON reader asks of its host. Pointers are into the kernel's memory and valid during the call only.

/**
 * A key that came for the first time, unescaped: UTF-8, with U+0000 as C0 80 and a lone surrogate as its three bytes. Returns
 * its column; they are numbered from 0 in the order of the calls. The record it stands in may be unfinished.
 */
@external("host", "newColumn")
export declare function newColumn(key: usize, length: u32): u32;
/** A record has the key of a column more than once; told once a column. */
@external("host", "repeatedKey")
export declare function repeatedKey(row: f64, column: u32): void;
/** The same of an object inside a value, told once a file; the key as it stands in JSON text, without the quotes. */
@external("host", "repeatedNestedKey")
export declare function repeatedNestedKey(row: f64, key: usize, length: u32): void;
