import { OPTION_NAMES, OPTIONS, type OptionName } from '../../processing/options/describe-options.ts';
import { textOfValue, valueOfText } from '../../processing/options/option-texts.ts';
import type { ReadOptions } from '../../processing/options/read-options.ts';
import { OptionsError, validateOptions } from '../../processing/options/validate-options.ts';
import type { ReadOptions as ReadOptionsInput } from '../generated/graphql.ts';

/** What is typed into the form, by option; a field that is missing or empty says nothing. */
export type TypedOptions = Partial<Record<OptionName, string>>;

/** Options as the form shows them. */
export const typedOf = (options: ReadOptions): TypedOptions =>
  Object.fromEntries(
    OPTION_NAMES.filter((name) => options[name] !== undefined).map((name) => [
      name,
      textOfValue(OPTIONS[name], options[name]),
    ]),
  );

/** Options as the form calls them, each with its value; without one where the label says all. */
export const labelled = (options: ReadOptions): [label: string, text: string][] =>
  Object.entries(typedOf(options)).map(([name, text]) => {
    const { kind, label } = OPTIONS[name as OptionName];
    return [label, kind === 'boolean' && text === 'true' ? '' : text];
  });

/** The options that are typed; a sentence where one cannot be. */
export function optionsOf(typed: TypedOptions): { options: ReadOptions } | { problem: string } {
  const given = OPTION_NAMES.filter((name) => typed[name]).map((name) => [
    name,
    valueOfText(OPTIONS[name], typed[name]!),
  ]);
  try {
    return { options: validateOptions(Object.fromEntries(given)) ?? {} };
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    return { problem: error.saidWith((name) => OPTIONS[name].label, true) };
  }
}

/** The options with others on top; types of columns and further null tokens are put beside those that are there. */
export function withOptions(options: ReadOptions, others: ReadOptions): ReadOptions {
  const { types, more_null_tokens: tokens } = options;
  return {
    ...options,
    ...others,
    ...(types && others.types && { types: { ...types, ...others.types } }),
    ...(tokens &&
      others.more_null_tokens && { more_null_tokens: [...new Set([...tokens, ...others.more_null_tokens])] }),
  };
}

const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Options as the input of GraphQL has them. */
export function inputOf(options: ReadOptions): ReadOptionsInput {
  const value = (name: OptionName): unknown => {
    if (name === 'types')
      return Object.entries(options.types!).map(([column, type]) => ({ column, type: type.toUpperCase() }));
    return name === 'format' ? options.format!.toUpperCase() : options[name];
  };
  const names = OPTION_NAMES.filter((name) => options[name] !== undefined);
  return Object.fromEntries(names.map((name) => [camelCase(name), value(name)]));
}
