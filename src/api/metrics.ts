import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { readTotals } from '../services/totals.ts';
import type { Services } from './context.ts';

/** Seconds; a subscription lasts as long as its job. */
const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];
/** What services are asked for is asked once for all who want it within this time. */
const KEPT_MILLISECONDS = 1_000;
/** A service that takes longer is left out: Prometheus gives up after ten seconds. */
const PATIENCE_MILLISECONDS = 2_000;
/** How often the delay of the event loop is looked at: each look wakes the process. */
const LOOP_MILLISECONDS = 200;

/**
 * `/metrics` in the text format of Prometheus: the requests of this process and what it uses, and what database and broker say of
 * datasets, jobs and messages. Of a service that does not answer there are no samples; the rest is told all the same.
 */
export function registerMetrics(app: FastifyInstance, services: Services): void {
  const { queue, log } = services;
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_MILLISECONDS });

  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATIONS,
    registers,
  });
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    // the route, never the URL: of those there is no end
    const route = routeOptions.url ?? 'none';
    requests.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });

  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `dataset_reports_${name}`, help, labelNames, registers });
  const datasets = gauge('datasets', 'Datasets by status.', 'status');
  const bytes = gauge('dataset_bytes', 'Bytes of datasets by status.', 'status');
  const jobs = gauge('jobs', 'Jobs by state.', 'state');
  const oldest = gauge('oldest_waiting_seconds', 'Since the oldest of the jobs that wait for a worker was queued.');
  const messages = gauge('messages_waiting', 'Messages that wait for a worker.');

  const askDatabase = asker(log, async () => {
    const totals = await readTotals(services);
    return () => {
      for (const { status, ...total } of totals.datasets) {
        datasets.set({ status }, total.count);
        bytes.set({ status }, total.bytes);
      }
      for (const { state, count } of totals.jobs) jobs.set({ state }, count);
      oldest.set(totals.oldestWaitingSeconds);
    };
  });
  const askBroker = asker(log, async () => {
    const waiting = await queue.waiting();
    return () => messages.set(waiting);
  });
  async function ask(): Promise<void> {
    const told = await Promise.all([askDatabase(), askBroker()]);
    for (const each of [datasets, bytes, jobs]) each.reset();
    for (const each of [oldest, messages]) each.remove(); // what has no labels would be reset to 0
    for (const tell of told) tell?.();
    setTimeout(() => {
      asked = undefined;
    }, KEPT_MILLISECONDS).unref();
  }
  let asked: Promise<void> | undefined;

  app.get('/metrics', async (_request, reply) => {
    asked ??= ask();
    await asked;
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

/** Asks a service for what it has to tell, for a bounded time, and not again before it has answered. @returns undefined when it did not */
function asker(log: Services['log'], ask: () => Promise<() => void>): () => Promise<(() => void) | undefined> {
  let pending: Promise<(() => void) | undefined> | undefined;
  return () => {
    pending ??= ask()
      .catch((error) => {
        log.warn({ err: error }, 'a service does not answer for the metrics');
        return undefined;
      })
      .finally(() => {
        pending = undefined;
      });
    return Promise.race([pending, sleep(PATIENCE_MILLISECONDS, undefined, { ref: false })]);
  };
}
