import { cut } from '../../processing/text/trim.ts';
import { byteSize, whole } from '../formatting.ts';
import { type Provenance, timeInWords } from '../provenance.ts';
import { TITLE_CODE_POINTS } from './detail.ts';
import { type Content, type Html, html } from './html.ts';

const timeOf = (time: string): Html => html`<time datetime="${time}">${timeInWords(time)}</time>`;

/** Where the report comes from, at the foot of the page: so that a printed or forwarded one can be traced. */
export function provenanceSection({
  name,
  filename,
  bytes,
  sha256,
  uploadedAt,
  processedAt,
  version,
}: Provenance): Html {
  const facts: [string, Content][] = [
    ['Dataset', html`<bdi>${cut(name, TITLE_CODE_POINTS)}</bdi>`],
    ['File', filename !== undefined && html`<bdi>${cut(filename, TITLE_CODE_POINTS)}</bdi>`],
    ['Size', `${byteSize(bytes)}${bytes < 1_000 ? '' : ` (${whole(bytes)} bytes)`}`],
    ['SHA-256', sha256 !== undefined && html`<code>${sha256}</code>`],
    ['Uploaded', uploadedAt !== undefined && timeOf(uploadedAt)],
    ['Processed', processedAt !== undefined && timeOf(processedAt)],
    ['Made by', `Dataset Reports ${version}`],
  ];
  const fact = ([term, value]: [string, Content]) => value && html`<div><dt>${term}</dt><dd>${value}</dd></div>`;
  return html`<footer aria-labelledby="provenance"><h2 id="provenance">About this report</h2>
    <dl>${facts.map(fact)}</dl></footer>`;
}
