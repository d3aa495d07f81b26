// npm run test:openapi: Schemathesis walks the whole API by what /openapi.json says, in all its phases and with all its
// checks, and finds nothing. Then every operation must have given each of its good answers at least once: a walk that
// sees only refusals finds nothing either. Needs Python 3.10 or later with venv; what it installs stays in
// .tools/schemathesis.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openapiDocument } from '../../src/api/rest/document.ts';
import { restApi } from '../support/rest-api.ts';
import { startServer } from '../support/server.ts';

const HERE = import.meta.dirname;
const VENV = join(HERE, '../../.tools/schemathesis');
const PYTHON = join(VENV, 'bin/python');
const MOST_MINUTES = 3;
/**
 * Whether a job is still active when its cancel arrives is chance: these files take milliseconds. The contract suite
 * cancels one.
 */
const CHANCE = ['POST /jobs/{id}/cancel 202'];
const SEEDED = 40;

function must(what: string, command: string, args: string[], more: object = {}): void {
  const { status, signal, error } = spawnSync(command, args, { stdio: 'inherit', ...more });
  if (status === 0) return;
  console.error(`test:openapi: ${what} failed (${error?.message ?? signal ?? `exit code ${status}`}).`);
  process.exit(1);
}

/** Schemathesis and all it stands on, in the versions of requirements.txt. */
function install(): void {
  const wanted = readFileSync(join(HERE, 'requirements.txt'), 'utf8');
  const stamp = join(VENV, '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('installing Schemathesis into .tools/schemathesis');
  rmSync(VENV, { recursive: true, force: true });
  must('python3 -m venv (is Python 3.10 or later there, with its venv module?)', 'python3', ['-m', 'venv', VENV]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
  must('pip install', PYTHON, [...pip, '-r', join(HERE, 'requirements.txt')]);
  writeFileSync(stamp, wanted);
}

/** Datasets that are processed, newest and oldest of the lists: Schemathesis takes ids from there, and deletes some. */
async function seed(url: string): Promise<void> {
  const api = restApi(url);
  for (let n = 0; n < SEEDED; n++) {
    const content = `id,city,amount\n1,Oslo,1.5\n2,Rome,2.5\n3,"Lima, Peru",${900 + n}\n`;
    const { id } = await api.upload({ name: `cities ${n}`, content, filename: 'cities.csv', type: 'text/csv' });
    for await (const _ of api.watch((await api.process(id)).id));
  }
}

/** Good answers of the document that the server never gave, by its own count of its answers. */
async function unseen(url: string): Promise<string[]> {
  const counted = await (await fetch(`${url}/metrics`)).text();
  const missing: string[] = [];
  for (const [path, operations] of Object.entries(openapiDocument.paths)) {
    const route = path.replace(/\{(\w+)\}/g, ':$1');
    for (const [method, { responses }] of Object.entries(operations)) {
      for (const status of Object.keys(responses).filter((code) => code.startsWith('2'))) {
        const labels = `{method="${method.toUpperCase()}",route="${route}",status="${status}"}`;
        if (!counted.includes(`http_request_duration_seconds_count${labels}`))
          missing.push(`${method.toUpperCase()} ${path} ${status}`);
      }
    }
  }
  return missing.filter((answer) => !CHANCE.includes(answer));
}

install();
const server = await startServer({ MAX_UPLOAD_BYTES: '1000000' });
let failure: string | undefined;
try {
  await seed(server.url);
  const env = { ...process.env, SCHEMATHESIS_HOOKS: join(HERE, 'hooks.py') };
  const args = [
    '--config-file',
    join(HERE, 'schemathesis.toml'),
    'run',
    `${server.url}/openapi.json`,
    ...process.argv.slice(2),
  ];
  const timeout = MOST_MINUTES * 60_000;
  const child = spawn(join(VENV, 'bin/schemathesis'), args, { stdio: 'inherit', cwd: server.dataDir, timeout, env });
  const [code, signal] = await once(child, 'exit');
  if (code !== 0) failure = `Schemathesis ended with ${signal ?? code}`;
  const missing = await unseen(server.url);
  if (missing.length > 0) failure ??= `these answers were never seen: ${missing.join(', ')}`;
} finally {
  await server.stop();
}
if (failure) console.error(`test:openapi: ${failure}.`);
process.exitCode = failure ? 1 : 0;
