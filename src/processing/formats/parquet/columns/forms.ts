import {
  CLOCK,
  DAY,
  DOUBLE,
  FIXED_POINT,
  FLOAT,
  INSTANT,
  SIGNED,
  STRING,
  TRUTH,
  UNSIGNED,
} from '../../../kernel/border/parquet.ts';
import type { Leaf } from '../schema.ts';
import type { TimeUnit } from '../value-type.ts';

/** How the kernel reads the values of a leaf: kernel/parquet/texts.ts. */
export interface Form {
  form: number;
  scale: number;
  /** Bytes of a stored value; 0 for bits and byte arrays. */
  width: number;
}
/** Digits of a second's fraction. */
const UNIT_DIGITS: Record<TimeUnit, number> = { MILLIS: 3, MICROS: 6, NANOS: 9 };
/** Digits of a decimal in 64 bits, of which all are behind the point at the most. */
const MOST_SCALE = 18;
/** Marks instants that are adjusted to UTC. */
const UTC = 16;

const WIDTHS: Record<string, number> = { INT32: 4, INT64: 8, FLOAT: 4, DOUBLE: 8, BOOLEAN: 0, BYTE_ARRAY: 0 };

/** @returns undefined for a type that the kernel does not read, nested ones among them */
export function formOf({ repetition, isUnstated, definition, type }: Leaf): Form | undefined {
  const { stored, meaning } = type;
  const width = WIDTHS[stored.physical];
  if (width === undefined || isUnstated || repetition === 'REPEATED' || definition > 1) return undefined;
  const of = (form: number, scale = 0): Form => ({ form, scale, width });
  if (stored.physical === 'BYTE_ARRAY') return meaning.kind === 'string' ? of(STRING) : undefined;
  switch (meaning.kind) {
    case 'boolean':
      return of(TRUTH);
    case 'signed':
      return of(SIGNED);
    case 'unsigned':
      return of(UNSIGNED);
    case 'float':
      return of(FLOAT);
    case 'double':
      return of(DOUBLE);
    case 'date':
      return of(DAY);
    case 'decimal':
      return meaning.scale >= 0 && meaning.scale <= MOST_SCALE ? of(FIXED_POINT, meaning.scale) : undefined;
    case 'timestamp':
      return of(INSTANT, UNIT_DIGITS[meaning.unit] + (meaning.isUtc ? UTC : 0));
    case 'time':
      return of(CLOCK, UNIT_DIGITS[meaning.unit]);
    default:
      return undefined;
  }
}
