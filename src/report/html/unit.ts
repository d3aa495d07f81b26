/** Abbreviations of units that names end in, after an underscore, a hyphen or a space: `weight_kg`, `Weight_in_lbs`. */
const UNITS = new Set(
  // not m, g and min: names such as temp_min end in them as well
  ['mm cm km ft mi miles inches mg kg lbs ms sec seconds minutes hours hrs days usd eur gbp']
    .concat(['bytes kb mb gb mph kmh kw kwh hz px pct percent'])
    .flatMap((words) => words.split(' ')),
);
/** A unit in brackets at the end: `Price (EUR)`, `depth [km]`. */
const BRACKETED = /[([]\s*([^()[\]]{1,12}?)\s*[)\]]\s*$/;

/** The unit that the name of a column says, as it stands there; `undefined` where it says none. */
export function unitOf(name: string): string | undefined {
  const bracketed = BRACKETED.exec(name)?.[1];
  if (bracketed !== undefined) return bracketed;
  const words = name.split(/[_\s-]+/);
  const last = words.at(-1)!;
  return words.length > 1 && UNITS.has(last.toLowerCase()) ? last : undefined;
}
