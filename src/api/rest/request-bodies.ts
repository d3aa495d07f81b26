import { ACCEPTED_EXTENSIONS, ACCEPTED_TYPES, FORMAT_LABELS } from '../../services/content-type.ts';
import { MAX_NAME } from '../../services/dataset-name.ts';
import { object } from './schemas.ts';

const givenName = {
  type: 'string',
  maxLength: MAX_NAME,
  pattern: '^[\\s\\S]*[^\\s\\u0000\\ufeff][\\s\\S]*$',
  description: 'White space around it is removed',
};

/** Of `PATCH /datasets/{id}`. */
export const newName = { required: true, content: { 'application/json': { schema: object({ name: givenName }) } } };

const ReadOptions = { $ref: '#/components/schemas/ReadOptions' };

/** A body that need not be there. */
const optionsBody = (description: string) => ({
  required: false,
  content: {
    'application/json': {
      schema: object({ options: { anyOf: [ReadOptions, { type: 'null' }], description } }, ['options']),
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
            type: 'string',
            contentMediaType: 'application/json',
            contentSchema: ReadOptions,
            description:
              'How the file is to be read, as JSON. A stored dataset of the same bytes takes them too, {} for no ' +
              'options; without the field, or with null, its options stay',
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
