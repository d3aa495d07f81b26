import { AppError } from '../core/errors.ts';
import type { ReadOptions } from '../processing/options/read-options.ts';
import { OptionsError, parseOptions, validateOptions } from '../processing/options/validate-options.ts';

export {
  describedOption,
  OPTION_NAMES,
  OPTIONS,
  type OptionName,
} from '../processing/options/describe-options.ts';
export { optionsSchema } from '../processing/options/options-schema.ts';
export type { ReadOptions };

/** Options as a client gives them; undefined for none. @throws AppError UNPROCESSABLE with what is allowed */
export const readOptionsOf = (given: unknown): ReadOptions | undefined => refusing(() => validateOptions(given));

/** The same of JSON. @throws AppError UNPROCESSABLE */
export const readOptionsIn = (text: string): ReadOptions | undefined => refusing(() => parseOptions(text));

/** Options from a row, which keeps their values but not their order. */
export const storedOptions = (json: unknown): ReadOptions | undefined => readOptionsOf(json ?? {});

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    throw new AppError('UNPROCESSABLE', error.message, { cause: error });
  }
}
