import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ACCEPTED_EXTENSIONS, FORMAT_LABELS } from '../../../src/services/content-type.ts';
import { TAKEN_EXTENSIONS, TAKEN_FORMATS } from '../../../src/web/taken-files.ts';

// the page imports nothing of the service: what it states about formats is compared here

const zone = readFileSync('src/web/drop-zone.tsx', 'utf8');

test("the browser's file dialog offers every extension that is accepted", () => {
  expect(zone).toContain("accept={TAKEN_EXTENSIONS.join(',')}");
  expect(TAKEN_EXTENSIONS).toEqual(ACCEPTED_EXTENSIONS);
});

test('the list of files that can be read names every accepted extension, and no other', () => {
  const [, list] = zone.split('function TakenFiles');
  const items = [...list!.matchAll(/<li>([^<]*)<\/li>/g)].map(([, text]) => text!).join(' ');
  expect(items.match(/(?<= )\.[a-z]+/g)!.sort()).toEqual([...ACCEPTED_EXTENSIONS].sort());
});

test('the page names the formats', () => {
  expect(TAKEN_FORMATS).toBe(FORMAT_LABELS);
  expect(readFileSync('src/web/index.html', 'utf8')).toContain(`a ${FORMAT_LABELS} file`);
});
