/** Places and sizes as a style: Preact sets it property by property, which the content security policy allows. */
export const pixels = (places: Record<string, number>): Record<string, string> =>
  Object.fromEntries(Object.entries(places).map(([name, value]) => [name, `${value}px`]));
