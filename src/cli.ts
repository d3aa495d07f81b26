import { basename } from 'node:path';
import { type ProfileArguments, readArguments, UsageError } from './cli/arguments.ts';
import { help, optionsHelp } from './cli/help.ts';
import type { ProgressBar } from './cli/progress-bar.ts';
import { profileSource } from './infra/engine/profile-source.ts';
import { openSource, UnreadableError } from './infra/engine/source.ts';
import { DatasetError } from './processing/errors.ts';
import { certainFormatOfFilename } from './processing/formats/choose.ts';
import { flagsOf } from './processing/options/option-texts.ts';
import type { Provenance } from './report/provenance.ts';

// The command: composes the engine, a file and a terminal. What only some outputs need is imported on demand.

const EXIT = { report: 0, noTable: 1, usage: 2, fault: 3, interrupted: 130 };

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2));
  if (args === 'help') process.stdout.write(help());
  else if (args === 'options') process.stdout.write(optionsHelp());
  else if (args === 'version') process.stdout.write(`${await version()}\n`);
  else if (args === 'serve') await (await import('./run.ts')).run('dataset-reports', { api: true, worker: true });
  else {
    const bytes = await profile(args, interruption());
    if (args.stats) process.stderr.write(statistics(bytes));
  }
  return EXIT.report;
}

/** @returns the bytes of the dataset */
async function profile({ file, options, output }: ProfileArguments, signal: AbortSignal): Promise<number> {
  const name = file === '-' ? 'standard input' : basename(file);
  const source = openSource(file, signal);
  const bars = process.stderr.isTTY ? await import('./cli/progress-bar.ts') : undefined;
  let bar: ProgressBar | undefined;
  const { KEPT, useKeptKernel } = await import('./infra/engine/kernel-cache.ts');
  useKeptKernel(certainFormatOfFilename(file)?.name === 'parquet' ? KEPT.parquet : KEPT.text);
  const dataset = await profileSource(source, file, {
    readOptions: options,
    leavesThreads: true, // the report need not wait for their end
    signal,
    onProgress: ({ bytes }) => {
      // not before the first bytes of a pipe: its clock starts with it
      bar ??= bars && new bars.ProgressBar(process.stderr, source.size);
      bar?.reading(bytes);
    },
    onStage: () => bar?.working('Computing the statistics'),
  }).finally(() => bar?.remove());
  const { buildReport } = await import('./report/build-report.ts');
  const { reportText } = await import('./report/report-text.ts');
  output ??= process.stdout.isTTY ? 'table' : 'json';
  const provenance = { name, ...(file !== '-' && { filename: name }), bytes: source.size ?? dataset.file.bytes };
  const text = await written(reportText(buildReport(dataset)), provenance, output);
  process.stdout.write(process.stdout.isTTY && output !== 'table' ? await harmless(text, output) : text);
  return dataset.file.bytes;
}

/** The report in the requested form. No time is in it: the same bytes give the same text. */
async function written(
  json: string,
  from: Omit<Provenance, 'version'>,
  output: NonNullable<ProfileArguments['output']>,
): Promise<string> {
  if (output === 'json') return json;
  // as the service has it: read back from the text
  const report = (await import('./report/report-text.ts')).readReport(json);
  const { name } = from;
  if (output === 'markdown' || output === 'html') {
    const provenance = { ...from, version: await version() };
    if (output === 'html') return (await import('./report/html/page.ts')).renderPage(report, name, provenance);
    return (await import('./report/markdown.ts')).reportMarkdown(report, name, provenance);
  }
  if (output === 'csv') {
    const { reportRows } = await import('./report/report-csv.ts');
    const { csvStream } = await import('./report/csv-stream.ts');
    return (await csvStream(reportRows(report), false).toArray()).join('');
  }
  const { stdout } = process;
  const width = stdout.columns || Number(process.env.COLUMNS) || 120;
  const colour = stdout.isTTY && stdout.hasColors();
  return (await import('./report/terminal/terminal.ts')).reportTerminal(report, name, { width, colour });
}

/** A file gets the bytes as they are; a terminal would obey control sequences in the data. */
async function harmless(text: string, output: string): Promise<string> {
  if (output !== 'json') return printableLines(text);
  return text.replace(/[\u007f-\u009f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

async function printableLines(text: string): Promise<string> {
  const { printable } = await import('./report/terminal/display-width.ts');
  return text.replace(/[^\r\n]+/g, printable);
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    controller.abort(new Error('interrupted'));
    // process.exit would wait for what the signal does not end: the opening of a named pipe that nobody writes to
    setTimeout(() => {
      process.removeAllListeners('SIGINT');
      process.kill(process.pid, 'SIGINT');
    }, 1_000).unref();
  });
  return controller.signal;
}

function statistics(bytes: number): string {
  const seconds = performance.now() / 1_000; // since the process began
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const cpu = (userCPUTime + systemCPUTime) / 1e6;
  const speed = (bytes / 1e6 / seconds).toFixed(1);
  const peak = Math.round(maxRSS / 1024);
  return `${seconds.toFixed(2)} s, ${speed} MB/s, ${cpu.toFixed(2)} CPU seconds, ${peak} MiB peak memory\n`;
}

async function version(): Promise<string> {
  return (await import('./core/version.ts')).VERSION;
}

/** Reports an error on standard error. @returns the exit code */
async function complain(error: unknown): Promise<number> {
  const { name, code, message } = error as NodeJS.ErrnoException;
  if (name === 'AbortError' || message === 'interrupted') return EXIT.interrupted;
  let exit = EXIT.fault;
  let sentence = message;
  if (error instanceof DatasetError) {
    exit = EXIT.noTable;
    // what may be meant, as the flags to add
    for (const choice of error.choices) sentence += `\n  ${flagsOf(choice)}`;
  } else if (error instanceof UnreadableError) exit = EXIT.usage;
  else if (error instanceof UsageError) {
    exit = EXIT.usage;
    sentence += ` See dataset-reports ${error.help}.`;
  } else if (code === undefined) sentence = (error as Error).stack ?? message; // a bug
  process.stderr.write(`${await printableLines(sentence)}\n`);
  return exit;
}

process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(EXIT.report); // the reader of a pipe has seen enough
  process.stderr.write(`The report could not be written: ${message}\n`);
  process.exit(EXIT.fault);
});
process.stderr.on('error', () => {});
process.exitCode = await main().catch(complain);
