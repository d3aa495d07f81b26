import './dataset.ts';
import './job.ts';
import './preview.ts';
import './rows.ts';
import { reportSchema } from '../../report/report-schema.ts';
import { builder } from './builder.ts';
import { type Described, describeFields } from './report-descriptions.ts';

/** The executable schema. Its printed form is schema.graphql; a check keeps them equal. */
export const schema = builder.toSchema();
describeFields(schema, 'Report', reportSchema as Described);
