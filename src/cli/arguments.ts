import { OPTION_NAMES, OPTIONS, type OptionName } from '../processing/options/describe-options.ts';
import { flagName, valueOfText } from '../processing/options/option-texts.ts';
import type { ReadOptions } from '../processing/options/read-options.ts';
import { OptionsError, validateOptions } from '../processing/options/validate-options.ts';

// not by import: that would load all that node:util offers, some milliseconds of a start
const { parseArgs } = process.getBuiltinModule('node:util');

const OUTPUTS = ['json', 'table', 'markdown', 'csv', 'html'] as const;
type Output = (typeof OUTPUTS)[number];

export interface ProfileArguments {
  /** A path, or `-` for standard input. */
  file: string;
  /** How the file is to be read; undefined where nothing is said. */
  options: ReadOptions | undefined;
  /** A table on a terminal, else JSON, when not given. */
  output: Output | undefined;
  stats: boolean;
}

/**
 * The command was called in a way that it does not know, or with a file that cannot be opened: a sentence to act on.
 */
export class UsageError extends Error {
  /** The help to read: the command with these arguments. */
  readonly help: '--help' | '--help options';

  constructor(message: string, topic?: 'options') {
    super(message);
    this.help = topic ? `--help ${topic}` : '--help';
  }
}

/** @param args what follows the name of the command @throws UsageError */
export function readArguments(args: string[]): ProfileArguments | 'serve' | 'help' | 'options' | 'version' {
  const { values, positionals } = parse(args);
  if (values.help) return positionals[0] === 'options' ? 'options' : 'help';
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
    options: optionsIn(values),
    output: oneOf('output', values.output, OUTPUTS),
    stats: values.stats,
  };
}

/** The options of reading among the flags. @throws UsageError */
function optionsIn(values: Record<string, unknown>): ReadOptions | undefined {
  const given = OPTION_NAMES.flatMap((name) => {
    const texts = values[flagName(name)] as string[] | true | undefined;
    if (texts === true) return [[name, true]];
    return texts ? [[name, flagValue(name, texts)]] : [];
  });
  try {
    return validateOptions(Object.fromEntries(given));
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    throw new UsageError(error.saidWith(flag, true), 'options');
  }
}
const flag = (name: OptionName) => `--${flagName(name)}`;

/** The value of a flag. What takes several can be given more than once. */
function flagValue(name: OptionName, texts: string[]): unknown {
  const option = OPTIONS[name];
  const values = texts.map((text) => valueOfText(option, text));
  if (values.length === 1) return values[0];
  if (option.kind === 'texts') return values.flat();
  if (option.kind === 'types' && values.every((value) => typeof value === 'object'))
    return Object.assign({}, ...values);
  throw new UsageError(`${flag(name)} is given more than once.`, 'options');
}

const READING = Object.fromEntries(
  OPTION_NAMES.map((name) => {
    const isSwitch = OPTIONS[name].kind === 'boolean';
    return [flagName(name), isSwitch ? ({ type: 'boolean' } as const) : ({ type: 'string', multiple: true } as const)];
  }),
);

/** A value may begin with a hyphen, as in `--null-tokens -999`: the parser takes it only behind an equals sign. */
function joined(args: string[]): string[] {
  const flags = new Set(OPTION_NAMES.filter((name) => OPTIONS[name].kind !== 'boolean').map(flag));
  const all: string[] = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--') return [...all, ...args.slice(i)];
    const takesNext = flags.has(args[i]!) && /^-./.test(args[i + 1] ?? '') && !/^--[a-z]/.test(args[i + 1]!);
    all.push(takesNext ? `${args[i]}=${args[++i]}` : args[i]!);
  }
  return all;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args: joined(args),
      allowPositionals: true,
      options: {
        ...READING,
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
