import { type ValueKind, visiblePieces } from './cell-values.ts';

/** A value as the grid, the bar below it and the card show it. @param most characters that are shown */
export function CellText({ value, kind, most }: { value: string | null; kind: ValueKind; most: number }) {
  if (value === null)
    return (
      <i class="none" title="There is no value.">
        null
      </i>
    );
  if (kind === 'empty')
    return (
      <i class="none" title="The value has no characters.">
        empty
      </i>
    );
  const pieces = visiblePieces(value.length > most ? `${value.slice(0, most)}…` : value);
  return (
    <bdi {...(kind === 'token' ? { class: 'none', title: 'Counts as null.' } : {})}>
      {pieces.map(({ text, isMark }, i) => (isMark ? <mark key={i}>{text}</mark> : text))}
    </bdi>
  );
}
