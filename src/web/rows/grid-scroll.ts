import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import { ScrollRange } from './scroll-range.ts';

/** A scroll has ended when nothing has moved for this long. */
const REST_MILLISECONDS = 150;

export interface GridScroll {
  /** Position in all rows, in pixels. */
  position: number;
  /** Where the first row would stand in the element, in pixels from its top. */
  origin: number;
  left: number;
  /** Of what is seen, the header left out. */
  height: number;
  width: number;
  /** Of the element that is scrolled. */
  range: number;
  scrollTo(position: number, left?: number): void;
}

/**
 * Scrolls over rows of any number: the element that the browser scrolls has a bounded height (scroll-range.ts). A wheel
 * moves rows by as much as it says; the scroll bar is set right when it rests.
 * @param all height of all rows @param head height of the header that stays
 */
export function useGridScroll(box: RefObject<HTMLDivElement | null>, all: number, head: number): GridScroll {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const state = useRef({ position: 0, scroll: 0, left: 0, timer: 0, frame: 0 });
  const range = new ScrollRange(all, size.height);
  const current = useRef(range);
  current.current = range;

  const settle = useCallback(() => {
    const now = state.current;
    now.position = Math.min(now.position, current.current.last);
    const wanted = current.current.scroll(now.position);
    if (Math.abs(wanted - now.scroll) < 1) return;
    box.current!.scrollTop = wanted;
    now.scroll = box.current!.scrollTop;
    draw(undefined);
  }, []);

  useLayoutEffect(() => {
    const element = box.current!;
    const measure = () => {
      // on paper the element is as high as its rows: it would draw more of them, and grow, to the last one
      if (matchMedia('print').matches) return;
      setSize({ width: element.clientWidth, height: Math.max(0, element.clientHeight - head) });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    const scrolled = () => {
      const now = state.current;
      const scroll = element.scrollTop;
      const by = scroll - now.scroll;
      const { last, isScaled } = current.current;
      now.position =
        isScaled && Math.abs(by) < element.clientHeight
          ? Math.max(0, Math.min(now.position + by, last))
          : current.current.position(scroll);
      now.scroll = scroll;
      now.left = element.scrollLeft;
      cancelAnimationFrame(now.frame);
      now.frame = requestAnimationFrame(() => draw(undefined));
      clearTimeout(now.timer);
      now.timer = setTimeout(settle, REST_MILLISECONDS) as unknown as number;
    };
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', scrolled);
      clearTimeout(state.current.timer);
      cancelAnimationFrame(state.current.frame);
    };
  }, [head]);
  useEffect(settle, [all, size.height]);

  const scrollTo = useCallback((position: number, left?: number) => {
    const element = box.current!;
    const now = state.current;
    now.position = Math.max(0, Math.min(position, current.current.last));
    element.scrollTop = current.current.scroll(now.position);
    now.scroll = element.scrollTop;
    if (left !== undefined) element.scrollLeft = left;
    now.left = element.scrollLeft;
    draw(undefined);
  }, []);
  const { position, scroll, left } = state.current;
  return { position, origin: head + scroll - position, left, ...size, range: range.height, scrollTo };
}
