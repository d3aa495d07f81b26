import { AppError } from '../core/errors.ts';
import { whole } from '../report/formatting.ts';

/** Most characters of a dataset's name, as it was sent. */
export const MAX_NAME = 1_000;

/** The name of a dataset, trimmed. @throws AppError UNPROCESSABLE for an empty, missing or overlong name */
export function requireName(name: string | undefined): string {
  const trimmed = (name ?? '').toWellFormed().replaceAll('\u0000', '').trim();
  if (!trimmed) throw new AppError('UNPROCESSABLE', 'The dataset needs a name: send it in the field "name".');
  if ([...name!].length > MAX_NAME)
    throw new AppError('UNPROCESSABLE', `The name is longer than ${whole(MAX_NAME)} characters.`);
  return trimmed;
}
