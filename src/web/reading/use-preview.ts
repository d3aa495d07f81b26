import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReadOptions } from '../../processing/options/read-options.ts';
import { Refusal, run } from '../client.ts';
import { PREVIEW } from '../documents.ts';
import type { Preview } from './preview-table.tsx';
import { inputOf } from './typed-options.ts';

/** After the last key: a preview reads some MiB of the file. */
const TYPING_MILLISECONDS = 300;

export interface LivePreview {
  /** The last one that could be read. */
  preview: Preview | undefined;
  /** Why the file cannot be read with the options. */
  problem: string;
  /** Options that would do instead: files of an archive, sheets of a workbook, lists of records. */
  choices: readonly ReadOptions[];
  /** Whether the preview is of other options. */
  isStale: boolean;
}

const NONE = { preview: undefined, problem: '', choices: [] };

/** The beginning of a dataset as it would be read. @param options undefined: they cannot be, and nothing is asked */
export function usePreview(id: string, options: ReadOptions | undefined): LivePreview {
  const [shown, setShown] = useState<Omit<LivePreview, 'isStale'> & { of: string }>({ ...NONE, of: '' });
  const isFirst = useRef(true);
  const wanted = options && JSON.stringify(options);
  useEffect(() => {
    if (!options || wanted === undefined) return;
    let isOver = false;
    const ask = () =>
      run('query', PREVIEW, { id, options: inputOf(options) }).then(
        ({ previewDataset: preview }) => isOver || setShown({ ...NONE, preview, of: wanted }),
        (error: Error) => {
          const choices: readonly ReadOptions[] = error instanceof Refusal ? error.choices : [];
          if (!isOver) setShown(({ preview }) => ({ preview, problem: error.message, choices, of: wanted }));
        },
      );
    const timer = setTimeout(ask, isFirst.current ? 0 : TYPING_MILLISECONDS);
    isFirst.current = false;
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [id, wanted]);
  const isStale = shown.of !== wanted || shown.problem !== '';
  return { ...shown, isStale };
}
