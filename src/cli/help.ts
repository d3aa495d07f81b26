import { DEFAULTS } from '../core/defaults.ts';
import type { Format } from '../processing/formats/format.ts';
import { FORMATS, TABLE_FORMATS } from '../processing/formats/formats.ts';
import { describedOption, OPTION_NAMES, OPTIONS, type OptionName } from '../processing/options/describe-options.ts';
import { flagName } from '../processing/options/option-texts.ts';

/** The narrowest terminal that is usual. */
const HELP_WIDTH = 80;

/** The text of `--help`. */
export function help(): string {
  const certain = ({ extensions, looseExtensions = [] }: Format) =>
    extensions.filter((extension) => !looseExtensions.includes(extension)).join(' ');
  const extensions = FORMATS.map(certain).join(', ');
  const which = `The extension tells what a file is (${extensions}), else its first bytes.`;
  const labels = TABLE_FORMATS.map(({ label }) => label).join(', ');
  const { HOST, PORT, DATA_DIR } = DEFAULTS;
  const profile =
    `profile reads a table (${labels}; text may be compressed) and reports types, nulls, distinct values, quartiles, ` +
    'outliers, duplicates, bad rows, and alerts about what looks wrong. FILE is a path, or - for standard input.';
  const serve =
    `serve starts the service with all it needs on http://${HOST}:${PORT} (HOST, PORT). ` +
    `It keeps its data in ./${DATA_DIR} (DATA_DIR).`;
  const exits =
    'Exit codes: 0 success, 1 the file is not a table, 2 wrong usage or no such file, 3 any other error, 130 Ctrl-C.';
  return `Usage: dataset-reports profile FILE [options]
       dataset-reports serve

${wrapped(profile, 0)}
${wrapped(which, 0)}
${wrapped(serve, 0)}

Options:
  --output FORM       table     alerts and a line per column (on a terminal)
                      json      the whole report (for a file or pipe)
                      markdown  alerts and a table, for a pull request
                      csv       a row per column, with all figures
                      html      the report as one page
  --stats             print seconds, MB/s, CPU seconds and peak memory on
                      standard error
  -h, --help          show this text; --help options explains those below
  -v, --version       show the version

How the file is to be read, where that is not found from it:
  ${wrapped(OPTION_NAMES.map(usage).join(' '), 2, true)}

${wrapped(exits, 0)}
`;
}

const usage = (name: OptionName) => `--${flagName(name)} ${OPTIONS[name].takes}`.trimEnd();

/** The text of `--help options`. */
export function optionsHelp(): string {
  const entry = (name: OptionName) => {
    return `  ${usage(name)}\n      ${wrapped(describedOption(OPTIONS[name]), 6)}\n`;
  };
  const values =
    'Several texts are separated by commas, or are a JSON list. A character that is hard to type is \\t, space or ' +
    'U+0001.';
  return `How a file is to be read, where that is not found from it. The report says so.

${OPTION_NAMES.map(entry).join('')}
${wrapped(values, 0)}
`;
}

/**
 * Lines of less than HELP_WIDTH characters, all but the first indented.
 * @param keepsFlags whether a flag stays in one line with what it takes
 */
function wrapped(text: string, indent: number, keepsFlags = false): string {
  const lines = [''];
  for (const word of text.split(keepsFlags ? / (?=--)/ : ' ')) {
    const line = lines.at(-1)!;
    if (indent + line.length + 1 + word.length < HELP_WIDTH) lines[lines.length - 1] = line ? `${line} ${word}` : word;
    else lines.push(word);
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
