import { type Api, type DatasetView, events, type JobView, type Options, Refused, type RowsView } from './api.ts';
import { validReport } from './valid-report.ts';

// what JSON gives: the suite checks the values
// biome-ignore lint/suspicious/noExplicitAny: a body is taken apart field by field below
type Body = Record<string, any>;

async function take(response: Response): Promise<Body> {
  if (response.status === 204) return {};
  const body = (await response.json()) as Record<string, unknown>;
  if (response.ok) return body as Body;
  if (!response.headers.get('content-type')?.startsWith('application/problem+json'))
    throw new Error('a refusal that is no problem+json');
  if (body.status !== response.status) throw new Error('the status of the problem is not the response');
  throw new Refused(String(body.code), String(body.detail));
}
const dataset = (body: Body): DatasetView => ({
  id: body.id,
  name: body.name,
  status: body.status,
  rowCount: body.row_count,
  error: body.error,
});
const job = (body: Body): JobView => ({
  id: body.id ?? body.job_id,
  datasetId: body.dataset_id,
  state: body.state,
  progress: body.progress,
  error: body.error ?? null,
});
const orNull = (error: unknown) => {
  if (error instanceof Refused && error.code === 'NOT_FOUND') return null;
  throw error;
};

export function restApi(url: string): Api {
  const send = (path: string, method = 'GET', body?: FormData) => fetch(url + path, { method, body }).then(take);
  const post = (path: string, options: Options | undefined) => {
    const given = options !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ options }),
    };
    return fetch(url + path, { method: 'POST', ...given }).then(take);
  };
  return {
    async upload({ name, content, filename, type, options }) {
      const form = new FormData();
      form.set('file', new File([content as string], filename, { type: type ?? '' }));
      if (name !== undefined) form.set('name', name);
      if (options !== undefined) form.set('options', JSON.stringify(options));
      return dataset(await send('/datasets', 'POST', form));
    },
    dataset: (id) => send(`/datasets/${id}`).then(dataset, orNull),
    process: (id, force, options) => post(`/datasets/${id}/process${force ? '?force=true' : ''}`, options).then(job),
    job: (id) => send(`/jobs/${id}`).then(job, orNull),
    report: (id) => send(`/datasets/${id}/report`).then((report) => validReport(url, report), orNull),
    cancel: (id) => send(`/jobs/${id}/cancel`, 'POST').then(job),
    remove: (id) => send(`/datasets/${id}`, 'DELETE').then(() => {}),
    async rename(id, name) {
      const body = JSON.stringify({ name });
      const headers = { 'content-type': 'application/json' };
      return dataset(await fetch(`${url}/datasets/${id}`, { method: 'PATCH', headers, body }).then(take));
    },
    async datasets(first, after, order) {
      const query = new URLSearchParams({ first: String(first), ...(after && { after }), ...(order && { order }) });
      const page = await send(`/datasets?${query}`);
      return { ids: (page.items as { id: string }[]).map(({ id }) => id), next: page.next };
    },
    async rows(id, { where, first, after, count } = {}) {
      const query = new URLSearchParams();
      if (where) query.set('where', JSON.stringify(where));
      if (first !== undefined) query.set('first', String(first));
      if (after) query.set('after', after);
      if (count) query.set('count', 'true');
      return (await send(`/datasets/${id}/rows?${query}`)) as RowsView;
    },
    async *watch(id) {
      const response = await fetch(`${url}/jobs/${id}/events`);
      if (!response.ok) await take(response);
      for await (const { data } of events(response)) yield job(JSON.parse(data));
    },
  };
}
