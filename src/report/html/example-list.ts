import { type Content, type Html, html } from './html.ts';

/**
 * Examples with commas between them, behind a lead; an ellipsis where there are more. Nothing without examples.
 * @param count of all that they are examples of
 */
export function exampleList<T>(examples: T[], count: number, show: (example: T) => Html, lead: string): Content {
  if (examples.length === 0) return undefined;
  const items = examples.map((example, i) => html`${i > 0 && ', '}${show(example)}`);
  return [lead, items, count > examples.length && ' …'];
}
