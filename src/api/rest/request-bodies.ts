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

/** Of `POST /datasets`. */
export const uploadForm = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: object({
        name: givenName,
        file: {
          type: 'string',
          format: 'binary',
          description:
            `${FORMAT_LABELS}, up to MAX_UPLOAD_BYTES; of a part that declares application/octet-stream or nothing ` +
            `the extension of its file name decides (${ACCEPTED_EXTENSIONS.join(', ')})`,
        },
      }),
      encoding: {
        file: {
          contentType: ACCEPTED_TYPES.join(', '),
        },
      },
    },
  },
};
