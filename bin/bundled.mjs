// Whether build/command, the command of a checkout as a bundle (tools/bundle.mjs), was made of the sources as they are.
import { createRequire } from 'node:module';

// not imported: an import reads all that the module exports, and so loads streams, which cost some milliseconds
const { readFileSync, statSync } = createRequire(import.meta.url)('node:fs');

const inProject = (path) => new URL(`../${path}`, import.meta.url);

/** By size and time of some 110 files: about a millisecond. */
export function isBundled() {
  try {
    const sources = JSON.parse(readFileSync(inProject('build/command/sources.json'), 'utf8'));
    return sources.every(([path, size, changed]) => {
      const file = statSync(inProject(path));
      return file.size === size && file.mtimeMs === changed;
    });
  } catch {
    return false; // there is none, or a source is gone
  }
}
