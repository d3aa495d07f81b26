import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  ACTIVE_STATES,
  AttemptOutcome,
  DATASET_STATUSES,
  JOB_STATES,
  MILESTONES,
  TERMINAL_STATES,
  WAITING_STATES,
} from '../../../src/core/states.ts';

const migrations = globSync('prisma/migrations/*/migration.sql')
  .sort()
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

/** The literals of each list behind the pattern, of the migrations. */
const listsBehind = (pattern: string) =>
  [...migrations.matchAll(new RegExp(`${pattern} IN \\(([^)]*)\\)`, 'g'))].map(([, list]) =>
    [...list!.matchAll(/'([^']*)'/g)].map(([, state]) => state),
  );

test("the database's checks allow exactly these states", () => {
  expect(listsBehind('jobs_state_check" CHECK \\("state"')).toEqual([JOB_STATES]);
  expect(listsBehind('datasets_status_check" CHECK \\("status"')).toEqual([DATASET_STATUSES]);
  expect(listsBehind('attempts_outcome_check" CHECK \\("outcome"')).toEqual([Object.values(AttemptOutcome)]);
});

test("the conditions of the partial indexes are the statements' lists", () => {
  expect(listsBehind('jobs_one_active_per_dataset"[^;]*"state"')).toEqual([ACTIVE_STATES]);
  expect(listsBehind('jobs_waiting_idx"[^;]*"state"')).toEqual([WAITING_STATES]);
});

test('a job is active or has ended', () => {
  expect([...ACTIVE_STATES, ...TERMINAL_STATES].toSorted()).toEqual(JOB_STATES.toSorted());
});

test("GraphQL's and the page's states are these", () => {
  const schema = readFileSync('src/api/graphql/schema.graphql', 'utf8');
  const valuesOf = (name: string) => {
    const body = new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(schema)![1]!;
    return body
      .replaceAll(/""".*?"""/gs, '')
      .trim()
      .split(/\s+/)
      .map((value) => value.toLowerCase())
      .toSorted();
  };
  expect(valuesOf('JobState')).toEqual(JOB_STATES.toSorted());
  expect(valuesOf('DatasetStatus')).toEqual(DATASET_STATUSES.toSorted());
  expect(valuesOf('AttemptOutcome')).toEqual(Object.values(AttemptOutcome).toSorted());
  // the page compares states as GraphQL names them, which its compiler checks, and imports the milestones
  const page = readFileSync('src/web/job-status.ts', 'utf8');
  const { started: _, ...stages } = MILESTONES;
  for (const name of Object.keys(stages)) expect(page).toContain(`[MILESTONES.${name}, '`);
});

test('no other file spells a state', () => {
  // of these words only: the others of the lists mean other things, too
  const words = /'(queued|started|retrying|uploaded|processing|handed_back)'/;
  for (const file of globSync('src/{core,services,infra,api}/**/*.ts', {
    exclude: (name) => name.includes('generated'),
  })) {
    if (file !== 'src/core/states.ts') expect(readFileSync(file, 'utf8'), file).not.toMatch(words);
  }
});
