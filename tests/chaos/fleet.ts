import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from './ledger.ts';

export type Kind = 'api' | 'worker';
export type Signal = 'SIGKILL' | 'SIGTERM';

const SIZES: Record<Kind, number> = { api: 2, worker: 3 };
/** A start that waits for a service gives up after some 30 s by itself. */
const START_MILLISECONDS = 120_000;
/** The grace, a database that comes back, and a busy machine. */
const END_MILLISECONDS = 60_000;
const PAUSE_AFTER_FAILED_START = 500;

interface Member {
  name: string;
  kind: Kind;
  child: ChildProcess;
  /** Of an API: where it is reached. Set once it is ready. */
  url: string | undefined;
  isReady: boolean;
  /** What it was sent. */
  sent: Signal | undefined;
  exited: Promise<void>;
}

/** Two APIs and three workers; one that ends, for whatever reason, is started again. */
export class Fleet {
  readonly #env: Record<string, string | undefined>;
  readonly #folder: string;
  readonly #ledger: Ledger;
  readonly #places = new Map<string, Member>(); // five
  #isStopping = false;

  /** @param folder for a log a place: `api-1.log` … */
  constructor(env: Record<string, string | undefined>, folder: string, ledger: Ledger) {
    this.#env = env;
    this.#folder = folder;
    this.#ledger = ledger;
    // whatever ends the campaign, no process of it is left behind
    process.on('exit', () => {
      for (const { child } of this.#places.values()) child.kill('SIGKILL');
    });
  }

  async start(): Promise<void> {
    for (const kind of ['api', 'worker'] as const)
      for (let n = 1; n <= SIZES[kind]; n++) this.#launch(kind, `${kind}-${n}`);
    for (const kind of ['api', 'worker'] as const)
      while (this.ready(kind).length < SIZES[kind]) {
        if (this.#ledger.violationCount > 0) throw new Error('the processes cannot be started');
        await sleep(50);
      }
  }

  /** The members of a kind that are at work and were sent no signal. */
  ready(kind: Kind): Member[] {
    return [...this.#places.values()].filter((member) => member.kind === kind && member.isReady && !member.sent);
  }

  /** The end of a SIGTERM is awaited in the background and checked: exit code 0, in time. */
  kill(member: Member, signal: Signal): void {
    member.sent = signal;
    member.child.kill(signal);
    if (signal === 'SIGTERM') void this.#mustEnd(member);
  }

  /** All of them, by SIGTERM. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const members = [...this.#places.values()];
    for (const member of members) if (!member.sent) this.kill(member, 'SIGTERM');
    await Promise.all(members.map(({ exited }) => exited));
  }

  async #mustEnd(member: Member): Promise<void> {
    const watch = new AbortController();
    const late = sleep(END_MILLISECONDS, 'late', { signal: watch.signal }).catch(() => undefined);
    if ((await Promise.race([member.exited, late])) === 'late') {
      this.#ledger.violate(`${member.name} had not ended ${END_MILLISECONDS / 1_000} s after SIGTERM`);
      member.child.kill('SIGKILL');
    }
    watch.abort();
  }

  #launch(kind: Kind, name: string): void {
    const log = openSync(join(this.#folder, `${name}.log`), 'a');
    const child = spawn(process.execPath, [`src/${kind}.ts`], { env: this.#env, stdio: ['ignore', 'pipe', log] });
    closeSync(log);
    const { promise: exited, resolve } = Promise.withResolvers<void>();
    const member: Member = { name, kind, child, url: undefined, isReady: false, sent: undefined, exited };
    this.#places.set(name, member);
    const began = Date.now();
    const slow = setTimeout(() => {
      this.#ledger.violate(`${name} was not ready ${START_MILLISECONDS / 1_000} s after its start`);
      member.sent = 'SIGKILL';
      child.kill('SIGKILL');
    }, START_MILLISECONDS);
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      if (member.isReady || !text.includes('Ready: ')) return;
      clearTimeout(slow);
      member.isReady = true;
      member.url = /https?:\S+/.exec(text)?.[0];
      this.#ledger.count('starts');
      this.#ledger.count('start milliseconds', Date.now() - began);
    });
    child.once('error', (error) => this.#ledger.violate(`${name} could not be started: ${error.message}`));
    child.once('exit', async (code, signal) => {
      clearTimeout(slow);
      resolve();
      this.#checkExit(member, code, signal);
      if (this.#isStopping) return;
      if (!member.isReady) await sleep(PAUSE_AFTER_FAILED_START);
      if (!this.#isStopping) this.#launch(kind, name);
    });
  }

  #checkExit({ name, isReady, sent }: Member, code: number | null, signal: string | null): void {
    const how = signal ? `by ${signal}` : `with exit code ${code}`;
    if (!isReady) {
      if (!sent) this.#ledger.count('starts that failed');
    } else if (!sent) this.#ledger.violate(`${name} ended ${how}, and the campaign had sent it no signal`);
    else if (sent === 'SIGTERM' && signal !== 'SIGKILL' && code !== 0)
      this.#ledger.violate(`${name} ended ${how} after SIGTERM, not with 0`);
  }
}
