import { globSync } from 'node:fs';
import { formatOfFilename } from '../../src/processing/formats/choose.ts';
import { FORMATS } from '../../src/processing/formats/formats.ts';

/** The inputs of tests/golden, by name, with the format that their extension means: every extension of every format. */
export const GOLDEN_INPUTS: readonly { file: string; format: string }[] = FORMATS.flatMap(({ extensions }) =>
  extensions.flatMap((extension) => globSync(`tests/golden/*${extension}`)),
)
  .filter((file) => !file.endsWith('.expected.json'))
  .sort()
  .map((file) => ({ file, format: formatOfFilename(file)!.name }));
