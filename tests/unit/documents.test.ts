import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Documents lead to what is there: a file that is moved takes its mentions with it. */
const documents = globSync(['*.md', 'docs/*.md', 'bench/*.md', 'findings/*.md']).sort();

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(file: string): Set<string> {
  const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm);
  return new Set(
    [...headings].map(([, text]) =>
      text!
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Links to files of the project that lead nowhere. */
function brokenLinks(file: string): string[] {
  const links = [...readFileSync(file, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  return links.filter((link) => {
    if (/^https?:/.test(link)) return false;
    const [path, anchor] = link.split('#');
    const target = path ? join(dirname(file), path) : file;
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor));
  });
}

const ROOMS =
  'api|bench|bin|cli|core|deploy|docker|docs|findings|infra|prisma|processing|report|services|src|tests|tools|web';
const PATH = new RegExp(`\`((?:${ROOMS})/[\\w./-]+)\``, 'g');
/** Made at set-up or by a run, and examples of files to add. */
const NOT_THERE = /generated|screenshots|bench\/data|\/fixed\/|\/NAME/;

/** Paths in a text that do not exist, from the project's folder or from src. */
function missingPaths(file: string): string[] {
  const paths = [...readFileSync(file, 'utf8').matchAll(PATH)].map(([, path]) => path!);
  return paths.filter((path) => !NOT_THERE.test(path) && !existsSync(path) && !existsSync(join('src', path)));
}

/** Every file that a comment may name, from any folder on: `csv/rows.ts` for `src/processing/formats/csv/rows.ts`. */
const sources = globSync(['{src,tests,tools,bench,bin,build}/**/*.{ts,tsx,mjs,css}', '*.{ts,mjs}'], {
  exclude: (name) => name.includes('node_modules'),
});
const endings = new Set(sources.flatMap((file) => file.split('/').map((_, i, parts) => parts.slice(i).join('/'))));

/** Files that a comment names and that do not exist. */
function missingInComments(file: string): string[] {
  const comments = [...readFileSync(file, 'utf8').matchAll(/^\s*\*(.*)|\/\*\*(.*)|\/\/(.*)/gm)].map(([text]) => text);
  const named = /(?<![\w/.@:-])(?:[\w-]+\/)*\w[\w.-]*\.(?:ts|tsx|mjs|css)\b/g;
  const paths = comments.flatMap((text) => [...text.matchAll(named)].map(([path]) => path));
  return paths.filter((path) => !NOT_THERE.test(path) && !endings.has(path));
}

test('files that comments name exist', () => {
  const commented = sources.filter((file) => !/generated|^build/.test(file));
  const missing = commented.flatMap((file) => missingInComments(file).map((path) => `${file}: ${path}`));
  expect(commented.length).toBeGreaterThan(400);
  expect(missing).toEqual([]);
});

/** What stands in backquotes in the first column of the table under "Worth an alert". */
function loggedMessages(): string[] {
  const table = readFileSync('docs/operations.md', 'utf8').split('| message | means |')[1]!.split('\n\n')[0]!;
  const cells = table.split('\n').map((line) => line.split('|')[1] ?? '');
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, message]) => message!));
}

test('messages of the log that operators are to watch are logged', () => {
  const source = globSync('src/**/*.ts').map((file) => readFileSync(file, 'utf8'));
  const messages = loggedMessages();
  expect(messages.length).toBeGreaterThan(5);
  const missing = messages.filter((message) => !source.some((text) => text.includes(`'${message}'`)));
  expect(missing).toEqual([]);
});

describe.each(documents)('%s', (file) => {
  test('links lead somewhere', () => expect(brokenLinks(file)).toEqual([]));
  test('paths exist', () => expect(missingPaths(file)).toEqual([]));
});
