import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/**
 * Phrases that a new reader cannot follow: they lean on documents that are not in the project, or are no technical
 * English. The list is short on purpose: a phrase stands here only when it has no legitimate use.
 */
const PHRASES: [phrase: RegExp, instead: string][] = [
  [/\bthe brief\b|\bbrief's\b/i, 'state the rule itself'],
  // a contract of something that is named, and the tests of it, are the field's terms
  [/\bthe contract\b(?! (?:suite|tests?|of)\b)|\bcontract's\b/i, 'state the rule itself'],
  [/\bin place of\b/i, '"instead of"'],
  [/\bevery so manieth\b/i, '"every nth"'],
  [/\bput into words\b|\bworded\b/i, '"formatted" or "described"'],
  [/\bjudge[sd]?\b|\bjudging\b/i, '"decided", "classified" or "validated"'],
  [/\b(?:is|are|was|be) had\b/i, '"is available"'],
  [/\blets? go of\b/i, '"releases"'],
  [/\bwhereabouts\b/i, '"location"'],
  [/\bremarks?\b/i, '"notes"'],
];

const files = globSync(['src/**/*.{ts,tsx,css,html}', 'tools/*.{ts,mjs}', 'docs/*.md', '*.md', 'bench/*.md'], {
  exclude: (name) => name.includes('generated'),
}).sort();

function found(text: string, file = ''): string[] {
  return text
    .split('\n')
    .flatMap((line, i) =>
      PHRASES.filter(([phrase]) => phrase.test(line)).map(
        ([phrase, instead]) => `${file}:${i + 1}: ${phrase.exec(line)![0]}: write ${instead}`,
      ),
    );
}

describe('documents and sources are written in plain technical English', () => {
  test('the files are there', () => expect(files.length).toBeGreaterThan(200));
  test.each(files)('%s', (file) => expect(found(readFileSync(file, 'utf8'), file)).toEqual([]));
});

test.each([
  'The contract suite runs through REST and GraphQL.',
  'the contract of a store',
  'a brief pause, contractions, a remarkable result',
])('legitimate: %s', (line) => expect(found(line)).toEqual([]));
