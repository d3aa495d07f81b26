// A 128-bit hash of each row: a sum over its fields, so that the fields may come in any order and from any thread. Each
// lane is a multilinear hash (Carter and Wegman 1979; Lemire and Kaser 2014) with odd factors of the column, over two
// different mixtures of the field's key, since differences in high bits alone would stay there; 96 bits of the mixed
// lanes are kept (duplicates.ts). A field with nothing in it adds nothing.
const K1: u64 = 0x9e3779b97f4a7c15,
  K2: u64 = 0xc2b2ae3d27d4eb4f,
  K3: u64 = 0x165667b19e3779f9,
  K4: u64 = 0xd6e8feb86659fd93;

/** The factor of a column for one lane (splitmix64, Steele, Lea and Flood 2014). */
// @inline
export function factorOf(column: u32, lane: u32): u64 {
  let x = (<u64>column * 2 + <u64>lane + 1) * K1;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return (x ^ (x >> 31)) | 1;
}
/** Adds a field. @param kind distinguishes values of JSON that are written alike; 0 in CSV */
// @inline
export function addToRow(row: usize, high: u64, hash: u64, kind: u64, a: u64, b: u64): void {
  store<u64>(row, load<u64>(row) + (hash + kind * K3) * a);
  let other = high * K2;
  other ^= other >> 32;
  store<u64>(row, load<u64>(row, 8) + (rotl<u64>(hash, 32) + other + kind * K4) * b, 8);
}
/** The two words of a finished row. */
export let first: u64 = 0,
  second: u64 = 0;
/** Mixes the two sums of a row, so that every bit depends on all fields, into `first` and `second`. */
// @inline
export function finishRow(a: u64, b: u64): void {
  a ^= b >> 32;
  a *= K1;
  a ^= a >> 32;
  b ^= a;
  b *= K3;
  b ^= b >> 29;
  a += b;
  a *= K4;
  first = a ^ (a >> 32);
  second = b;
}
