import type { Value } from '../../processing/profile-types.ts';
import type { ColumnReport } from '../document.ts';
import { allDigits, isRounded } from '../formatting.ts';
import { figureOfKind } from '../kind-figures.ts';
import { type Content, html } from './html.ts';

/**
 * A number of a column as people read it; where digits are rounded away, all of them are its title.
 * @param titled false where the page has no room for titles
 */
export function number(value: Value | string, kind: ColumnReport['kind'] = 'measure', titled = true): Content {
  const text = figureOfKind(value, kind);
  return titled && isRounded(value) ? html`<span title="${allDigits(value)}">${text}</span>` : text;
}
