import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../../bench/generators/random.ts';
import type { Fleet, Kind, Signal } from './fleet.ts';
import type { Ledger } from './ledger.ts';

const SERVICES = ['postgres', 'rabbitmq', 'minio'] as const;
/** Of so many faults one is a service's. */
const SERVICE_EVERY = 25;
const START_TRIES = 3;
const SERVICE_MILLISECONDS = 180_000;
/** For one process of a kind to become ready. */
const READY_MILLISECONDS = 300_000;
/** How long a service is away at most, its own start not counted. */
const AWAY_MILLISECONDS = 3_000;

interface ProcessFault {
  what: Kind;
  signal: Signal;
}
interface ServiceFault {
  what: (typeof SERVICES)[number];
  /** `kill`: as in a crash; `stop`: cleanly. It is started again in both cases. */
  verb: 'kill' | 'stop';
}
type Fault = ProcessFault | ServiceFault;

const isOfService = (fault: Fault): fault is ServiceFault => 'verb' in fault;
/** As the table shows it. */
const nameOf = (fault: Fault) =>
  isOfService(fault)
    ? `${fault.what} ${fault.verb === 'kill' ? 'SIGKILL' : 'stopped'}, started`
    : `${fault.what} ${fault.signal}`;
/** Every kind that a campaign can have, as `counted` knows them. */
export const FAULT_NAMES = [
  ...(['worker', 'api'] as const).flatMap((what) =>
    (['SIGKILL', 'SIGTERM'] as const).map((signal) => nameOf({ what, signal })),
  ),
  ...SERVICES.flatMap((what) => (['kill', 'stop'] as const).map((verb) => nameOf({ what, verb }))),
];

/** So many faults in an order that the seed decides; each service has its turn, also in a short campaign. */
function planFaults(kills: number, seed: number, withServices: boolean): Fault[] {
  const random = new Random(seed);
  const ofServices = withServices ? Math.min(kills, Math.max(SERVICES.length, Math.round(kills / SERVICE_EVERY))) : 0;
  const plan: Fault[] = Array.from({ length: kills }, (_, n) =>
    n < ofServices
      ? { what: SERVICES[n % SERVICES.length]!, verb: random.chance(0.6) ? 'kill' : 'stop' }
      : { what: random.chance(0.6) ? 'worker' : 'api', signal: random.chance(0.65) ? 'SIGKILL' : 'SIGTERM' },
  );
  for (let n = plan.length - 1; n > 0; n--) {
    const other = random.below(n + 1);
    [plan[n], plan[other]] = [plan[other]!, plan[n]!];
  }
  return plan;
}

/** A busy machine takes its time: the command may say that a service is not there yet. */
async function startService(command: string, name: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await changeService(command, 'start', name);
      return;
    } catch (error) {
      if (tries >= START_TRIES) throw error;
      console.log((error as Error).message);
    }
  }
}

/** One change of a service, by the command that the environment names. @throws Error when it does not succeed */
async function changeService(command: string, verb: 'start' | 'stop' | 'kill', name: string): Promise<void> {
  const child = spawn(`${command} ${verb} ${name}`, { shell: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-2_000);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), SERVICE_MILLISECONDS);
  const code = await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
  clearTimeout(timer);
  child.stderr.destroy(); // what it started may hold the other end
  if (code !== 0) throw new Error(`${command} ${verb} ${name} ended with ${code}: ${words}`);
}

/**
 * Carries the faults out one after the other, paced so that the system keeps working in between. While a service is
 * away a process may die as well.
 * @param command starts, stops and kills services; undefined: only processes are killed
 * @param until milliseconds since 1970 at which it ends in any case
 */
export async function causeFaults(
  { fleet, ledger }: { fleet: Fleet; ledger: Ledger },
  { kills, seed, command, until }: { kills: number; seed: number; command: string | undefined; until: number },
): Promise<void> {
  const plan = planFaults(kills, seed, command !== undefined);
  const random = new Random(seed + 1);
  const note = (fault: Fault) => {
    ledger.count(nameOf(fault));
    ledger.count('kills');
  };
  const killProcess = async (fault: ProcessFault) => {
    const began = Date.now();
    let ready = fleet.ready(fault.what);
    for (; ready.length === 0; ready = fleet.ready(fault.what)) {
      if (Date.now() - began > READY_MILLISECONDS) throw new Error(`no ${fault.what} becomes ready any more`);
      await sleep(20);
    }
    fleet.kill(random.pick(ready), fault.signal);
    note(fault);
  };
  const reported = Date.now();
  for (let n = 0; n < plan.length && Date.now() < until; n++) {
    const fault = plan[n]!;
    if (isOfService(fault)) {
      await changeService(command!, fault.verb, fault.what);
      note(fault);
      await sleep(random.below(AWAY_MILLISECONDS / 2));
      const next = plan[n + 1];
      if (next && !isOfService(next) && fleet.ready(next.what).length > 0) {
        await killProcess(next);
        n++;
      }
      await sleep(random.below(AWAY_MILLISECONDS / 2));
      await startService(command!, fault.what);
    } else await killProcess(fault);
    if (Math.floor((n + 1) / 100) > Math.floor(n / 100))
      console.log(`${n + 1} of ${kills} after ${Math.round((Date.now() - reported) / 1_000)} s`);
    await sleep(500 + random.below(1_000));
  }
}
