import type { ColumnReport } from '../document.ts';
import { named, type Source, type Suggest, samples } from './suggestion.ts';

/** Codes, and also what is counted or paid by them: visits by mobile, takings by card. */
const EITHER = 'phone|mobile|cell|handy|account|konto|card';
const TELEPHONE = 'telephone|telefon|tel|fax|phone_?number|telefonnummer|msisdn|imei';
const POST = 'zip|zip_?code|post_?code|postal_?code|plz|postleitzahl';
const ACCOUNT = 'iban|isbn|ean|gtin|upc|ssn|siren|siret|fips|kontonummer';
/** Names whose last word is one of a code: `customer_phone`, `Zip Code`, `account no`, and not `tel_count`, `n_zip`. */
export const CODE_NAME = nameOf(`${EITHER}|${TELEPHONE}|${POST}|${ACCOUNT}`);
const POST_NAME = nameOf(POST);
const EITHER_NAME = nameOf(EITHER, '(?:[ _-]?\\d)?');

function nameOf(words: string, end = '(?:[ _-]?(?:no|nr|number|num|code|#|\\d))?\\.?'): RegExp {
  const counts = '(?<!(?:^|[^a-z])(?:n|no|nr|num|number|count|total|sum|avg|mean)[ _-](?:of[ _-])?)';
  return new RegExp(`(?:^|[^a-z])${counts}(?:${words.replaceAll('_?', '[ _-]?')})${end}$`, 'i');
}
/** Of the greatest value of a column of codes, post codes among them. */
const LEAST_CODE_DIGITS = 3;
/** Of codes whose name may be one of amounts: as many digits each, or more than amounts have. */
const LEAST_EQUAL_DIGITS = 8;
const LEAST_SURE_DIGITS = 9;
const digitsOf = (value: unknown) => String(value).replace(/\D/g, '').length;

/** Post codes have few digits, all other codes many, and hardly ever another number of them. */
function isNamedCode({ name, type, min, max, distinct, count }: ColumnReport): boolean {
  // the names last: to compile their pattern takes half a millisecond
  if (type !== 'integer' || Number(min) < 0) return false;
  const [least, most] = [digitsOf(min), digitsOf(max)];
  const words = name.replace(/([a-z])([A-Z])/g, '$1_$2');
  if (most < LEAST_CODE_DIGITS || !CODE_NAME.test(words)) return false;
  if (POST_NAME.test(words)) return least >= 3 && most <= 9 && (most <= 6 || most >= 8);
  if (EITHER_NAME.test(words) && least < (least === most ? LEAST_EQUAL_DIGITS : LEAST_SURE_DIGITS)) return false;
  return least >= 6 && most <= 20 && most - least <= 4 && (distinct?.count ?? 0) > count / 10;
}

const MOST_EXPONENT = 20;
const LEAST_DIFFERENT = 3;
const POWER = /^(\d+)e(\d+)$/i;
/** 5E0, 12E3 and 1e10 beside 123: numbers that nobody writes so. */
function isPowerCode(source: Source, column: ColumnReport): boolean {
  if (column.type !== 'integer' && column.type !== 'decimal') return false;
  const seen = samples(source, column);
  if (!seen.some((value) => POWER.test(value))) return false; // nearly all columns
  const values = [...new Set(seen)];
  if (!values.every((value) => /^\d+(?:e\d+)?$/i.test(value))) return false;
  const powers = values.flatMap((value) => {
    const [, digits = '', exponent = ''] = POWER.exec(value) ?? [];
    return digits ? [{ digits, exponent }] : [];
  });
  const isOdd = powers.some(
    ({ digits, exponent }) => /^0/.test(exponent) || digits.length > 3 || Number(exponent) > MOST_EXPONENT,
  );
  // 1e0, 1e1, 1e2 are steps of a scale
  const areVaried = new Set(powers.map(({ digits }) => digits)).size >= LEAST_DIFFERENT;
  const isOneLength = new Set(values.map((value) => value.length)).size === 1 && values.length >= LEAST_DIFFERENT;
  const areFew = powers.length <= values.length / 2;
  return (isOdd && (areVaried || areFew)) || (isOneLength && areFew);
}

/** Codes that are read as numbers: 5E0 beside 123, and columns named so. */
export const codes: Suggest = (source) => {
  const { report } = source;
  const said = report.options?.types ?? {};
  const columns = report.columns.filter(
    (column) => !Object.hasOwn(said, column.name) && (isNamedCode(column) || isPowerCode(source, column)),
  );
  if (columns.length === 0) return [];
  const types = Object.fromEntries(columns.map(({ name }) => [name, 'text' as const]));
  return [
    {
      code: 'codes',
      message:
        `${named(columns)}: the values look like codes, not like numbers to add up → ` +
        `${columns.length === 1 ? '1 column becomes' : `${columns.length} columns become`} text`,
      columns: columns.map(({ name }) => name),
      evidence: { values: columns[0]!.count, distinct: columns[0]!.distinct?.count ?? null },
      options: { types: { ...said, ...types } },
    },
  ];
};
