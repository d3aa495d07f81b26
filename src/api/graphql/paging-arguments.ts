import type { ArgBuilder } from '@pothos/core';
import { whole } from '../../report/formatting.ts';
import { DEFAULT_FIRST, MAX_FIRST } from '../../services/paging.ts';
import type { SchemaTypes } from './builder.ts';

type Arguments = ArgBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>>;

/** `first` and `after` of a list. */
export const pagingArguments = (arg: Arguments) => ({
  first: arg.int({
    description: `Most rows of the page, from 1 to ${whole(MAX_FIRST)}; ${DEFAULT_FIRST} when not given.`,
  }),
  after: arg.string({
    description:
      'The page begins behind this row: the `endCursor` of the previous page, or the `cursor` of any row. ' +
      'The list must be in the same order. Not given: the first page.',
  }),
});
