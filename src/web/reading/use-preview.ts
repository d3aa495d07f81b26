import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReadOptions } from '../../processing/options/read-options.ts';
import { Refusal, run } from '../client.ts';
import { outage } from '../connection.ts';
import { PREVIEW } from '../documents.ts';
import { useSignal } from '../signal.ts';
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
  /** Whether it is the file that cannot be read so; else asking again may help. */
  isRefused: boolean;
  /** Whether no response of these options is there yet. */
  isPending: boolean;
  /** Whether the preview is of other options. */
  isStale: boolean;
  /** Asks again. */
  retry: () => void;
}

const NONE = { preview: undefined, problem: '', choices: [], isRefused: false };

/** The beginning of a dataset as it would be read. @param options undefined: they cannot be, and nothing is asked */
export function usePreview(id: string, options: ReadOptions | undefined): LivePreview {
  const [shown, setShown] = useState<Omit<LivePreview, 'isPending' | 'isStale' | 'retry'> & { of: string }>({
    ...NONE,
    of: '',
  });
  const [tries, setTries] = useState(0);
  const offline = useSignal(outage) !== '';
  const isFirst = useRef(true);
  const wanted = options && JSON.stringify(options);
  useEffect(() => {
    if (!options || wanted === undefined || offline) return;
    let isOver = false;
    const ask = () =>
      run('query', PREVIEW, { id, options: inputOf(options) }).then(
        ({ previewDataset: preview }) => isOver || setShown({ ...NONE, preview, of: wanted }),
        (error: Error) => {
          const { code, choices }: { code: string; choices: readonly ReadOptions[] } =
            error instanceof Refusal ? error : { code: '', choices: [] };
          const refusal = { problem: error.message, choices, isRefused: code === 'UNPROCESSABLE', of: wanted };
          if (!isOver) setShown(({ preview }) => ({ preview, ...refusal }));
        },
      );
    const timer = setTimeout(ask, isFirst.current ? 0 : TYPING_MILLISECONDS);
    isFirst.current = false;
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [id, wanted, offline, tries]);
  const isPending = shown.of !== wanted;
  const isStale = isPending || shown.problem !== '';
  return { ...shown, isPending, isStale, retry: () => setTries(tries + 1) };
}
