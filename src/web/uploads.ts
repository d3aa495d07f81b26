import { ask } from './client.ts';
import { PROCESS } from './documents.ts';
import { signal } from './signal.ts';

export interface Upload {
  key: number;
  name: string;
  total: number;
  sent: number;
  startedAt: number;
  error?: string;
  cancel(): void;
}

export const uploads = signal<Upload[]>([]);
const AT_ONCE = 2;
let running = 0;
let keys = 0;
const waiting: (() => void)[] = []; // as many as files were chosen

function change(key: number, with_: Partial<Upload>): void {
  uploads.set(uploads.get().map((upload) => (upload.key === key ? { ...upload, ...with_ } : upload)));
}
export function dismiss(key: number): void {
  uploads.set(uploads.get().filter((upload) => upload.key !== key));
}

/** Uploads files, two at a time, and has each processed. `onDone` is called after every one that is stored. */
export function upload(files: Iterable<File>, onDone: () => void): void {
  for (const file of files) {
    const key = keys++;
    const request = new XMLHttpRequest(); // fetch tells nothing of the bytes that are sent
    const cancel = () => {
      request.abort();
      dismiss(key);
    };
    uploads.set([...uploads.get(), { key, name: file.name, total: file.size, sent: 0, startedAt: 0, cancel }]);
    waiting.push(() => {
      if (!uploads.get().some((each) => each.key === key)) return next();
      send(file, key, request, onDone);
    });
  }
  while (running < AT_ONCE && waiting.length > 0) {
    running++;
    waiting.shift()!();
  }
}

function next(): void {
  const start = waiting.shift();
  if (start) start();
  else running--;
}

function send(file: File, key: number, request: XMLHttpRequest, onDone: () => void): void {
  const form = new FormData();
  form.set('name', file.name.replace(/\.[a-z]+$/i, '') || file.name);
  form.set('file', file);
  change(key, { startedAt: performance.now() });
  request.upload.onprogress = ({ loaded, total }) => change(key, { sent: loaded, total });
  request.onload = async () => {
    const answer = JSON.parse(request.responseText || '{}') as { id?: string; detail?: string };
    try {
      if (!answer.id) throw new Error(answer.detail ?? 'The upload was refused.');
      await ask('mutation', PROCESS, { id: answer.id, force: false });
      dismiss(key);
    } catch (error) {
      change(key, { error: (error as Error).message });
    }
    onDone();
  };
  request.onerror = () => change(key, { error: 'The connection broke. Choose the file again.' });
  request.onloadend = next;
  request.open('POST', '/datasets');
  request.send(form);
}
