// Builds what people install and what the images hold: src/ with all its dependencies as JavaScript in build/package,
// split by what is loaded when, beside the files that it reads: the page, the migrations, Swagger UI. The kernel has
// been compiled and the page built before (bootstrap.mjs, docker/Dockerfile).
// bundle.mjs command: only what the command of a checkout loads, in build/command. bin/ starts it instead of the
// sources, unless one has another size or time than sources.json has: to load 80 modules took a tenth of a short run.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const ROOT = resolve(import.meta.dirname, '..');
const IS_COMMAND = process.argv[2] === 'command';
const TARGET = join(ROOT, IS_COMMAND ? 'build/command' : 'build/package');
const ENTRIES = IS_COMMAND ? ['cli'] : ['index', 'cli', 'api', 'worker'];
/** The kernel's machine code (src/infra/engine/kernel-cache.ts) is of this processor: it stays where it is. */
const MACHINE_CODE = ['compiled.bin', 'compiled-parquet.bin'];

/**
 * `new URL('…', import.meta.url)`: a module becomes an entry, any other file or folder is copied. All lie in one
 * folder with the chunks; package.json is the package's own.
 */
const FILE = /new URL\(\s*'(\.[^']+)',\s*import\.meta\.url,?\s*\)/g;
const copied = new Map(); // source by name
function placed(context, path) {
  if (path === join(ROOT, 'package.json')) return '../../package.json';
  const name = basename(path);
  if (MACHINE_CODE.includes(name)) return IS_COMMAND ? relative(TARGET, path) : `./${name}`;
  if (/\.m?[jt]s$/.test(name) && /\/src\/(?!report\/html)/.test(path)) {
    const fileName = name.replace(/\.\w+$/, '.js');
    context.emitFile({ type: 'chunk', id: path, fileName });
    return `./${fileName}`;
  }
  if ((copied.get(name) ?? path) !== path) throw new Error(`${path} and ${copied.get(name)} have one name`);
  copied.set(name, path);
  return `./${name}`;
}
const files = {
  name: 'files',
  transform: {
    filter: { code: FILE },
    handler(code, id) {
      return code.replace(
        FILE,
        (_, relative) => `new URL('${placed(this, resolve(dirname(id), relative))}', import.meta.url)`,
      );
    },
  },
};

/** Swagger UI finds its files by `__dirname`: they are copied under its name, and its modules learn where that is. */
const SWAGGER = join(ROOT, 'node_modules/@fastify/swagger-ui');
const FOLDER = '\0folder';
const swagger = {
  name: 'swagger',
  resolveId: (id) => (id === FOLDER ? id : undefined),
  load: (id) => (id === FOLDER ? 'export const folder = import.meta.dirname;' : undefined),
  transform: {
    filter: { id: /@fastify[\\/]swagger-ui/, code: '__dirname' },
    handler(code, id) {
      copied.set('swagger-ui/static', join(SWAGGER, 'static'));
      const folder = join('/swagger-ui', dirname(id).slice(SWAGGER.length));
      return code.replaceAll('__dirname', `(require(${JSON.stringify(FOLDER)}).folder + ${JSON.stringify(folder)})`);
    },
  },
};

/** Text of the licences of all packages that are inside, as they ask for. */
function licences(names) {
  return [...new Set(names)]
    .sort()
    .map((name) => {
      const folder = join(ROOT, 'node_modules', name);
      const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
      const text = texts.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
      return `${name} ${version} (${license ?? 'see below'})\n\n${text}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
/** Not modules of the bundle, yet inside: the standard library of the kernel's compiler, what the page is made of. */
const ALSO = ['assemblyscript', 'preact', '@urql/core', '@0no-co/graphql.web', 'wonka', 'graphql-ws', 'swagger-ui'];

/** `serve` is the service: a checkout starts it from its sources. */
const service = {
  name: 'service',
  resolveId: (id) => (IS_COMMAND && id === './run.ts' ? { id: '../../src/run.ts', external: true } : undefined),
};

/**
 * Modules that a short run loads one after another, with all that they import, are in a few files of the command: to
 * load 34 of them took a twentieth of such a run. The first group that wants a module has it.
 */
const GROUPS = [
  ['start', /src\/(cli\/(arguments|help)|infra\/engine\/(profile-source|source))\.ts$/],
  ['thread', /src\/(infra\/engine\/spill-file|processing\/host\/kernel-(thread|module))\.ts$/],
  ['engine', /src\/processing\/(profile-options|host\/kernel-job|formats\/(decode-text|column-names))\.ts$/],
  ['csv', /src\/processing\/formats\/csv\/(reader|profile)\.ts$/],
  ['json', /src\/processing\/formats\/json\/(reader|profile)\.ts$/],
  ['report', /src\/report\/(build-report|report-text)\.ts$/],
];
const codeSplitting = {
  groups: GROUPS.map(([name, test], i) => ({ name, test, priority: GROUPS.length - i })),
};

const bundle = await rolldown({
  cwd: ROOT,
  platform: 'node',
  input: Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}.ts`])),
  external: ['pg-native'], // optional: pg asks for it only where it is chosen
  plugins: [service, files, swagger],
});
rmSync(TARGET, { recursive: true, force: true });
const { output } = await bundle.write({
  dir: TARGET,
  format: 'esm',
  entryFileNames: '[name].js',
  ...(IS_COMMAND && { codeSplitting }),
});
for (const [name, source] of copied) cpSync(source, join(TARGET, name), { recursive: true });
if (IS_COMMAND) {
  const sources = [...new Set(output.flatMap(({ moduleIds = [] }) => moduleIds))].filter((id) =>
    id.startsWith(join(ROOT, 'src')),
  );
  // what is bundled of packages changes with the lock file
  sources.push(join(ROOT, 'yarn.lock'), import.meta.filename);
  const facts = sources.map((id) => [relative(ROOT, id), statSync(id).size, statSync(id).mtimeMs]);
  writeFileSync(join(TARGET, 'sources.json'), JSON.stringify(facts));
} else writeLicences(output);

function writeLicences(output) {
  const inside = output
    .flatMap(({ moduleIds = [] }) => moduleIds)
    .flatMap((id) => /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id)?.[1] ?? [])
    .concat(ALSO)
    .filter((name) => existsSync(join(ROOT, 'node_modules', name)));
  writeFileSync(join(TARGET, 'THIRD-PARTY-LICENSES'), licences(inside));
}
