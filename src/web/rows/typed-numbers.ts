/** Groups of three digits behind the first, between them commas, spaces, apostrophes or low lines. */
const GROUPED = /^[-+]?\d{1,3}(?:([, '’_\u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?:\.\d+)?$/;
const SEPARATORS = /[, '’_\u00a0\u2009\u202f]/g;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/** A number as people write it, without its thousands separators: `8,000,000` is `8000000`. Other texts stay. */
export const withoutSeparators = (text: string): string => {
  const trimmed = text.trim();
  return GROUPED.test(trimmed) ? trimmed.replace(SEPARATORS, '') : trimmed;
};

/** The number that a text is, with or without thousands separators; `undefined` for any other text. */
export function typedNumber(text: string): number | undefined {
  const plain = withoutSeparators(text);
  const number = Number(plain);
  return NUMBER.test(plain) && Number.isFinite(number) ? number : undefined;
}
