import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { within } from '../core/time-limit.ts';
import { readTotals } from '../services/totals.ts';
import type { Services } from './services.ts';

/** Upper bounds of the buckets, in seconds; a subscription lasts as long as its job. */
const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];
/** What the services have reported is reused for this time. */
const KEPT_MILLISECONDS = 1_000;
/** The samples of a service that takes longer are left out: Prometheus' own time limit is ten seconds. */
const PATIENCE_MILLISECONDS = 2_000;
/** How often the delay of the event loop is measured: each measurement wakes the process. */
const LOOP_MILLISECONDS = 200;

/**
 * `/metrics` in the text format of Prometheus: the requests of this process, the resources that it uses, and the
 * datasets, jobs and messages that the database and the broker report. When one of them does not answer, its samples
 * are missing and the rest is there.
 */
export function registerMetrics(app: FastifyInstance, services: Services): void {
  const { queue, log } = services;
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_MILLISECONDS });

  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds from a request to the end of its response.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATIONS,
    registers,
  });
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    // by route, not by URL: the number of URLs has no bound
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

  const readDatabase = readerOf(log, async () => {
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
  const readBroker = readerOf(log, async () => {
    const waiting = await queue.waiting();
    return () => messages.set(waiting);
  });
  async function collect(): Promise<void> {
    const read = await Promise.all([readDatabase(), readBroker()]);
    for (const each of [datasets, bytes, jobs]) each.reset();
    for (const each of [oldest, messages]) each.remove(); // reset() would set a gauge without labels to 0
    for (const setSamples of read) setSamples?.();
    setTimeout(() => {
      collected = undefined;
    }, KEPT_MILLISECONDS).unref();
  }
  let collected: Promise<void> | undefined;

  app.get('/metrics', async (_request, reply) => {
    collected ??= collect();
    await collected;
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

/**
 * A function that reads from a service, for a bounded time, and not again before the service has answered.
 * @returns what sets the samples; undefined when it did not answer
 */
function readerOf(log: Services['log'], read: () => Promise<() => void>): () => Promise<(() => void) | undefined> {
  let pending: Promise<(() => void) | undefined> | undefined;
  return () => {
    pending ??= read()
      .catch((error) => {
        log.warn({ err: error }, 'a service does not answer for the metrics');
        return undefined;
      })
      .finally(() => {
        pending = undefined;
      });
    return within(PATIENCE_MILLISECONDS, pending, () => undefined);
  };
}
