import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** What each room may import of the others. */
const ALLOWED: Record<string, string[]> = {
  processing: [],
  report: ['processing'],
  core: [],
  infra: ['core', 'processing'],
  services: ['core', 'infra', 'processing', 'report'],
  web: [],
  cli: ['processing', 'report', 'infra'],
  api: ['core', 'infra', 'services', 'report'],
};

test('imports follow the layout', () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const file of globSync('src/**/*.ts', { exclude: (name) => name.includes('generated') })) {
    const room = relative('src', file).split('/');
    if (room.length < 2) continue;
    for (const [, target] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
      seen++;
      const other = relative('src', join(dirname(file), target!)).split('/')[0]!;
      if (other !== room[0] && !ALLOWED[room[0]!]!.includes(other)) wrong.push(`${file} → ${target}`);
    }
  }
  expect(seen).toBeGreaterThan(50);
  expect(wrong).toEqual([]);
});

test('the engine imports nothing from outside itself', () => {
  for (const file of globSync('src/processing/**/*.ts')) {
    const text = readFileSync(file, 'utf8');
    expect(text, file).not.toMatch(/process\.env/);
    for (const [, target] of text.matchAll(/from '([^']+)'/g)) {
      // node:buffer is no I/O: its check of UTF-8 is the fast one
      if (target === 'node:buffer') continue;
      expect(target, file).toMatch(/^\./);
      expect(relative('src', join(dirname(file), target!)).split('/')[0], `${file} → ${target}`).toBe('processing');
    }
  }
});
