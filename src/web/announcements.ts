import { signal } from './signal.ts';

/** The latest event, read out by screen readers. */
export const announcement = signal('');
export const announce = (text: string): void => announcement.set(text);
