import type { SchemaElement } from 'hyparquet';
import type { PhysicalType, Stored } from './encodings.ts';

export type TimeUnit = 'MILLIS' | 'MICROS' | 'NANOS';

/** What the values of a leaf mean: how their bytes become text. */
export type Meaning =
  | { kind: 'boolean' | 'signed' | 'unsigned' | 'float16' | 'float' | 'double' | 'date' | 'int96' }
  | { kind: 'string' | 'uuid' | 'binary' | 'int128' | 'uint128' }
  | { kind: 'decimal'; scale: number }
  | { kind: 'timestamp'; unit: TimeUnit; isUtc: boolean }
  | { kind: 'time'; unit: TimeUnit };

/** The type of a leaf's values. */
export interface ValueType {
  stored: Stored;
  meaning: Meaning;
  /** The logical type where there is one, else the physical type: `columns[].stored_type`. */
  name: string;
}

/** @throws Error for a type that the format does not have */
export function valueTypeOf(element: SchemaElement): ValueType {
  const physical = element.type as PhysicalType;
  const stored: Stored = { physical, width: element.type_length ?? 0 };
  if (physical === 'FIXED_LEN_BYTE_ARRAY' && !(stored.width >= 0)) throw new Error('A fixed length is missing');
  const [meaning, name] = logical(element, stored) ?? bare(stored);
  return { stored, meaning, name };
}

type Named = [Meaning, string];

/** Of values without a logical type, or with one that says no more. */
function bare({ physical, width }: Stored): Named {
  switch (physical) {
    case 'BOOLEAN':
      return [{ kind: 'boolean' }, physical];
    case 'INT32':
    case 'INT64':
      return [{ kind: 'signed' }, physical];
    case 'INT96':
      return [{ kind: 'int96' }, physical];
    case 'FLOAT':
      return [{ kind: 'float' }, physical];
    case 'DOUBLE':
      return [{ kind: 'double' }, physical];
    case 'BYTE_ARRAY':
      return [{ kind: 'binary' }, physical];
    case 'FIXED_LEN_BYTE_ARRAY':
      return [{ kind: 'binary' }, `${physical}(${width})`];
  }
}

/** @returns undefined for none, and for one that does not fit to how the values are stored */
function logical(element: SchemaElement, stored: Stored): Named | undefined {
  const { logical_type: type, converted_type: converted } = element;
  const isInteger = stored.physical === 'INT32' || stored.physical === 'INT64';
  const isBytes = stored.physical === 'BYTE_ARRAY' || stored.physical === 'FIXED_LEN_BYTE_ARRAY';
  if (type?.type === 'NULL') return [bare(stored)[0], 'NULL'];
  if (type?.type === 'DECIMAL' || converted === 'DECIMAL') {
    if (!isInteger && !isBytes) return undefined;
    const { scale = 0, precision = 0 } = type?.type === 'DECIMAL' ? type : element;
    return [{ kind: 'decimal', scale }, `DECIMAL(${precision},${scale})`];
  }
  if (isInteger) return ofInteger(element, stored);
  return isBytes ? ofBytes(element, stored) : undefined;
}

const UNITS: Record<string, TimeUnit> = { MILLIS: 'MILLIS', MICROS: 'MICROS', NANOS: 'NANOS' };
/** `TIMESTAMP_MILLIS` of files without logical types: their times are adjusted to UTC. */
const CONVERTED_TIME = /^(TIME|TIMESTAMP)_(MILLIS|MICROS)$/;

function ofInteger(
  { logical_type: type, converted_type: converted }: SchemaElement,
  stored: Stored,
): Named | undefined {
  if (type?.type === 'DATE' || converted === 'DATE') return [{ kind: 'date' }, 'DATE'];
  const time = CONVERTED_TIME.exec(converted ?? '');
  const isTime = type?.type === 'TIME' || type?.type === 'TIMESTAMP';
  if (isTime || (time && !type)) {
    const kind = (isTime ? type.type : time![1]!) as 'TIME' | 'TIMESTAMP';
    const unit = isTime ? type.unit : UNITS[time![2]!]!;
    const isUtc = isTime ? type.isAdjustedToUTC : true;
    const name = `${kind}(${unit}${isUtc ? ',UTC' : ''})`;
    return kind === 'TIME' ? [{ kind: 'time', unit }, name] : [{ kind: 'timestamp', unit, isUtc }, name];
  }
  const signs = /^(U?)INT_(\d+)$/.exec(converted ?? '');
  if (type?.type === 'INTEGER') return integer(type.isSigned, type.bitWidth);
  return signs ? integer(signs[1] === '', Number(signs[2])) : bare(stored);
}
const integer = (isSigned: boolean, bits: number): Named => [
  { kind: isSigned ? 'signed' : 'unsigned' },
  `${isSigned ? '' : 'U'}INT${bits}`,
];

function ofBytes({ logical_type: type, converted_type: converted }: SchemaElement, stored: Stored): Named | undefined {
  const { width } = stored;
  const isFixed = stored.physical === 'FIXED_LEN_BYTE_ARRAY';
  if (type?.type === 'STRING' || (!type && converted === 'UTF8')) return [{ kind: 'string' }, 'STRING'];
  if (type?.type === 'ENUM' || (!type && converted === 'ENUM')) return [{ kind: 'string' }, 'ENUM'];
  if (type?.type === 'JSON' || (!type && converted === 'JSON')) return [{ kind: 'string' }, 'JSON'];
  if (type?.type === 'UUID' && isFixed && width === 16) return [{ kind: 'uuid' }, 'UUID'];
  if (type?.type === 'FLOAT16' && isFixed && width === 2) return [{ kind: 'float16' }, 'FLOAT16'];
  const name = type?.type ?? converted;
  return name === undefined ? undefined : [{ kind: 'binary' }, name]; // BSON, INTERVAL, GEOMETRY, …
}
