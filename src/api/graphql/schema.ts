import './dataset.ts';
import './job.ts';
import { builder } from './builder.ts';

/** The executable schema; its printed form is schema.graphql, and a test holds the two together. */
export const schema = builder.toSchema();
