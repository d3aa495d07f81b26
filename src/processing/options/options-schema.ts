import {
  describedOption,
  MOST_NAME_CHARACTERS,
  OPTION_NAMES,
  OPTIONS,
  type OptionDescription,
  type OptionName,
} from './describe-options.ts';

/** What a database takes; within a line; of a character that a file can have between its fields. */
const TEXT = '^[^\\u0000]*$';
const LINE = '^[^\\u0000\\r\\n]*$';
const CHARACTER = '^[^\\u0000\\r\\n\\ufeff]$';

/** JSON Schema (2020-12) of the value of an option. */
function valueSchema(option: OptionDescription): object {
  switch (option.kind) {
    case 'choice':
      return { type: 'string', enum: option.values };
    case 'encoding':
      return { type: 'string', minLength: 1 };
    case 'character':
      return { type: option.none ? ['string', 'null'] : 'string', minLength: 1, maxLength: 1, pattern: CHARACTER };
    case 'header':
      return {
        oneOf: [
          { type: 'boolean' },
          { type: 'integer', minimum: 1, maximum: option.most },
          {
            type: 'array',
            items: { type: 'integer', minimum: 1, maximum: option.most },
            minItems: 1,
            maxItems: option.rows,
            uniqueItems: true,
          },
        ],
      };
    case 'count':
      return { type: 'integer', minimum: 0, maximum: option.most };
    case 'text':
      return { type: 'string', minLength: 1, maxLength: option.most, pattern: option.line ? LINE : TEXT };
    case 'texts':
      return {
        type: 'array',
        items: { type: 'string', maxLength: option.length, pattern: TEXT, description: 'One of the texts.' },
        minItems: option.least,
        maxItems: option.most,
      };
    case 'types':
      return {
        type: 'object',
        propertyNames: { type: 'string', maxLength: MOST_NAME_CHARACTERS, pattern: TEXT },
        additionalProperties: { type: 'string', enum: option.values, description: 'Type of the column.' },
      };
    case 'sheet':
      return {
        oneOf: [
          { type: 'string', minLength: 1, maxLength: option.most, pattern: TEXT },
          { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
        ],
      };
    case 'pointer':
      return { type: 'string', maxLength: MOST_NAME_CHARACTERS, pattern: '^(/[^\\u0000]*)?$' };
    case 'boolean':
      return { type: 'boolean' };
  }
}

const property = (name: OptionName) => [
  name,
  { ...valueSchema(OPTIONS[name]), description: describedOption(OPTIONS[name]) },
];

/** JSON Schema of `options`. */
export const optionsSchema = {
  type: 'object',
  properties: Object.fromEntries(OPTION_NAMES.map(property)) as Record<OptionName, object>,
  additionalProperties: false,
};
