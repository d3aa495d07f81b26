// A 128-bit hash of each row of a batch: one step a field in the order of the columns, two lanes that each see all of the key.
// 96 bits of it are kept (duplicates.ts).
const K1: u64 = 0x9e3779b97f4a7c15, K2: u64 = 0xc2b2ae3d27d4eb4f, K3: u64 = 0x165667b19e3779f9, K4: u64 = 0xd6e8feb86659fd93;

// @ts-ignore: decorator
@inline
export function addToRow(row: usize, low: u64, high: u64, hash: u64): void {
  store<u64>(row, rotl<u64>((load<u64>(row) ^ low) * K1, 27) + high * K4);
  store<u64>(row, rotl<u64>((load<u64>(row, 8) + hash) * K2, 31) ^ high, 8);
}
/** The two words of a finished row. */
export let first: u64 = 0, second: u64 = 0;
// @ts-ignore: decorator
@inline
export function finishRow(row: usize): void {
  let a = load<u64>(row), b = load<u64>(row, 8);
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
