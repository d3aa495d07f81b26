import { useEffect, useRef, useState } from 'preact/hooks';
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

export type Journey = ReturnType<typeof useHistory>;

/** The view of the address, and ways to another one. */
export function useHistory() {
  const [state, setState] = useState(() => ({ view: viewNow(), left: keptNow(), number: 0 }));
  const latest = useRef<Kept>(keptNow());
  useEffect(() => {
    history.scrollRestoration = 'manual';
    const change = () => {
      latest.current = keptNow();
      setState(({ number }) => ({ view: viewNow(), left: keptNow(), number: number + 1 }));
    };
    addEventListener('popstate', change); // also when only the fragment changes
    return () => removeEventListener('popstate', change);
  }, []);
  /** @param isSamePlace how the same rows are shown changes, but neither the place nor the entry of the history */
  const go = (view: View, { isSamePlace = false } = {}) => {
    if (isSamePlace) {
      history.replaceState(latest.current, '', addressOf(view));
      setState((now) => ({ ...now, view }));
      return;
    }
    history.replaceState(latest.current, '');
    latest.current = {};
    history.pushState({}, '', addressOf(view));
    setState(({ number }) => ({ view, left: {}, number: number + 1 }));
  };
  const keep = (kept: Kept) => {
    latest.current = kept;
    history.replaceState(kept, '');
  };
  const { view, left, number } = state;
  const visit: Visit = { number, place: left.place, row: view.row, cell: view.cell };
  return { view, visit, left, go, keep };
}
