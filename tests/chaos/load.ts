import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../../bench/generators/random.ts';
import { type Answer, Client } from './client.ts';
import { makeContent } from './contents.ts';
import type { Fleet } from './fleet.ts';
import type { AcceptedJob, Ledger, StoredDataset } from './ledger.ts';

/** Each has one active job at most, so that no more than these are active. */
const CLIENTS = 10;
const TWICE_SHARE = 0.15;
const CANCEL_SHARE = 0.08;
const AGAIN_SHARE = 0.25;
const DELETE_SHARE = 0.12;
const OPTIONS_SHARE = 0.2;
/** They change no row and no number of the files, but each makes another report, under a key of its own. */
const OPTIONS = [{}, { more_null_tokens: ['none of them'] }, { null_tokens: ['none'] }, { types: { tag: 'text' } }];
const asStored = (options: object) => (Object.keys(options).length === 0 ? 'null' : JSON.stringify(options));

/** Uploads, processes, cancels and deletes all the time, until it is stopped. */
export class Load {
  readonly #ledger: Ledger;
  readonly #done: Promise<unknown>;
  #isStopping = false;

  /** @param tag of the run: makes its files unlike those of any other */
  constructor(fleet: Fleet, ledger: Ledger, seed: number, tag: string) {
    this.#ledger = ledger;
    const clients = Array.from({ length: CLIENTS }, (_, n) => {
      const random = new Random(seed * 1_000 + n);
      return this.#work(new Client(fleet, ledger, new Random(seed * 1_000 + 500 + n)), random, `${tag}-${n}`);
    });
    this.#done = Promise.all(clients);
  }

  /** Begins nothing new. @returns whether all that was begun was over within so many milliseconds */
  async stop(milliseconds: number): Promise<boolean> {
    this.#isStopping = true;
    const watch = new AbortController();
    const late = sleep(milliseconds, 'late', { signal: watch.signal }).catch(() => undefined);
    const first = await Promise.race([this.#done, late]);
    watch.abort();
    return first !== 'late';
  }

  async #work(client: Client, random: Random, tag: string): Promise<void> {
    for (let n = 1; !this.#isStopping; n++) {
      try {
        const dataset = await this.#upload(client, random, `${tag}-${n}`);
        await this.#process(client, random, dataset, false);
        while (random.chance(AGAIN_SHARE) && !this.#isStopping)
          await this.#process(client, random, dataset, dataset.content.rows !== undefined);
        if (random.chance(DELETE_SHARE)) await this.#delete(client, dataset);
      } catch (error) {
        this.#ledger.violate(`client ${tag}: ${(error as Error).message}`);
      }
      await sleep(50 + random.below(300));
    }
  }

  async #upload(client: Client, random: Random, tag: string): Promise<StoredDataset> {
    const content = makeContent(random, tag);
    const options = random.chance(OPTIONS_SHARE) ? random.pick(OPTIONS) : undefined;
    const answer = await client.send('POST', '/datasets', () => {
      const form = new FormData();
      form.set('name', tag);
      if (options) form.set('options', JSON.stringify(options));
      form.set('file', new File([new Uint8Array(content.bytes)], content.filename, { type: content.type }));
      return form;
    });
    expectStatus(answer, [200, 201], `the upload of ${tag}`);
    const asked = new Set([asStored(options ?? {})]);
    const dataset = { id: answer.body.id as string, content: { ...content, bytes: Buffer.alloc(0) }, asked };
    if (answer.body.size_bytes !== content.bytes.length)
      this.#ledger.violate(`dataset ${dataset.id}: ${answer.body.size_bytes} bytes of ${content.bytes.length}`);
    this.#ledger.datasets.set(dataset.id, dataset);
    return dataset;
  }

  /** Has the dataset processed, follows the job to its end, and cancels it perhaps. */
  async #process(client: Client, random: Random, dataset: StoredDataset, force: boolean): Promise<void> {
    const path = `/datasets/${dataset.id}/process${force ? '?force=true' : ''}`;
    const requests = random.chance(TWICE_SHARE) ? 2 : 1;
    if (requests > 1) this.#ledger.count('sent twice');
    if (force) this.#ledger.count('forced');
    const jobs = new Set<AcceptedJob>();
    const options = random.chance(OPTIONS_SHARE) ? random.pick(OPTIONS) : undefined;
    if (options) {
      this.#ledger.count('with options');
      dataset.asked.add(asStored(options));
    }
    const body = options && (() => JSON.stringify({ options }));
    const answers = await Promise.all(Array.from({ length: requests }, () => client.send('POST', path, body)));
    for (const answer of answers) {
      // an answer to POST was cut, and its job goes on by itself, with other options
      expectStatus(answer, options ? [202, 409] : [202], `POST ${path}`);
      if (answer.status === 409) {
        this.#ledger.count('options that came too late');
        continue;
      }
      const id = answer.body.job_id as string;
      const known = this.#ledger.jobs.get(id);
      const job: AcceptedJob = known ?? {
        id,
        datasetId: dataset.id,
        content: dataset.content,
        acceptedAt: Date.now(),
        cancel: 'no',
        end: undefined,
        trail: [],
      };
      this.#ledger.jobs.set(id, job);
      jobs.add(job);
    }
    const isCancelled = random.chance(CANCEL_SHARE);
    const wait = random.below(300);
    await Promise.all(
      [...jobs].map(async (job) => {
        const cancelling = isCancelled ? sleep(wait).then(() => this.#cancel(client, job)) : undefined;
        await client.follow(job);
        await cancelling;
      }),
    );
  }

  async #cancel(client: Client, job: AcceptedJob): Promise<void> {
    job.cancel = 'asked';
    this.#ledger.count('cancels sent');
    const answer = await client.send('POST', `/jobs/${job.id}/cancel`);
    expectStatus(answer, [202, 409], `the cancel of job ${job.id}`);
    if (answer.status === 202) job.cancel = 'confirmed';
    else this.#ledger.count('cancels that came too late'); // or the answer to the first was cut
  }

  async #delete(client: Client, { id }: StoredDataset): Promise<void> {
    this.#ledger.deletes.set(id, 'asked');
    const answer = await client.send('DELETE', `/datasets/${id}`);
    // 404: the answer to the first was cut. 409: an answer to POST was cut, and its job goes on by itself
    expectStatus(answer, [204, 404, 409], `the delete of dataset ${id}`);
    if (answer.status === 409) this.#ledger.deletes.delete(id);
    else this.#ledger.deletes.set(id, 'confirmed');
  }
}

function expectStatus({ status, body }: Answer, allowed: number[], what: string): void {
  if (!allowed.includes(status)) throw new Error(`${what} was answered with ${status}: ${body?.detail}`);
}
