import { AppError } from './errors.ts';

/** Source of a regular expression for a UUID as this project writes it: in lower case, with hyphens. */
export const UUID_PATTERN = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

const UUID = new RegExp(`^${UUID_PATTERN}$`, 'i');

/**
 * An id as a client sends it, in upper or lower case.
 * @param what the parameter, as the sentence names it
 * @returns the id in lower case
 * @throws AppError BAD_REQUEST when it is not a UUID
 */
export function requireUuid(id: string, what = 'id'): string {
  if (!UUID.test(id))
    throw new AppError('BAD_REQUEST', `The ${what} ${JSON.stringify(id.slice(0, 80))} is not a UUID.`);
  return id.toLowerCase();
}
