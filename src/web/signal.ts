import { useEffect, useState } from 'preact/hooks';

/** A value whose changes redraw the components that read it. */
export interface Signal<T> {
  get(): T;
  set(value: T): void;
  listen(listener: () => void): () => void;
}

/** A signal with a first value. */
export function signal<T>(initial: T): Signal<T> {
  let value = initial;
  const listeners = new Set<() => void>(); // one entry per component on the page
  return {
    get: () => value,
    set(next) {
      if (next === value) return;
      value = next;
      for (const listener of listeners) listener();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value of a signal; the component that calls this is drawn again when it changes. */
export function useSignal<T>(source: Signal<T>): T {
  const [, draw] = useState(0);
  useEffect(() => source.listen(() => draw((n) => n + 1)), [source]);
  return source.get();
}
