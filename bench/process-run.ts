import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Run {
  /** From the start of the process to its end. */
  wallSeconds: number;
  /** User and system, all threads and all Node processes below. */
  cpuSeconds: number;
  /** Of the process; where it started others, of all together. */
  peakMebibytes: number;
  output: string;
}

const MEASURE = fileURLToPath(new URL('measure.cjs', import.meta.url));

/** An option with a value as NODE_OPTIONS takes it, whatever is in the value. */
export const nodeOption = (option: string, value: string) =>
  `${option}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/**
 * Runs a Node program as a fresh process and measures it.
 * @param args of node: the script and its arguments
 * @param nodeOptions more of NODE_OPTIONS
 * @throws Error with a sentence when it fails or takes longer than `limitSeconds`
 */
export async function runProcess(args: string[], limitSeconds: number, nodeOptions = ''): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-bench-'));
  const usageFile = join(folder, 'usage');
  const outputFile = join(folder, 'output');
  const output = openSync(outputFile, 'w');
  try {
    const options = `${nodeOption('--require', MEASURE)} ${nodeOptions}`;
    const env = { ...process.env, BENCH_USAGE: usageFile, NODE_OPTIONS: options };
    const began = performance.now();
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', output, 'pipe'] });
    const ended = Promise.withResolvers<string | undefined>();
    let complaint = '';
    child.stderr!.on('data', (piece) => {
      complaint = (complaint + piece).slice(-2_000);
    });
    const timer = setTimeout(() => {
      ended.resolve(`did not end in ${limitSeconds} s`);
      child.kill('SIGKILL');
    }, limitSeconds * 1_000);
    let wallSeconds = 0;
    child.on('error', (error) => ended.resolve(error.message));
    child.on('exit', () => {
      wallSeconds = (performance.now() - began) / 1_000;
    });
    child.on('close', (code, signal) =>
      ended.resolve(code === 0 ? undefined : `ended with ${signal ?? code}: ${errorLine(complaint)}`),
    );
    const fault = await ended.promise;
    clearTimeout(timer);
    if (fault) throw new Error(fault);
    const usages = existsSync(usageFile) ? readFileSync(usageFile, 'utf8').trim().split('\n') : [];
    if (usages.length === 0) throw new Error('did not say what it used');
    let cpuSeconds = 0;
    let peakMebibytes = 0;
    for (const usage of usages.map((line) => JSON.parse(line) as { cpuSeconds: number; peakMebibytes: number })) {
      cpuSeconds += usage.cpuSeconds;
      peakMebibytes += usage.peakMebibytes;
    }
    return { wallSeconds, cpuSeconds, peakMebibytes, output: readFileSync(outputFile, 'utf8') };
  } finally {
    closeSync(output);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The line that names the error, of what a process wrote to its standard error. */
export function errorLine(text: string): string {
  const lines = text.trim().split('\n');
  return (lines.find((line) => /^\s*(\w*Error\b|[\w-]+: )/.test(line)) ?? lines.at(-1)!).trim();
}
