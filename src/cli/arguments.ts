import { DEFAULTS } from '../core/defaults.ts';
import { formatNamed } from '../processing/formats/choose.ts';
import type { Format } from '../processing/formats/format.ts';
import { FORMATS } from '../processing/formats/formats.ts';

// not by import: that would load all that node:util offers, some milliseconds of a start
const { parseArgs } = process.getBuiltinModule('node:util');

const OUTPUTS = ['json', 'table', 'markdown', 'csv', 'html'] as const;
type Output = (typeof OUTPUTS)[number];
const NAMES = FORMATS.map(({ name }) => name);

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

const HELP_WIDTH = 114;
const HELP_INDENT = 22;

/** The text of `--help`. */
export function help(): string {
  const format = `--format ${NAMES.join('|')}`.padEnd(HELP_INDENT - 3);
  const certain = ({ extensions, looseExtensions = [] }: Format) =>
    extensions.filter((extension) => !looseExtensions.includes(extension)).join(' ');
  const extensions = FORMATS.map(certain).join(', ');
  const what = `format of the file; by default the extension decides (${extensions}), else the first bytes`;
  const labels = FORMATS.map(({ label }) => label).join(' or ');
  const { HOST, PORT, DATA_DIR } = DEFAULTS;
  const address = `http://${HOST}:${PORT}`;
  const facts = 'types, nulls, distinct values, min, max, mean, duplicates, outliers, bad rows, alerts';
  return `Usage: dataset-reports profile FILE [options]
       dataset-reports serve

Profiles a ${labels} dataset: ${facts}.
FILE is a path, or - for standard input.
serve runs the service with everything it needs: on ${address} (HOST, PORT), its data in ./${DATA_DIR} (DATA_DIR).

Options:
  ${format} ${wrapped(what)}
  --output FORM       table     for reading (on a terminal)
                      json      the report with everything (when the output goes to a file or pipe)
                      markdown  for a pull request
                      csv       one row per column
                      html      one page
  --stats             seconds, MB/s, CPU seconds and peak memory on standard error
  -h, --help          this text
  -v, --version       the version

Exit codes: 0 a report, 1 the file is not a table, 2 wrong usage or no such file, 3 anything else, 130 Ctrl-C.
`;
}

/** Lines of at most HELP_WIDTH characters, all but the first indented. */
function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (HELP_INDENT + line.length + word.length < HELP_WIDTH) lines[lines.length - 1] = line ? `${line} ${word}` : word;
    else lines.push(word);
  }
  return lines.join(`\n${' '.repeat(HELP_INDENT)}`);
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
      command === undefined ? 'No command is given.' : `Unknown command ${JSON.stringify(command)}.`,
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
    throw new UsageError((error as Error).message);
  }
}

function oneOf<T extends string>(name: string, value: string | undefined, values: readonly T[]): T | undefined {
  if (value === undefined || (values as readonly string[]).includes(value)) return value as T | undefined;
  throw new UsageError(`--${name} must be one of ${values.join(', ')}, not ${JSON.stringify(value)}.`);
}
