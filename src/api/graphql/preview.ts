import { requireUuid } from '../../core/uuid.ts';
import { openPreview, PREVIEW_ROWS, type Preview as PreviewFacts } from '../../services/preview.ts';
import { shownRow } from '../../services/rows.ts';
import { builder } from './builder.ts';
import { ROWS_COST } from './limits.ts';
import { ReadOptionsInput, readInput } from './read-options.ts';
import { SuggestionObject, Warning } from './report.ts';
import { Row } from './rows.ts';

const PreviewColumn = builder.simpleObject('PreviewColumn', {
  description: 'A name, with the type that the first rows show.',
  fields: (t) => ({
    name: t.string({ description: 'As a report would call it.' }),
    type: t.string({ description: 'What its values are, by the rows that were read: as `columns.type` of a report.' }),
  }),
});
const Preview = builder.objectRef<PreviewFacts>('Preview').implement({
  description: 'The beginning of a file as it would be read.',
  fields: (t) => ({
    columns: t.field({
      type: [PreviewColumn],
      description: 'All columns, in the order of the file.',
      resolve: ({ columns }) => columns,
    }),
    rows: t.field({
      type: [Row],
      description: `The first rows, ${PREVIEW_ROWS} at most; fewer where they are very long.`,
      resolve: ({ rows }) => rows.map(shownRow),
    }),
    rowsRead: t.exposeInt('rowsRead', {
      description: 'From how many rows the types are known; the file may have more.',
    }),
    file: t.field({
      type: 'JSON',
      description: 'How the bytes are read: `file` of a report, without `bytes`.',
      resolve: ({ file }) => file,
    }),
    options: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Those that it is read with; null for none.',
      resolve: ({ options }) => options,
    }),
    warnings: t.field({
      type: [Warning],
      description: 'What had to be decided or repaired so far.',
      resolve: ({ warnings }) => warnings,
    }),
    suggestions: t.field({
      type: [SuggestionObject],
      description: 'What would change values, each with the options that would do it: as in a report of these rows.',
      resolve: ({ suggestions }) => suggestions,
    }),
  }),
});

builder.queryField('previewDataset', (t) =>
  t.field({
    type: Preview,
    complexity: ROWS_COST,
    description:
      'The first rows as they would be read, without reading the rest of the file. Nothing is stored. An error ' +
      '`UNPROCESSABLE` where its beginning is not a table when it is read so, or has no row as far as a preview ' +
      'reads; `UNAVAILABLE` while too many previews are made.',
    args: {
      id: t.arg.id({ required: true, description: 'UUID of the dataset.' }),
      options: t.arg({
        type: ReadOptionsInput,
        description: 'How the file is read, `{}` for no options. Without it as the dataset has it.',
      }),
    },
    resolve: (_root, { id, options }, services) => {
      const given = readInput(options);
      const signal = services.request?.signal ?? new AbortController().signal;
      return openPreview(services, requireUuid(id), given, signal);
    },
  }),
);
