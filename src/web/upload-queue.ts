import { ask } from './client.ts';
import { PROCESS } from './documents.ts';
import { isOwnAnswer, proxyWords } from './proxy-errors.ts';
import { signal } from './signal.ts';
import { Pace } from './throughput.ts';

export interface Upload {
  key: number;
  name: string;
  /** Bytes. */
  total: number;
  sent: number;
  state: 'waiting' | 'sending' | 'failed' | 'known';
  pace: Pace;
  /** Why it failed, or what else there is to say. */
  words?: string;
  /** Missing where the page was loaded anew since: a browser gives no file twice. */
  file?: File;
  request?: XMLHttpRequest;
}

/** Files on their way, those that failed, and those that a reload of the page broke off. */
const all = new Map<number, Upload>(); // an entry a file until it is stored or dismissed
export const uploads = signal<Upload[]>([]);
export const anyUploads = signal(false);
const DRAW_MILLISECONDS = 100;
const AT_ONCE = 2;
const KEPT = 'unfinished uploads';
const KEPT_AT_MOST = 100;
let running = 0;
let keys = 0;
let drawing = false;

/** Draws and remembers at most ten times a second, however many files there are. */
function changed(): void {
  if (drawing) return;
  drawing = true;
  setTimeout(() => {
    drawing = false;
    uploads.set([...all.values()]);
    anyUploads.set(all.size > 0);
    keep();
  }, DRAW_MILLISECONDS);
}

/** Remembers what is not stored yet, so that a reload does not lose it without a word. */
let kept = '';
function keep(): void {
  const unfinished = [...all.values()].filter(({ file, state }) => file && state !== 'known');
  const text = JSON.stringify(unfinished.slice(0, KEPT_AT_MOST).map(({ name }) => name));
  if (text === kept) return;
  kept = text;
  try {
    sessionStorage.setItem(KEPT, text);
  } catch {} // no storage, no memory
}
export function dismiss(key: number): void {
  const upload = all.get(key);
  all.delete(key);
  upload?.request?.abort();
  changed();
}

/** What was on its way when the page was loaded anew; and a question before the page is left with files on their way. */
export function recallUploads(): void {
  try {
    for (const name of JSON.parse(sessionStorage.getItem(KEPT) ?? '[]') as string[]) {
      const words = 'The page was loaded anew before this file was stored. Choose it again.';
      add({ name, total: 0, state: 'failed', words });
    }
  } catch {}
  changed();
  addEventListener('beforeunload', (event) => {
    if ([...all.values()].some(({ state }) => state === 'waiting' || state === 'sending')) event.preventDefault();
  });
}

function add(upload: Pick<Upload, 'name' | 'total' | 'state' | 'words' | 'file'>): void {
  const key = keys++;
  all.set(key, { key, sent: 0, pace: new Pace(), ...upload });
  changed();
}

/** Uploads files, two at a time, and has each processed. `onDone` is called after every one that is stored or failed. */
export function upload(files: Iterable<File>, onDone: () => void): void {
  for (const file of files) add({ name: file.name, total: file.size, state: 'waiting', file });
  start(onDone);
}

/** Sends a file that failed once more. */
export function tryAgain(key: number, onDone: () => void): void {
  const upload = all.get(key);
  if (!upload?.file) return;
  Object.assign(upload, { state: 'waiting', words: undefined, sent: 0, pace: new Pace() });
  changed();
  start(onDone);
}

function start(onDone: () => void): void {
  while (running < AT_ONCE) {
    const next = [...all.values()].find(({ state }) => state === 'waiting');
    if (!next) return;
    running++;
    next.state = 'sending';
    void send(next, next.file!)
      .catch((error: Error) => Object.assign(next, { state: 'failed', words: error.message }))
      .then(() => {
        running--;
        changed();
        onDone();
        start(onDone);
      });
  }
}

async function send(upload: Upload, file: File): Promise<void> {
  const { status, own, answer } = await post(upload, file);
  if (!all.has(upload.key)) return; // stopped
  if (!own) throw new Error(proxyWords(status, file.size));
  if (!answer.id) {
    if (status >= 400 && status < 500) upload.file = undefined; // it would be refused again
    throw new Error(answer.detail ?? 'The upload was refused.');
  }
  await ask('mutation', PROCESS, { id: answer.id, force: false });
  if (status === 201) all.delete(upload.key);
  else Object.assign(upload, { state: 'known', words: `The same bytes are stored already, as “${answer.name}”.` });
}

type Answer = { id?: string; name?: string; detail?: string };
/** @returns `own`: whether the service has answered, not something in front of it */
function post(upload: Upload, file: File): Promise<{ status: number; own: boolean; answer: Answer }> {
  const form = new FormData();
  form.set('name', file.name.replace(/\.[a-z]+$/i, '') || file.name);
  form.set('file', file);
  const request = new XMLHttpRequest(); // fetch tells nothing of the bytes that are sent
  upload.request = request;
  request.upload.onprogress = ({ loaded }) => {
    upload.sent = Math.min(loaded, upload.total); // what is around the file in the form is sent as well
    upload.pace.observe(upload.sent, performance.now());
    changed();
  };
  return new Promise((resolve, reject) => {
    request.onload = () => {
      const own = isOwnAnswer(request.getResponseHeader('content-type'));
      let answer: Answer = {};
      try {
        answer = JSON.parse(request.responseText) as Answer;
      } catch {} // broken off
      resolve({ status: request.status, own, answer });
    };
    request.onabort = () => resolve({ status: 0, own: true, answer: {} });
    request.onerror = () => reject(new Error('The connection broke before the file was stored.'));
    request.open('POST', 'datasets');
    request.send(form);
  });
}
