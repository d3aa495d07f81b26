import { DEFAULTS } from '../core/defaults.ts';
import { formatNamed } from '../processing/formats/choose.ts';
import type { Format } from '../processing/formats/format.ts';
import { FORMATS, TABLE_FORMATS } from '../processing/formats/formats.ts';

// not by import: that would load all that node:util offers, some milliseconds of a start
const { parseArgs } = process.getBuiltinModule('node:util');

const OUTPUTS = ['json', 'table', 'markdown', 'csv', 'html'] as const;
type Output = (typeof OUTPUTS)[number];
const NAMES = TABLE_FORMATS.map(({ name }) => name);

export interface ProfileArguments {
  /** A path, or `-` for standard input. */
  file: string;
  /** By the file's name or first bytes when not given. */
  format: Format | undefined;
  /** A table on a terminal, else JSON, when not given. */
  output: Output | undefined;
  stats: boolean;
}

/**
 * The command was called in a way that it does not know, or with a file that cannot be opened: a sentence to act on.
 */
export class UsageError extends Error {}

/** The narrowest terminal that is usual. */
const HELP_WIDTH = 80;
const HELP_INDENT = 22;

/** The text of `--help`. */
export function help(): string {
  const format = `--format ${NAMES.join('|')}`.padEnd(HELP_INDENT - 3);
  const certain = ({ extensions, looseExtensions = [] }: Format) =>
    extensions.filter((extension) => !looseExtensions.includes(extension)).join(' ');
  const extensions = FORMATS.map(certain).join(', ');
  const which = `format of the file; by default by its extension (${extensions}), else by its first bytes`;
  const labels = TABLE_FORMATS.map(({ label }) => label).join(' or ');
  const { HOST, PORT, DATA_DIR } = DEFAULTS;
  const profile =
    `profile reads a ${labels} dataset and reports types, nulls, distinct values, quartiles, outliers, duplicates, ` +
    'bad rows, and alerts about what looks wrong. FILE is a path, or - for standard input.';
  const serve =
    `serve starts the service with all it needs on http://${HOST}:${PORT} (HOST, PORT). ` +
    `It keeps its data in ./${DATA_DIR} (DATA_DIR).`;
  const exits =
    'Exit codes: 0 success, 1 the file is not a table, 2 wrong usage or no such file, 3 any other error, 130 Ctrl-C.';
  return `Usage: dataset-reports profile FILE [options]
       dataset-reports serve

${wrapped(profile, 0)}
${wrapped(serve, 0)}

Options:
  ${format} ${wrapped(which, HELP_INDENT)}
  --output FORM       table     alerts and a line per column (on a terminal)
                      json      the whole report (for a file or pipe)
                      markdown  alerts and a table, for a pull request
                      csv       a row per column, with all figures
                      html      the report as one page
  --stats             print seconds, MB/s, CPU seconds and peak memory on
                      standard error
  -h, --help          show this text
  -v, --version       show the version

${wrapped(exits, 0)}
`;
}

/** Lines of less than HELP_WIDTH characters, all but the first indented. */
function wrapped(text: string, indent: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (indent + line.length + 1 + word.length < HELP_WIDTH) lines[lines.length - 1] = line ? `${line} ${word}` : word;
    else lines.push(word);
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** @param args what follows the name of the command @throws UsageError */
export function readArguments(args: string[]): ProfileArguments | 'serve' | 'help' | 'version' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  if (values.version) return 'version';
  const [command, file, ...more] = positionals;
  if (command === 'serve') {
    if (file !== undefined) throw new UsageError('serve takes no file.');
    return command;
  }
  if (command !== 'profile')
    throw new UsageError(
      command === undefined
        ? 'No command given: use profile FILE, or serve.'
        : `Unknown command ${JSON.stringify(command)}: use profile FILE, or serve.`,
    );
  if (file === undefined || file === '') throw new UsageError('profile needs a file, or - for standard input.');
  if (more.length > 0) throw new UsageError('profile takes one file.');
  return {
    file,
    format: formatOf(oneOf('format', values.format, NAMES)),
    output: oneOf('output', values.output, OUTPUTS),
    stats: values.stats,
  };
}

const formatOf = (name: string | undefined) => (name === undefined ? undefined : formatNamed(name));

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        output: { type: 'string' },
        stats: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    // without the hint on arguments that begin with a hyphen
    throw new UsageError(`${(error as Error).message.split('. ')[0]!.replace(/\.$/, '')}.`);
  }
}

function oneOf<T extends string>(name: string, value: string | undefined, values: readonly T[]): T | undefined {
  if (value === undefined || (values as readonly string[]).includes(value)) return value as T | undefined;
  throw new UsageError(`--${name} must be one of ${values.join(', ')}, not ${JSON.stringify(value)}.`);
}
