import { run } from './client.ts';
import { PROCESS } from './documents.ts';
import type { Dropped } from './dropped-files.ts';
import { isOwnResponse, proxyError } from './proxy-errors.ts';
import { signal } from './signal.ts';
import { refusedKind } from './taken-files.ts';
import { Throughput } from './throughput.ts';

export interface Upload {
  key: number;
  name: string;
  /** Bytes. */
  total: number;
  sent: number;
  /** `note`: no file, but something to be said of a folder. */
  state: 'waiting' | 'sending' | 'failed' | 'known' | 'note';
  throughput: Throughput;
  /** Why it failed, or a note. */
  message?: string;
  /** The dataset that has the same bytes. */
  stored?: { id: string; name: string };
  /** It was refused as a kind of file that cannot be read, or such files are in the folder. */
  isOtherKind?: boolean;
  /** Missing once the page was reloaded: a browser does not hand out a file again by itself. */
  file?: File;
  request?: XMLHttpRequest;
}

/** Files that wait or are being sent, those that failed, and those that a reload of the page interrupted. */
const all = new Map<number, Upload>(); // an entry per file until it is stored or dismissed
export const uploads = signal<Upload[]>([]);
export const anyUploads = signal(false);
const DRAW_MILLISECONDS = 100;
const AT_ONCE = 2;
const UNSUPPORTED_MEDIA_TYPE = 415;
/** Key in the session storage, and how many names are kept there. */
const UNFINISHED = 'unfinished uploads';
const MOST_UNFINISHED = 100;
let running = 0;
let keys = 0;
let drawing = false;

/** Draws and saves at most ten times a second, however many files there are. */
function changed(): void {
  if (drawing) return;
  drawing = true;
  setTimeout(() => {
    drawing = false;
    uploads.set([...all.values()]);
    anyUploads.set(all.size > 0);
    saveUnfinished();
  }, DRAW_MILLISECONDS);
}

let saved = '';
/** Saves the names of files that are not stored yet, so that a reload does not lose them silently. */
function saveUnfinished(): void {
  const unfinished = [...all.values()].filter(({ file, state }) => file && state !== 'known');
  const text = JSON.stringify(unfinished.slice(0, MOST_UNFINISHED).map(({ name }) => name));
  if (text === saved) return;
  saved = text;
  try {
    sessionStorage.setItem(UNFINISHED, text);
  } catch {} // there is no storage, or it is full
}
/** Takes a file off the list; stops it where it is being sent. */
export function dismiss(key: number): void {
  const upload = all.get(key);
  all.delete(key);
  upload?.request?.abort();
  changed();
}

/**
 * Lists the files that a reload of the page interrupted, and has the browser ask before the page is left during
 * uploads.
 */
export function restoreUploads(): void {
  try {
    for (const name of JSON.parse(sessionStorage.getItem(UNFINISHED) ?? '[]') as string[]) {
      const message = 'The page was reloaded before this file was stored. Choose it again.';
      add({ name, total: 0, state: 'failed', message });
    }
  } catch {}
  changed();
  addEventListener('beforeunload', (event) => {
    if ([...all.values()].some(({ state }) => state === 'waiting' || state === 'sending')) event.preventDefault();
  });
}

function add(upload: Pick<Upload, 'name' | 'total' | 'state' | 'message' | 'file' | 'isOtherKind'>): void {
  const key = keys++;
  all.set(key, { key, sent: 0, throughput: new Throughput(), ...upload });
  changed();
}

/**
 * Uploads files, two at a time, and processes each. `onDone` is called after every one that is stored or failed. A file
 * that the service would refuse by its name is not sent.
 */
export function upload(files: Iterable<File>, onDone: () => void): void {
  for (const file of files) {
    const { name, size } = file;
    const message = refusedKind(name);
    if (message) add({ name, total: 0, state: 'failed', message, isOtherKind: true });
    else add({ name, total: size, state: 'waiting', file });
  }
  start(onDone);
}

/** The same for what was dropped; says what of the folders is not uploaded. */
export function uploadDropped({ files, notes }: Dropped, onDone: () => void): void {
  for (const { folder, message, hasOtherKinds } of notes)
    add({ name: folder, total: 0, state: 'note', message, isOtherKind: hasOtherKinds });
  upload(files, onDone);
}

/** Sends a file again that failed. */
export function tryAgain(key: number, onDone: () => void): void {
  const upload = all.get(key);
  if (!upload?.file) return;
  Object.assign(upload, { state: 'waiting', message: undefined, sent: 0, throughput: new Throughput() });
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
      .catch((error: Error) => Object.assign(next, { state: 'failed', message: error.message }))
      .then(() => {
        running--;
        changed();
        onDone();
        start(onDone);
      });
  }
}

async function send(upload: Upload, file: File): Promise<void> {
  const { status, isOwn, reply } = await post(upload, file);
  if (!all.has(upload.key)) return; // stopped
  if (!isOwn) throw new Error(proxyError(status, file.size));
  if (!reply.id) {
    if (status >= 400 && status < 500) upload.file = undefined; // it would be refused again
    upload.isOtherKind = status === UNSUPPORTED_MEDIA_TYPE;
    throw new Error(reply.detail ?? 'The upload was refused.');
  }
  await run('mutation', PROCESS, { id: reply.id, force: false });
  if (status === 201) all.delete(upload.key);
  else Object.assign(upload, { state: 'known', stored: { id: reply.id, name: reply.name ?? upload.name } });
}

type Reply = { id?: string; name?: string; detail?: string };
/** @returns `isOwn`: whether the service has responded, not a proxy in front of it */
function post(upload: Upload, file: File): Promise<{ status: number; isOwn: boolean; reply: Reply }> {
  const form = new FormData();
  form.set('name', file.name.replace(/\.[a-z]+$/i, '') || file.name);
  form.set('file', file);
  const request = new XMLHttpRequest(); // fetch reports no progress of what is sent
  upload.request = request;
  request.upload.onprogress = ({ loaded }) => {
    upload.sent = Math.min(loaded, upload.total); // the form around the file counts as well
    upload.throughput.observe(upload.sent, performance.now());
    changed();
  };
  return new Promise((resolve, reject) => {
    request.onload = () => {
      const isOwn = isOwnResponse(request.getResponseHeader('content-type'));
      let reply: Reply = {};
      try {
        reply = JSON.parse(request.responseText) as Reply;
      } catch {} // cut off
      resolve({ status: request.status, isOwn, reply });
    };
    request.onabort = () => resolve({ status: 0, isOwn: true, reply: {} });
    request.onerror = () => reject(new Error('The connection broke before the file was stored.'));
    request.open('POST', 'datasets');
    request.send(form);
  });
}
