import { defineConfig } from 'vite';

/** The browser application: src/web → build/web, which the API serves at `/`. */
export default defineConfig({
  root: 'src/web',
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: '../../build/web', emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
});
