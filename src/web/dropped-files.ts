import { countOf } from '../report/formatting.ts';

/** Files of a folder that are uploaded at once: each becomes a dataset, and a folder may be a whole disk. */
const MOST_FILES = 1000;
/** Entries of a folder that are looked at, files and folders. */
const MOST_ENTRIES = 20_000;
/** Names of passed-over files that are told. */
const NAMED = 3;

/** What was dropped: files as they are, and of folders the files that may be tables. */
export interface Dropped {
  files: File[];
  /** What of the folders is not uploaded, as sentences; one for each folder that has such files. */
  notes: { folder: string; message: string; hasOtherKinds: boolean }[];
}

/** The part of FileSystemEntry (File and Directory Entries API) that is needed. */
interface Entry {
  name: string;
  isDirectory: boolean;
  file(done: (file: File) => void, failed: (error: Error) => void): void;
  createReader(): { readEntries(done: (entries: Entry[]) => void, failed: (error: Error) => void): void };
}

/**
 * The files of a drop, folders walked through.
 * @param items must be read during the event: the browser takes them away behind it, which is why this begins at once
 * @param isTaken whether a file of this name may be a table; files that were dropped by themselves are not asked about
 */
export function droppedFiles(transfer: DataTransfer, isTaken: (name: string) => boolean): Promise<Dropped> {
  const files = [...transfer.files];
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() as Entry | null);
  const folders = entries.filter((entry) => entry?.isDirectory) as Entry[];
  if (folders.length === 0) return Promise.resolve({ files, notes: [] });
  return withFolders(entries, folders, isTaken);
}

async function withFolders(
  entries: (Entry | null)[],
  folders: Entry[],
  isTaken: (name: string) => boolean,
): Promise<Dropped> {
  const dropped: Dropped = { files: [], notes: [] };
  for (const entry of entries) if (entry && !entry.isDirectory) dropped.files.push(await fileOf(entry));
  for (const folder of folders) {
    const { files, others, isCut, unreadable } = await walk(folder, isTaken);
    dropped.files.push(...files);
    const message = noteOf(files.length, others, isCut, unreadable);
    if (message) dropped.notes.push({ folder: folder.name, message, hasOtherKinds: others.length > 0 });
  }
  return dropped;
}

/** `others`: names of files that are of other kinds. `unreadable`: names of what the browser could not read. */
interface Walk {
  files: File[];
  others: string[];
  unreadable: string[];
  isCut: boolean;
}

async function walk(folder: Entry, isTaken: (name: string) => boolean): Promise<Walk> {
  const found: Walk = { files: [], others: [], unreadable: [], isCut: false };
  const waiting = [folder];
  let seen = 0;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const entries = await entriesOf(next).catch(() => undefined);
    if (!entries) found.unreadable.push(next.name);
    for (const entry of entries ?? []) {
      if (++seen > MOST_ENTRIES || found.files.length === MOST_FILES) return { ...found, isCut: true };
      if (entry.name.startsWith('.')) continue; // .git, .DS_Store: nobody means these
      if (entry.isDirectory) waiting.push(entry);
      else if (!isTaken(entry.name)) found.others.push(entry.name);
      else {
        const file = await fileOf(entry).catch(() => undefined);
        if (file) found.files.push(file);
        else found.unreadable.push(entry.name);
      }
    }
  }
  return found;
}

const fileOf = (entry: Entry): Promise<File> => new Promise((done, failed) => entry.file(done, failed));

/** All entries of a folder by name: the browser hands them out in parts of at most 100, in no order. */
async function entriesOf(folder: Entry): Promise<Entry[]> {
  const reader = folder.createReader();
  const all: Entry[] = [];
  while (all.length <= MOST_ENTRIES) {
    const part = await new Promise<Entry[]>((done, failed) => reader.readEntries(done, failed));
    if (part.length === 0) break;
    all.push(...part);
  }
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function noteOf(taken: number, others: string[], isCut: boolean, unreadable: string[]): string {
  if (taken === 0 && !isCut && others.length + unreadable.length === 0) return 'There is no file in this folder.';
  const sentences = [
    isCut && `Only the first ${countOf(taken, 'file')} of this folder are uploaded. Drop the others by themselves.`,
    others.length > 0 &&
      `${countOf(others.length, 'file')} of other kinds ${others.length === 1 ? 'is' : 'are'} not uploaded: ` +
        `${named(others)}.`,
    unreadable.length > 0 && `The browser could not read ${named(unreadable)}.`,
  ];
  return sentences.filter(Boolean).join(' ');
}

/** "a.pdf, b.png, c.doc and 4 more" */
const named = (names: string[]): string =>
  names.length > NAMED ? `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more` : names.join(', ');
