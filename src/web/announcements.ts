import { signal } from './signal.ts';

/** What happened last, for screen readers. */
export const said = signal('');
export const say = (text: string): void => said.set(text);
