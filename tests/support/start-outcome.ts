import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeData } from './embedded-data.ts';

/** How a start ended that must not come to `Ready`. */
export interface StartOutcome {
  code: number | null;
  /** Standard output: empty, when nothing was ready. */
  output: string;
  /** Standard error without the lines of the log: what a person reads last. */
  sentence: string;
  /** The messages of the log. */
  log: string[];
}

/**
 * Starts a process of the product and waits for its end; one that becomes ready is ended.
 * @param settings over those of this process; undefined takes one out
 */
export async function outcomeOf(script: string, settings: Record<string, string | undefined>): Promise<StartOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-start-'));
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.includes('Ready')) child.kill('SIGKILL');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  removeData(folder);
  const lines = errors.split('\n');
  return {
    code,
    output,
    sentence: lines
      .filter((line) => !line.startsWith('{'))
      .join('\n')
      .trim(),
    log: lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line).msg as string),
  };
}
