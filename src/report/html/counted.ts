import { whole } from '../formatting.ts';
import { type Html, html } from './html.ts';

/** The number behind a heading. */
export const counted = (count: number): Html => html`<span class="count">${whole(count)}</span>`;
