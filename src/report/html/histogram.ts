import { figure, whole } from '../formatting.ts';
import { type Html, html } from './html.ts';
import { coordinate } from './share-bar.ts';

const WIDTH = 200;
const HEIGHT = 48;

/** Equal bins as bars, the fullest over the whole height; a bin with one value is still visible. */
export function histogram({ edges, counts }: { edges: number[]; counts: number[] }, tooltips: boolean): Html {
  const most = Math.max(...counts, 1);
  const step = WIDTH / counts.length;
  const left = (bin: number) => coordinate(bin * step);
  const width = coordinate(step - 1);
  const top = (count: number) => coordinate(HEIGHT - Math.max((count / most) * HEIGHT, count > 0 ? 1 : 0));
  const label =
    `Histogram: ${counts.length} bins from ${figure(edges[0]!)} to ${figure(edges.at(-1)!)}, ` +
    `the fullest with ${whole(most)} values`;
  const bar = (count: number, bin: number) => {
    const y = top(count);
    return html`<g><title>${figure(edges[bin]!)} to ${figure(edges[bin + 1]!)}: ${whole(count)}</title>
      <rect x="${left(bin)}" width="${width}" y="${y}" height="${coordinate(HEIGHT - y)}"/></g>`;
  };
  const outline = (count: number, bin: number) =>
    count > 0 ? `M${left(bin)} ${HEIGHT}V${top(count)}h${width}V${HEIGHT}` : '';
  const size = html`viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none"`;
  return html`<svg class="hist" ${size} role="img" aria-label="${label}">
    ${tooltips ? counts.map(bar) : html`<path d="${counts.map(outline).join('')}"/>`}</svg>`;
}
