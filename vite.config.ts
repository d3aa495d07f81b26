import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The browser application: src/web → build/web. The API serves index.html at `/` and rows.html at
 * `/datasets/{id}/rows`, from where the files of `/assets` are two folders up.
 */
export default defineConfig({
  root: 'src/web',
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  experimental: {
    renderBuiltUrl: (path, { hostId, hostType }) =>
      hostType === 'html' && hostId.endsWith('rows.html') ? `../../${path}` : { relative: true },
  },
  build: {
    outDir: '../../build/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [file('src/web/index.html'), file('src/web/rows.html')],
      checks: { bundlerTimings: false }, // on a slow machine a warning that nobody can act on
    },
  },
});
