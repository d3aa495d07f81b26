import { ACCEPTED_EXTENSIONS, ACCEPTED_TYPES, FORMAT_LABELS } from '../../services/content-type.ts';
import { MAX_NAME } from '../../services/dataset-name.ts';
import { object } from './schemas.ts';

const givenName = {
  type: 'string',
  maxLength: MAX_NAME,
  pattern: '^[\\s\\S]*[^\\s\\u0000\\ufeff][\\s\\S]*$',
  description: 'White space around it is removed',
  examples: ['January sales'],
};

/** Of `PATCH /datasets/{id}`. */
export const newName = { required: true, content: { 'application/json': { schema: object({ name: givenName }) } } };

const ReadOptions = { $ref: '#/components/schemas/ReadOptions' };

/**
 * A body that need not be there. The first example is what the page of the document has filled in: it says nothing, so
 * that nobody processes a dataset with made-up options.
 */
const optionsBody = (description: string) => ({
  required: false,
  content: {
    'application/json': {
      schema: object({ options: { anyOf: [ReadOptions, { type: 'null' }], description } }, ['options']),
      examples: {
        asItIs: { summary: 'As the dataset has it', value: {} },
        differently: { summary: 'With options', value: { options: { delimiter: ';', header: 1, decimal: ',' } } },
      },
    },
  },
});

/** Of `POST /datasets/{id}/process`. */
export const processing = optionsBody(
  'How the file is to be read from now on; {} for no options. Without it, or null, the options stay',
);

/** Of `POST /datasets/{id}/preview`. */
export const previewing = optionsBody(
  'How the file is read; {} for no options. Without it, or null, as the dataset has it',
);

/** Of `POST /datasets`. */
export const uploadForm = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: object(
        {
          name: givenName,
          options: {
            // no contentMediaType: the page of the document would ask for a file
            type: 'string',
            description:
              'How the file is to be read: the schema ReadOptions, as JSON, such as {"delimiter": ";"}. A stored ' +
              'dataset of the same bytes takes them too, {} for no options; without the field, or with null, its ' +
              'options stay',
            examples: ['null'],
          },
          file: {
            type: 'string',
            format: 'binary',
            description:
              `${FORMAT_LABELS}, up to MAX_UPLOAD_BYTES; of a part that declares another type, or none, the ` +
              `extension of its file name decides (${ACCEPTED_EXTENSIONS.join(', ')}), else its first bytes`,
          },
        },
        ['options'],
      ),
      encoding: {
        file: {
          contentType: ACCEPTED_TYPES.join(', '),
        },
      },
    },
  },
};
