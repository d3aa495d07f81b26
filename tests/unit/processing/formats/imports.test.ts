import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TABLE_FORMATS } from '../../../../src/processing/formats/formats.ts';

const ROOT = 'src/processing/formats';

/** The project's files that a file imports when it is loaded; types are erased, and `import()` comes later. */
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import(?! type)|export(?= [^;]*? from))[^;]*?from '(\.[^']+)'/gm)].map(
    ([, target]) => join(dirname(file), target!),
  );
function loadedWith(files: string[]): string[] {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const target of importsOf(file)) visit(target);
  };
  files.forEach(visit);
  return [...seen];
}
const folders = globSync(`${ROOT}/*/format.ts`).map((file) => relative(ROOT, dirname(file)));

test('each folder is in the list of formats', () => {
  expect(folders.length).toBe(TABLE_FORMATS.length + 1); // one for all containers
  const listed = readFileSync(`${ROOT}/formats.ts`, 'utf8');
  for (const folder of folders) expect(listed).toContain(`'./${folder}/format.ts'`);
});

describe.each(folders)('%s', (folder) => {
  const others = folders.filter((other) => other !== folder);

  test('imports no other format, not even its types', () => {
    for (const file of globSync(`${ROOT}/${folder}/*.ts`))
      for (const [, target] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
        const [other, inside] = relative(ROOT, join(dirname(file), target!)).split('/');
        if (inside !== undefined) expect(others, `${file} → ${target}`).not.toContain(other);
      }
  });

  test('is read without a module of another format but its descriptor', () => {
    const loaded = loadedWith(['src/cli.ts', 'src/processing/profile.ts', `${ROOT}/${folder}/reader.ts`]);
    expect(loaded).toContain(`${ROOT}/${folder}/profile.ts`);
    const foreign = loaded.filter((file) => others.some((other) => file.startsWith(`${ROOT}/${other}/`)));
    expect(foreign.sort()).toEqual(others.map((other) => `${ROOT}/${other}/format.ts`).sort());
  });
});

test('the list loads nothing but descriptors and limits', () => {
  const loaded = loadedWith([`${ROOT}/formats.ts`]).filter((file) => !file.endsWith('/limits.ts'));
  expect(loaded.sort()).toEqual(
    [`${ROOT}/formats.ts`, ...folders.map((folder) => `${ROOT}/${folder}/format.ts`)].sort(),
  );
});
