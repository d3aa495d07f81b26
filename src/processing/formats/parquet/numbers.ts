// Numbers as text that stands for exactly them.

/** A decimal: all digits, `scale` of them behind the point. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return `${unscaled * 10n ** BigInt(-scale)}`;
  const digits = `${unscaled < 0n ? -unscaled : unscaled}`.padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** The shortest text that gives the same double, as ECMAScript writes it, but -0 with its sign. */
export const doubleText = (value: number): string => (Object.is(value, -0) ? '-0' : `${value}`);

/** A width of floating-point numbers. */
interface Width {
  round(value: number): number;
  /** Digits with which every number can be told from its neighbours. */
  digits: number;
  /** Whole numbers up to here have all their digits. */
  whole: number;
}
const { f16round } = Math as unknown as { f16round(value: number): number };
const SINGLE: Width = { round: Math.fround, digits: 9, whole: 2 ** 24 };
const HALF: Width = { round: f16round, digits: 5, whole: 2 ** 11 };

/** The shortest text that gives the same single-precision number. */
export const floatText = (value: number): string => shortest(value, SINGLE);
/** The shortest text that gives the same half-precision number. */
export const float16Text = (value: number): string => shortest(value, HALF);

function shortest(value: number, { round, digits: most, whole }: Width): string {
  if (!Number.isFinite(value) || value === 0) return doubleText(value);
  if (Number.isInteger(value) && Math.abs(value) < whole) return `${value}`;
  for (let digits = 1; digits < most; digits++) {
    const near = Number(value.toPrecision(digits));
    if (round(near) === value) return `${evenOf(near, value, digits, round)}`;
    // below a power of two the neighbours are half as far as above it: the next text above may do where the nearest
    // does not
    const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
    const next = Number((value + (value < 0 ? -step : step) / 2).toPrecision(digits));
    if (next !== near && round(next) === value) return `${next}`;
  }
  return `${Number(value.toPrecision(most))}`;
}

/**
 * Of two texts that are equally near, the one with an even last digit, as ECMAScript has it for doubles; toPrecision
 * gives the greater one.
 */
function evenOf(near: number, value: number, digits: number, round: Width['round']): number {
  const [mantissa, exponent] = Math.abs(value).toExponential(40).split('e') as [string, string];
  const all = mantissa.replace('.', '');
  const kept = all.slice(0, digits);
  if (!/^50*$/.test(all.slice(digits)) || Number(kept.at(-1)) % 2 === 1) return near;
  const below = Math.sign(value) * Number(`${kept.charAt(0)}.${kept.slice(1)}e${exponent}`);
  return round(below) === value ? below : near;
}

/** A number of IEEE 754 binary16 from its bits. */
export function float16Of(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1_024) * 2 ** (exponent - 15);
}

/** A two's complement integer with the highest byte first. */
export function bigEndian(bytes: Buffer): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return bytes.length === 0 ? 0n : BigInt.asIntN(bytes.length * 8, value);
}
