import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { addressOf, type View, viewOf } from './address.ts';
import type { GridPlace, Visit } from './grid-place.ts';
import type { SourceMark } from './row-source.ts';

/** What an entry of the browser's history keeps, so that Back and a reload lead to the same place. */
interface Kept {
  place?: GridPlace;
  source?: SourceMark;
}

const keptNow = (): Kept => (history.state as Kept | null) ?? {};
const viewNow = () => viewOf(location.search, location.hash);

/** Pause before a place is written to the history: browsers refuse many changes a second. */
const REST_MILLISECONDS = 200;

export type Journey = ReturnType<typeof useHistory>;

/** The view of the address, and ways to another one. */
export function useHistory() {
  const [state, setState] = useState(() => ({ view: viewNow(), left: keptNow(), number: 0 }));
  const latest = useRef<Kept>(keptNow());
  const timer = useRef(0);
  const write = useCallback(() => {
    clearTimeout(timer.current);
    history.replaceState(latest.current, '');
  }, []);
  useEffect(() => {
    history.scrollRestoration = 'manual';
    const change = () => {
      clearTimeout(timer.current); // the entry that it was for has been left
      latest.current = keptNow();
      setState(({ number }) => ({ view: viewNow(), left: keptNow(), number: number + 1 }));
    };
    addEventListener('popstate', change); // also when only the fragment changes
    addEventListener('pagehide', write);
    return () => {
      removeEventListener('popstate', change);
      removeEventListener('pagehide', write);
    };
  }, []);
  /** @param isSamePlace how the same rows are shown changes, but neither the place nor the entry of the history */
  const go = (view: View, { isSamePlace = false } = {}) => {
    if (isSamePlace) {
      history.replaceState(latest.current, '', addressOf(view));
      setState((now) => ({ ...now, view }));
      return;
    }
    write();
    latest.current = {};
    history.pushState({}, '', addressOf(view));
    setState(({ number }) => ({ view, left: {}, number: number + 1 }));
  };
  const keep = (kept: Kept) => {
    latest.current = kept;
    clearTimeout(timer.current);
    timer.current = setTimeout(write, REST_MILLISECONDS) as unknown as number;
  };
  const { view, left, number } = state;
  const visit: Visit = { number, place: left.place, row: view.row, cell: view.cell };
  return { view, visit, left, go, keep };
}
