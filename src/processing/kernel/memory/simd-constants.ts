// Constants of 128 bits, loaded from memory: V8 builds a constant in the code anew at every use, in loops too, which
// takes three or four instructions.

/** Sixteen times the same byte. */
export const LFS = memory.data<u64>([0x0a0a0a0a0a0a0a0a, 0x0a0a0a0a0a0a0a0a], 16);
export const CRS = memory.data<u64>([0x0d0d0d0d0d0d0d0d, 0x0d0d0d0d0d0d0d0d], 16);
export const SPACES = memory.data<u64>([0x2020202020202020, 0x2020202020202020], 16);
export const QUOTES = memory.data<u64>([0x2222222222222222, 0x2222222222222222], 16);
export const POINTS = memory.data<u64>([0x2e2e2e2e2e2e2e2e, 0x2e2e2e2e2e2e2e2e], 16);
export const ZEROS = memory.data<u64>([0x3030303030303030, 0x3030303030303030], 16);
export const BACKSLASHES = memory.data<u64>([0x5c5c5c5c5c5c5c5c, 0x5c5c5c5c5c5c5c5c], 16);
/** The number, not the digit. */
export const NINES = memory.data<u64>([0x0909090909090909, 0x0909090909090909], 16);
/** What a quote and the control characters differ in. */
export const TWOS = memory.data<u64>([0x0202020202020202, 0x0202020202020202], 16);
/** The greatest continuation byte of UTF-8 when bytes are compared as signed numbers. */
export const CONTINUATIONS = memory.data<u64>([0xbfbfbfbfbfbfbfbf, 0xbfbfbfbfbfbfbfbf], 16);
/** Eight times 255, and 10. */
export const LOW_BYTES = memory.data<u64>([0x00ff00ff00ff00ff, 0x00ff00ff00ff00ff], 16);
export const TENS = memory.data<u64>([0x000a000a000a000a, 0x000a000a000a000a], 16);
/** Four times 100 and 1. */
export const HUNDREDS = memory.data<u64>([0x0001006400010064, 0x0001006400010064], 16);
