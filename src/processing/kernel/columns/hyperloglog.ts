// HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007): 4,096 registers of one byte, standard error 1.04 / 64 = 1.6 %.
// The estimate is made from the registers by the host. They depend on the set of values only, not on their order.

/** Adds a value by its 64-bit hash. O(1). @param registers REGISTERS bytes */
// @inline
export function addHash(registers: usize, hash: u64): void {
  const register = registers + <usize>(hash >> 52),
    zeros = <u8>clz((hash << 12) | 2048) + 1;
  if (load<u8>(register) < zeros) store<u8>(register, zeros);
}
