/** Tallest element: browsers give up between 17 and 33 million pixels, some fonts and zooms earlier. */
const MAX_HEIGHT = 8_000_000;
/** At both ends of a scaled range a pixel stays a pixel, so that a wheel never arrives there too early. */
const EXACT = 100_000;

/**
 * Maps the scroll position of an element of bounded height to the position in all rows. Up to `MAX_HEIGHT` they are the
 * same; above it the middle is scaled.
 */
export class ScrollRange {
  /** Of the element, in pixels. */
  readonly height: number;
  private readonly all: number;
  private readonly view: number;

  /** @param all height of all rows @param view height of what is seen of them */
  constructor(all: number, view: number) {
    this.all = all;
    this.view = view;
    this.height = Math.min(all, MAX_HEIGHT);
  }

  /** Whether a pixel of the element stands for more than one. */
  get isScaled(): boolean {
    return this.height < this.all;
  }

  /** Greatest position in all rows. */
  get last(): number {
    return Math.max(0, this.all - this.view);
  }

  /** The position in all rows for one of the element. */
  position(scroll: number): number {
    const most = Math.max(0, this.height - this.view);
    const { last } = this;
    if (!this.isScaled || scroll <= EXACT) return Math.min(scroll, last);
    if (scroll >= most - EXACT) return last - Math.max(0, most - scroll);
    return EXACT + ((scroll - EXACT) * (last - 2 * EXACT)) / (most - 2 * EXACT);
  }

  /** The other way round. */
  scroll(position: number): number {
    const most = Math.max(0, this.height - this.view);
    const { last } = this;
    if (!this.isScaled || position <= EXACT) return Math.max(0, Math.min(position, most));
    if (position >= last - EXACT) return most - Math.max(0, last - position);
    return EXACT + ((position - EXACT) * (most - 2 * EXACT)) / (last - 2 * EXACT);
  }
}
