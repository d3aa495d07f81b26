/** A rational number; the bottom is positive. */
export interface Rational {
  top: bigint;
  bottom: bigint;
}

/** What the text of a number says, exactly. */
export function written(text: string): Rational {
  const [, sign, whole = '', fraction = '', exponent = '0'] = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text)!;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const shift = Number(exponent) - fraction.length;
  return shift >= 0
    ? { top: digits * 10n ** BigInt(shift), bottom: 1n }
    : { top: digits, bottom: 10n ** BigInt(-shift) };
}

/** A finite double as mantissa * 2^exponent. */
export function parts(value: number): { mantissa: bigint; exponent: number } {
  const bits = new BigUint64Array(new Float64Array([Math.abs(value)]).buffer)[0]!;
  const biased = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  return {
    mantissa: (biased === 0 ? fraction : fraction | (1n << 52n)) * (value < 0 ? -1n : 1n),
    exponent: Math.max(biased, 1) - 1075,
  };
}

/** A finite double, exactly. */
export function double(value: number): Rational {
  const { mantissa, exponent } = parts(value);
  return exponent >= 0
    ? { top: mantissa << BigInt(exponent), bottom: 1n }
    : { top: mantissa, bottom: 1n << BigInt(-exponent) };
}

const bitLength = (value: bigint) => (value === 0n ? 0 : value.toString(16).length * 4);

/** A double within a unit of its last place. */
function toDouble({ top, bottom }: Rational): number {
  if (top < 0n) return -toDouble({ top: -top, bottom });
  const shift = 128 - (bitLength(top) - bitLength(bottom));
  let value = Number(shift >= 0 ? (top << BigInt(shift)) / bottom : top / (bottom << BigInt(-shift)));
  for (let left = -shift; left !== 0; ) {
    const step = Math.max(-1_000, Math.min(1_000, left)); // 2 ** left itself may be no double
    value *= 2 ** step;
    left -= step;
  }
  return value;
}

function integerRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(bitLength(value) / 2));
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Mean and deviation of the sample (null for one value) of exact values, as doubles. */
export function exactMoments(values: Rational[]): { mean: number; std: number | null } {
  const bottom = values.reduce((most, value) => (value.bottom > most ? value.bottom : most), 1n);
  // all bottoms are powers of 2, or all powers of 10: the greatest is a multiple of each
  const tops = values.map((value) => value.top * (bottom / value.bottom));
  const n = BigInt(values.length);
  const sum = tops.reduce((a, b) => a + b, 0n);
  const mean = toDouble({ top: sum, bottom: n * bottom });
  if (n === 1n) return { mean, std: null };
  const squares = tops.reduce((total, top) => total + top * top, 0n);
  const variance = { top: squares * n - sum * sum, bottom: n * (n - 1n) * bottom * bottom };
  if (variance.top === 0n) return { mean, std: 0 };
  const shift = Math.max(0, 256 - (bitLength(variance.top) - bitLength(variance.bottom)));
  const even = BigInt(shift + (shift % 2));
  return {
    mean,
    std: toDouble({ top: integerRoot((variance.top << even) / variance.bottom), bottom: 1n << (even / 2n) }),
  };
}
