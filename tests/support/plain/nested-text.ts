/**
 * What JSON.stringify writes of the parsed value, but numbers as written. By hand: JSON.parse of V8 13.6 takes the key
 * `"\u0062"` for `"\\"` when an object before had that key in its place.
 */
export function nestedText(text: string): string {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)!;
  let at = 0;
  const value = (): string => {
    const token = tokens[at++]!;
    if (token.startsWith('"')) return JSON.stringify(JSON.parse(token));
    if (token === '[') {
      const items: string[] = [];
      while (tokens[at] !== ']') {
        items.push(value());
        if (tokens[at] === ',') at++;
      }
      at++;
      return `[${items.join(',')}]`;
    }
    if (token !== '{') return token;
    const members: Record<string, string> = Object.create(null);
    while (tokens[at] !== '}') {
      const key: string = JSON.parse(tokens[at]!);
      at += 2;
      members[key] = value();
      if (tokens[at] === ',') at++;
    }
    at++;
    return `{${Object.keys(members)
      .map((key) => `${JSON.stringify(key)}:${members[key]}`)
      .join(',')}}`;
  };
  return value();
}

/**
 * The members of a record in their order, repeated keys too, with the text of each value: JSON.parse does not tell it.
 */
export function membersOf(record: string): [string, string][] {
  const members: [string, string][] = [];
  let depth = 0;
  let key: string | undefined;
  let from = 0;
  for (let i = 0; i < record.length; i++) {
    const char = record[i]!;
    if (char === '"') {
      const start = i;
      for (i++; record[i] !== '"'; i++) if (record[i] === '\\') i++;
      if (depth === 1 && key === undefined) key = JSON.parse(record.slice(start, i + 1));
    } else if (depth === 1 && char === ':') from = i + 1;
    else if ((char === ',' && depth === 1) || (char === '}' && depth === 1)) {
      if (key !== undefined) members.push([key, record.slice(from, i).trim()]);
      key = undefined;
      if (char === '}') depth--;
    } else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
  }
  return members;
}
