import { AppError } from '../../core/errors.ts';
import {
  describedOption,
  type GivenOptions,
  givenOptions,
  OPTION_NAMES,
  OPTIONS,
  type OptionName,
} from '../../services/reading-options.ts';
import { builder } from './builder.ts';
import { camelCase, snakeCase } from './names.ts';

/** Characters of a column's name in a sentence. */
const SHOWN = 80;

// The input is made from the description of the options; what a value may be is checked with REST's.

builder.scalarType('HeaderRow', {
  description: '`true`, `false`, the number of a row from 1, or a list of such numbers.',
  serialize: (value) => value,
  parseValue: (value) => value as boolean | number,
});
builder.scalarType('SheetName', {
  description: "A sheet's name, or its number from 1.",
  serialize: (value) => value,
  parseValue: (value) => value as string | number,
});
/** An enum of the values that an option offers, in capitals. */
const enumOf = (option: OptionName, name: string, description: string) => {
  const entries = (OPTIONS[option].offers ?? []).map(([value, meaning]) => [
    value.toUpperCase(),
    { value, description: `As REST's \`${value}\`: ${meaning}.` },
  ]);
  return builder.enumType(name, { description, values: Object.fromEntries(entries) });
};
const ENUMS = {
  format: enumOf('format', 'FileFormat', 'What a file is read as.'),
  types: enumOf('types', 'DeclaredType', 'A type that a column is given.'),
  date_order: enumOf('date_order', 'DateOrder', 'The order of day, month and year.'),
};
const ColumnTypeInput = builder.inputType('ColumnTypeInput', {
  description: 'The type that a column is given.',
  fields: (t) => ({
    column: t.string({ required: true, description: 'Name of the column.' }),
    type: t.field({ type: ENUMS.types, required: true, description: 'What its values are to be.' }),
  }),
});

/** `ReadOptions`: how a file is to be read. */
export const ReadOptionsInput = builder.inputType('ReadOptions', {
  description:
    'How a file is to be read; what is not given, or null, is found from the file. `quote: null` is for no quotes.',
  fields: (t) => {
    const field = (name: OptionName) => {
      const option = OPTIONS[name];
      const description = describedOption(option);
      if (name === 'format' || name === 'date_order') return t.field({ type: ENUMS[name], description });
      if (option.kind === 'header') return t.field({ type: 'HeaderRow', description });
      if (option.kind === 'sheet') return t.field({ type: 'SheetName', description });
      if (option.kind === 'types') return t.field({ type: [ColumnTypeInput], description });
      if (option.kind === 'texts') return t.stringList({ description });
      if (option.kind === 'count') return t.int({ description });
      return option.kind === 'boolean' ? t.boolean({ description }) : t.string({ description });
    };
    return Object.fromEntries(OPTION_NAMES.map((name) => [camelCase(name), field(name)]));
  },
});

/** What a client says by the input. @throws AppError UNPROCESSABLE with what is allowed */
export const readInput = (input: object | null | undefined): GivenOptions =>
  givenOptions(
    input && Object.fromEntries(Object.entries(input).flatMap(memberOfRest)),
    (name) => `"${camelCase(name)}"`,
  );

function memberOfRest([camel, value]: [string, unknown]): [OptionName, unknown][] {
  const name = snakeCase(camel) as OptionName;
  if (value === null && name !== 'quote') return [];
  return [[name, name === 'types' ? typesIn(value as { column: string; type: string }[]) : value]];
}

function typesIn(entries: readonly { column: string; type: string }[]): object {
  const types = new Map<string, string>();
  for (const { column, type } of entries) {
    if (types.has(column))
      throw new AppError('UNPROCESSABLE', `"types" names the column ${JSON.stringify(column.slice(0, SHOWN))} twice.`);
    types.set(column, type);
  }
  return Object.fromEntries(types);
}
