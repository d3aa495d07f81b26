/** Markup that is safe to send. Only the `html` tag makes it: a plain string among its values is text of the data. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Html | string | number | bigint | undefined | false | Content[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Text of the data as markup, for elements and quoted attributes. Control characters are shown as their pictures, and
 * characters that change the direction of writing as U+FFFD: both can make a page look like something that it is not.
 */
export function escapeHtml(text: string): string {
  // most are plain
  if (!/[&<>"'\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text)) return text;
  return text
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replace(/[\u0000-\u001f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

function markup(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'number') return String(content);
  if (!Array.isArray(content)) return escapeHtml(String(content));
  let text = '';
  for (const each of content) text += markup(each);
  return text;
}

/** The parts of a template without line breaks and indents: one entry per template of this program. */
const trimmed = new WeakMap<TemplateStringsArray, string[]>();

/**
 * A template of markup: what is put into it is escaped unless it is markup itself. Line breaks and indents are removed.
 */
export function html(parts: TemplateStringsArray, ...values: Content[]): Html {
  let pieces = trimmed.get(parts);
  if (!pieces) {
    pieces = parts.map((part) => part.replace(/\n\s*/g, ''));
    trimmed.set(parts, pieces);
  }
  let text = pieces[0]!;
  for (let i = 0; i < values.length; i++) text += markup(values[i]) + pieces[i + 1]!;
  return new Html(text);
}
