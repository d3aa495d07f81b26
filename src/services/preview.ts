import { AppError } from '../core/errors.ts';
import { SpillFile } from '../infra/engine/spill-file.ts';
import { findDataset } from '../infra/postgres/rows/datasets.ts';
import { DatasetError } from '../processing/errors.ts';
import { formatOfContentType, isOfLines } from '../processing/formats/choose.ts';
import { PREVIEW_ROWS } from '../processing/limits.ts';
import { readBeginning } from '../processing/preview.ts';
import { buildPreview, type Preview } from '../report/preview.ts';
import { datasetNotFound } from './datasets.ts';
import type { Deps } from './deps.ts';
import type { Previews } from './previews.ts';
import { type GivenOptions, optionsInstead } from './reading-options.ts';
import { storedSource } from './stored-source.ts';

export { PREVIEW_ROWS, type Preview };

const refusal = (error: DatasetError) =>
  new AppError('UNPROCESSABLE', error.message, { cause: error, choices: error.choices });

/**
 * The first rows of a dataset as they would be read. Nothing is stored, and nothing of the dataset changes.
 * @param options `none` for no options; without any those that the dataset has
 * @throws AppError NOT_FOUND; UNPROCESSABLE where its beginning is no table with these options, or has no row;
 *   UNAVAILABLE when too many previews are made
 */
export async function openPreview(
  { database, storage, previews, config }: Deps & { previews: Previews },
  id: string,
  options: GivenOptions,
  signal: AbortSignal,
): Promise<Preview> {
  const dataset = await findDataset(database, id);
  if (!dataset) throw datasetNotFound(id);
  using spill = new SpillFile();
  const open = () => storedSource(storage, dataset, signal);
  const format = formatOfContentType(dataset.contentType).name;
  const given = {
    format,
    filename: dataset.uploadKey,
    isOfLines: isOfLines(dataset.uploadKey),
    readOptions: optionsInstead(options, dataset.options),
    signal,
    spill,
    maxUnpackedBytes: config.maxUnpackedBytes,
  };
  try {
    return buildPreview(await previews.inTurn(() => readBeginning(open, given), signal));
  } catch (error) {
    if (error instanceof DatasetError) throw refusal(error);
    throw error;
  }
}
