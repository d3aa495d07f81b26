const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13);

/** Trims ASCII white space only: String.trim would take U+00A0 too, which is a byte of other characters here. */
export function trimAscii(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return from === 0 && to === text.length ? text : text.slice(from, to);
}

/** Cuts a text to at most `codePoints` code points; an ellipsis behind them shows the cut. */
export function cut(text: string, codePoints: number): string {
  if (text.length <= codePoints) return text;
  const points = [...text.slice(0, codePoints * 2 + 2)];
  return points.length <= codePoints ? text : `${points.slice(0, codePoints).join('')}…`;
}
