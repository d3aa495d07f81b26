// Fuzzing of the engine: golden inputs are changed at random and profiled in one child process.
//   run.ts --runs 1500 --seed 1 [--from 0] [--seconds 20] [--memory 256]
// Each input is made by the seed and its number alone: `--seed S --from I --runs 1` makes one again. The first crash or
// hang ends the run, other faults are collected. Inputs that failed are written to tests/fuzz/failures.
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { faultOf, type Result, resultOf } from './check.ts';
import { makeInput } from './mutate.ts';

const FOLDER = 'tests/fuzz/failures';
const MOST_FAULTS = 20;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1500' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    /** Of one input; generous, for a busy machine. */
    seconds: { type: 'string', default: '20' },
    /** MiB of the child at its peak. */
    memory: { type: 'string', default: '256' },
    child: { type: 'boolean', default: false },
  },
});
const [runs, seed, from, seconds, memory] = [values.runs, values.seed, values.from, values.seconds, values.memory].map(
  (text) => {
    if (!/^\d+$/.test(text)) throw new Error(`"${text}" is no number`);
    return Number(text);
  },
) as [number, number, number, number, number];

type Message = { begins: number } | { number: number; result: Result } | { peak: number };

async function child(): Promise<void> {
  const send = (message: Message) => new Promise<void>((resolve) => process.send!(message, () => resolve()));
  for (let number = from; number < from + runs; number++) {
    await send({ begins: number });
    const input = makeInput(seed, number);
    await send({ number, result: await resultOf(input, seed + number) });
  }
  await send({ peak: process.resourceUsage().maxRSS / 1_024 });
  process.disconnect();
}

/** Writes the input down and says what is wrong with it. */
function report(number: number, fault: string): void {
  const { bytes, format } = makeInput(seed, number);
  mkdirSync(FOLDER, { recursive: true });
  const file = `${FOLDER}/seed-${seed}-input-${number}.${format}`;
  writeFileSync(file, bytes);
  console.log(`${file} (--seed ${seed} --from ${number} --runs 1): ${fault}`);
}

function parent(): Promise<boolean> {
  return new Promise((resolve) => {
    const started = fork(import.meta.filename, [...process.argv.slice(2), '--child'], {
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      // collecting garbage in time: the peak is then what is needed, not what V8 happened to leave; the young
      // generation is that of the worker
      execArgv: ['--expose-gc', '--max-old-space-size=128', '--max-semi-space-size=4'],
    });
    let [current, faults, peak, hangs] = [from, 0, Number.NaN, false];
    let errors = '';
    started.stderr!.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    const watch = () =>
      setTimeout(() => {
        hangs = true;
        started.kill('SIGKILL');
      }, seconds * 1_000);
    let timer = watch();
    started.on('message', (message: Message) => {
      if ('begins' in message) {
        current = message.begins;
        clearTimeout(timer);
        timer = watch();
      } else if ('peak' in message) peak = message.peak;
      else {
        // checked here, so that the memory of the child is the engine's
        const fault = faultOf(makeInput(seed, message.number), message.result);
        if (!fault) return;
        report(message.number, fault);
        if (++faults >= MOST_FAULTS) started.kill('SIGKILL');
      }
    });
    started.on('close', (code, signal) => {
      clearTimeout(timer);
      const ended = code === 0 && !Number.isNaN(peak);
      if (hangs) report(current, `not done after ${seconds} s`);
      else if (!ended && faults < MOST_FAULTS)
        report(current, `crash (${signal ?? `code ${code}`})\n${errors.slice(-4_000)}`);
      const fits = peak < memory;
      if (ended)
        console.log(
          `${runs} inputs of seed ${seed}: ${faults} faults, peak memory ` +
            `${Math.round(peak)} MiB${fits ? '' : `, over ${memory}`}.`,
        );
      resolve(ended && fits && faults === 0);
    });
  });
}

if (values.child) await child();
else process.exitCode = (await parent()) ? 0 : 1;
