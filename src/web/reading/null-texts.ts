import type { ReadOptions } from '../../processing/options/read-options.ts';
import { TOKENS } from '../../processing/text/null-tokens.ts';

/**
 * The texts that are null in a preview, beside empty ones.
 * @param format of the file; a text of a JSON record is a value unless somebody has said something else
 */
export function nullTexts({ null_tokens, more_null_tokens = [] }: ReadOptions, format: unknown): ReadonlySet<string> {
  const isOfRecords = format === 'json' || format === 'ndjson' || format === 'parquet';
  return new Set([...(null_tokens ?? (isOfRecords ? [] : TOKENS)), ...more_null_tokens]);
}
