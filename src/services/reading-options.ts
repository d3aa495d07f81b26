import { AppError } from '../core/errors.ts';
import type { OptionName } from '../processing/options/describe-options.ts';
import type { ReadOptions } from '../processing/options/read-options.ts';
import { OptionsError, parseOptions, validateOptions } from '../processing/options/validate-options.ts';
import { whole } from '../report/formatting.ts';

export {
  describedOption,
  OPTION_NAMES,
  OPTIONS,
} from '../processing/options/describe-options.ts';
export { optionsSchema } from '../processing/options/options-schema.ts';
export type { OptionName, ReadOptions };

/** What a client says: options, `none` for no options (`{}`), undefined where nothing is said (no options, null). */
export type GivenOptions = ReadOptions | 'none' | undefined;

/**
 * Most bytes of options as JSON, as they are stored: names of 12 letters for a table of 16,384 columns. They are in the
 * row of the dataset, in its report, and in every preview.
 */
const MAX_OPTIONS_BYTES = 262_144;

/** What an option is called in sentences; as JSON has it without one. */
type Called = (name: OptionName) => string;

/** Options as a client gives them. @throws AppError UNPROCESSABLE with what is allowed */
export function givenOptions(given: unknown, called?: Called): GivenOptions {
  return given === undefined || given === null ? undefined : bounded(refusing(() => validateOptions(given), called));
}

/** The same of JSON in a field of a form. @throws AppError UNPROCESSABLE */
export function givenOptionsIn(text: string): GivenOptions {
  if (/^\s*\{/.test(text) && !/\}\s*$/.test(text))
    throw new AppError(
      'UNPROCESSABLE',
      '"options" is not JSON: it ends without a }. Send it by --form-string where curl sends it: ' +
        '-F ends a value at its first semicolon.',
    );
  return /^\s*null\s*$/.test(text) ? undefined : bounded(refusing(() => parseOptions(text)));
}

function bounded(options: ReadOptions | undefined): ReadOptions | 'none' {
  const bytes = Buffer.byteLength(JSON.stringify(options ?? {}));
  if (bytes > MAX_OPTIONS_BYTES)
    throw new AppError(
      'UNPROCESSABLE',
      `The options have ${whole(bytes)} bytes as JSON; at most ${whole(MAX_OPTIONS_BYTES)} are allowed. ` +
        'Leave out names and types of columns that are found without them.',
    );
  return options ?? 'none';
}

/** The options that a dataset has, or what is said instead of them. */
export const optionsInstead = (given: GivenOptions, stored: unknown): ReadOptions | undefined =>
  given === undefined ? storedOptions(stored) : given === 'none' ? undefined : given;

/** Options from a row, which keeps their values but not their order. */
export const storedOptions = (json: unknown): ReadOptions | undefined => refusing(() => validateOptions(json ?? {}));

function refusing<T>(work: () => T, called?: Called): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    throw new AppError('UNPROCESSABLE', called ? error.saidWith(called) : error.message, { cause: error });
  }
}
