import type { Suggest } from './suggestion.ts';

/** windows-1252 back to its bytes. */
const BYTES = new Map(
  Array.from(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, i) => i)), (c, i) => [c, i]),
);
const LEAST_CHARACTERS = 8;
/** Western text has letters beyond ASCII one by one, hardly ever three in a row. */
const RUN = 3;

/** Text that is read as windows-1252 and has words of letters beyond ASCII only is in another encoding. */
export const encoding: Suggest = ({ report, glimpse }) => {
  if (report.options?.encoding !== undefined) return [];
  if (!glimpse || !report.warnings.some(({ code }) => code === 'encoding_fallback')) return [];
  const texts = [...glimpse.first, ...glimpse.last].flatMap(({ fields }) => fields);
  const bytes = Buffer.from(texts.flatMap((text) => [...Array.from(text, (c) => BYTES.get(c) ?? 63), 10]));
  const text = bytes.toString('latin1');
  const beyond = text.match(/[\x80-\xff]/g)?.length ?? 0;
  const inRuns = (text.match(new RegExp(`[\\x80-\\xff]{${RUN},}`, 'g')) ?? []).join('').length;
  if (beyond < LEAST_CHARACTERS) return [];
  const name = shiftJis(bytes) ? 'shift_jis' : inRuns >= beyond * 0.8 ? longRuns(bytes, text, beyond) : undefined;
  if (!name) return [];
  const sample = decoded(bytes, name)!
    .split('\n')
    .find((line) => /[^\0-\x7f]/.test(line))!;
  return [
    {
      code: 'encoding',
      message:
        `The text is not windows-1252: as ${name} it reads "${sample.slice(0, 40)}" → the names and values that are ` +
        'shown wrongly become readable',
      columns: [],
      evidence: { encoding: name, sample },
      options: { encoding: name },
    },
  ];
};
function decoded(bytes: Buffer, name: string): string | undefined {
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
/** Whole in Shift JIS, with its kana or ideographs only. */
function shiftJis(bytes: Buffer): boolean {
  const text = decoded(bytes, 'shift_jis');
  const letters = text?.match(/[^\0-\x7f]/gu) ?? [];
  const isJapanese = letters.every((c) => /[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60]/.test(c));
  return letters.length >= LEAST_CHARACTERS / 2 && isJapanese && /[\x81-\x9f]/.test(bytes.toString('latin1'));
}
function longRuns(bytes: Buffer, text: string, beyond: number): string | undefined {
  if ((text.match(/[\xc0-\xff]/g)?.length ?? 0) >= beyond * 0.95) {
    const lower = text.match(/[\xe0-\xff]/g)?.length ?? 0;
    if (lower >= beyond * 0.6) return 'windows-1251';
  }
  const chinese = decoded(bytes, 'gb18030')?.match(/[^\0-\x7f]/gu) ?? [];
  const common = chinese.filter((c) => /[\u3000-\u303f\u4e00-\u9fff\uff00-\uff60]/.test(c)).length;
  return chinese.length >= LEAST_CHARACTERS / 2 && common === chinese.length ? 'gb18030' : undefined;
}
