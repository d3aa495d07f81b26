// Whether build/command, the command of a checkout as a bundle (tools/bundle.mjs), was made of the sources as they are.
import { createRequire } from 'node:module';

// not imported: an import reads all that the module exports, and so loads streams, which cost some milliseconds
const require = createRequire(import.meta.url);
const { readFileSync, statSync } = require('node:fs');
const { fileURLToPath } = require('node:url');

// paths, not URLs, of which each would be taken apart
const root = fileURLToPath(new URL('..', import.meta.url));
const inProject = (path) => `${root}${path}`;

/** By size and time of some 160 files: about a millisecond. */
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
