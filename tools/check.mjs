// npm test and npm run test:services: every check in turn, the first that fails ends the run.
import { spawnSync } from 'node:child_process';

const mode = process.argv[2];
const run = (what, ...args) => {
  console.log(`\n== ${what}`);
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, STACK: mode === 'services' ? 'services' : 'embedded' },
  });
  if (status !== 0) {
    console.error(`\n${what}: failed`);
    process.exit(status ?? 1);
  }
};
const vitest = (...paths) => run('tests', 'node_modules/vitest/vitest.mjs', 'run', ...paths);
const generated = () => run('generated files', 'tools/generate.mjs', '--check');

if (mode === 'services') {
  const missing = ['POSTGRES_HOST', 'RABBITMQ_HOST', 'S3_HOST'].filter((name) => !process.env[name]);
  if (missing.length > 0) {
    console.error(`npm run test:services needs real services: set ${missing.join(', ')} (and their ports).`);
    process.exit(1);
  }
  generated();
  vitest('tests/contract', 'tests/e2e', 'tests/faults', 'tests/stores');
  run('campaign of faults', 'tests/chaos/run.ts', '--kills', '60', '--minutes', '2', '--seed', '1');
} else if (mode === 'unit') {
  generated();
  run('type check', 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json');
  run(
    'type check of the browser application',
    'node_modules/typescript/bin/tsc',
    '--noEmit',
    '-p',
    'src/web/tsconfig.json',
  );
  run(
    'type check of the kernel',
    'node_modules/typescript/bin/tsc',
    '--noEmit',
    '-p',
    'src/processing/kernel/tsconfig.json',
  );
  run('lint and format', 'node_modules/@biomejs/biome/bin/biome', 'check', '.');
  run('dead code', 'node_modules/knip/bin/knip.js');
  vitest();
} else {
  console.error('usage: check.mjs unit | services');
  process.exit(2);
}
