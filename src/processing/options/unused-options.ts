import type { ColumnFacts, FileFacts, Warning } from '../profile-types.ts';
import { OPTION_NAMES, OPTIONS, type OptionName, scopeOf } from './describe-options.ts';
import type { ReadOptions } from './read-options.ts';

/** Types of a typed file that hold text: what is said of how values are written is about these. */
const TEXTS: ReadonlySet<string | undefined> = new Set(['STRING', 'ENUM', 'JSON']);
const OF_TEXTS: ReadonlySet<OptionName> = new Set(['decimal', 'thousands', 'date_order']);

/** Values that say no more than that something is not wanted. */
const isIdle = (value: unknown) => value === undefined || value === false || value === 0;

/**
 * Options that have changed nothing, since they are about files of another kind: what a person has said is not passed
 * over in silence.
 * @param file as the report has it
 * @param columns whose stored type is known of typed files
 */
export function unusedOptions(
  options: ReadOptions = {},
  file: FileFacts,
  columns: readonly Pick<ColumnFacts, 'storedType'>[],
): Warning[] {
  const given = OPTION_NAMES.filter((name) =>
    name === 'header' ? options.header !== undefined : !isIdle(options[name]),
  );
  const unused = new Map<string, OptionName[]>(); // by what they are about
  const add = (scope: string, name: OptionName) => unused.set(scope, [...(unused.get(scope) ?? []), name]);
  const isTyped = columns.length > 0 && columns.every(({ storedType }) => storedType !== undefined);
  const hasText = !isTyped || columns.some(({ storedType }) => TEXTS.has(storedType));
  for (const name of given) {
    const { formats, container } = OPTIONS[name];
    const { kind } = (file.compression ?? {}) as { kind?: string };
    if ((formats && !formats.includes(file.format)) || (container !== undefined && container !== kind))
      add(scopeOf(OPTIONS[name]), name);
    else if (OF_TEXTS.has(name) && !hasText) add('texts, and no column of the file holds any', name);
  }
  const byScope = [...unused].map(([scope, names]) => ({
    code: 'unused_options',
    message:
      names.length > 1
        ? `The options ${listOf(names)} change nothing here: they are for ${scope}.`
        : `The option ${names[0]} changes nothing here: it is for ${scope}.`,
  }));
  return [...otherFormat(options, file), ...byScope];
}
/** A file is what its first bytes say, as a workbook is, whatever else it is said to be. */
function otherFormat({ format }: ReadOptions, file: FileFacts): Warning[] {
  if (format === undefined || labelOf(format) === labelOf(file.format)) return [];
  const message = `The option format is ${format}, but the file is ${labelOf(file.format)}, and was read as that.`;
  return [{ code: 'unused_options', message }];
}
const labelOf = (format: string) => scopeOf({ formats: [format] });
const listOf = (names: readonly string[]) => names.join(', ').replace(/, (\w+)$/, ' and $1');
