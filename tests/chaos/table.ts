import { machineLine } from '../../bench/machine.ts';
import { FAULT_NAMES } from './faults.ts';
import type { Ledger } from './ledger.ts';

interface Facts {
  seed: number;
  /** How many were asked for. */
  kills: number;
  /** From the first process to the last. */
  seconds: number;
  withServices: boolean;
}

const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;

/** What was done and found, a line each. */
export function campaignTable(ledger: Ledger, facts: Facts): string {
  const n = (what: string) => String(ledger.counted(what));
  const jobs = [...ledger.jobs.values()];
  const times = jobs.flatMap(({ end, acceptedAt }) => (end ? [end.at - acceptedAt] : [])).sort((a, b) => a - b);
  const at = (share: number) => seconds(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  const attempts = [1, 2, 3, 4, 5, 6].map((k) => `${k}${k === 6 ? ' or more' : ''}: ${n(`after ${k} attempts`)}`);
  const lines: [string, string][] = [
    ['machine', machineLine()],
    ['seed', String(facts.seed)],
    ['seconds', facts.seconds.toFixed(0)],
    ['services', facts.withServices ? 'killed and stopped too' : 'LEFT ALONE: CHAOS_SERVICES is not set'],
    ['kills', `${n('kills')} of ${facts.kills}`],
    ...FAULT_NAMES.map((name): [string, string] => [`  ${name}`, n(name)]),
    ['starts of processes', `${n('starts')}, ${n('starts that failed')} more failed while a service was away`],
    ['time of a start, mean', seconds(ledger.counted('start milliseconds') / Math.max(1, ledger.counted('starts')))],
    ['datasets uploaded', String(ledger.datasets.size)],
    ['jobs accepted', String(jobs.length)],
    ['  success', n('success')],
    ['  failure, broken file', n('broken file')],
    ['  failure, given up', n('given up')],
    [
      '  failure, cancelled',
      `${n('cancelled')} (${n('cancels sent')} asked, ${n('cancels that came too late')} too late)`,
    ],
    ['forced again, sent twice', `${n('forced')}, ${n('sent twice')}`],
    ['with options', `${n('with options')}, ${n('options that came too late')} came too late`],
    ['datasets deleted', String([...ledger.deletes.values()].filter((how) => how === 'confirmed').length)],
    ['doubled', n('doubled')],
    ['lost', n('lost')],
    ['progress that went back', n('progress went back')],
    ['jobs by attempts', attempts.join(', ')],
    ['reports compared', n('reports compared')],
    ['orphans swept', n('orphans swept')],
    [
      'requests cut, 503, silent',
      `${n('requests cut')}, ${n('answers 503')}, ${n('requests without an answer in 30 s')}`,
    ],
    ['subscribers came back', n('subscribers came back')],
    ['terminal state reported after', `at most ${seconds(ledger.notifiedLast.after)}`],
    ['  of that subscriber', ledger.notifiedLast.history],
    ['time to a terminal state', `p50 ${at(0.5)}, p99 ${at(0.99)}, longest ${seconds(times.at(-1) ?? 0)}`],
    ...ledger.slowest.map((history): [string, string] => ['  of the slowest', history]),
    ['violations', String(ledger.violationCount)],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}
