import './dataset.ts';
import './job.ts';
import './rows.ts';
import { builder } from './builder.ts';

/** The executable schema. Its printed form is schema.graphql; a check keeps them equal. */
export const schema = builder.toSchema();
