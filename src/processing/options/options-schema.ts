import { describedOption, OPTION_NAMES, OPTIONS, type OptionDescription, type OptionName } from './describe-options.ts';

/** JSON Schema (2020-12) of the value of an option. */
function valueSchema(option: OptionDescription): object {
  switch (option.kind) {
    case 'choice':
      return { type: 'string', enum: option.values };
    case 'encoding':
      return { type: 'string', minLength: 1 };
    case 'character':
      return { type: option.none ? ['string', 'null'] : 'string', minLength: 1, maxLength: 1 };
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
          },
        ],
      };
    case 'count':
      return { type: 'integer', minimum: 0, maximum: option.most };
    case 'text':
      return { type: 'string', minLength: 1, maxLength: option.most };
    case 'texts':
      return {
        type: 'array',
        items: { type: 'string', maxLength: option.length, description: 'One of the texts.' },
        minItems: option.least,
        maxItems: option.most,
      };
    case 'types':
      return {
        type: 'object',
        additionalProperties: { type: 'string', enum: option.values, description: 'Type of the column.' },
      };
    case 'sheet':
      return {
        oneOf: [
          { type: 'string', minLength: 1, maxLength: option.most },
          { type: 'integer', minimum: 1 },
        ],
      };
    case 'pointer':
      return { type: 'string', pattern: '^(/|$)' };
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
