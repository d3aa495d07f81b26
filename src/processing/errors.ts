import type { ReadOptions } from './options/read-options.ts';

/** Where in the file something is wrong: rows and lines from 1, characters of a line from 1, bytes from 0. */
export interface Place {
  row?: number;
  line?: number;
  column?: number | string;
  byte?: number;
}

/** The user's file is not a table. The message is a sentence: what is wrong, where, and what to do. */
export class DatasetError extends Error {
  readonly code = 'NO_TABLE';
  /** What is wrong: the message without place and advice. */
  readonly what: string;
  readonly place: Place;
  /** What to do, a sentence that ends the message; empty where there is none. */
  readonly advice: string;
  /** Options of reading, each of which a person may have meant: the files of an archive, the sheets of a workbook. */
  readonly choices: readonly ReadOptions[];
  /** @param what without a full stop; the place is put behind it */
  constructor(what: string, place: Place = {}, advice = '', choices: readonly ReadOptions[] = []) {
    const words = (['row', 'line', 'column', 'byte'] as const)
      .filter((key) => place[key] !== undefined)
      .map((key) => `${key} ${place[key]}`);
    super(`${what}${words.length > 0 ? ` (${words.join(', ')})` : ''}.${advice ? ` ${advice}` : ''}`);
    this.name = 'DatasetError';
    this.what = what;
    this.place = place;
    this.advice = advice;
    this.choices = choices;
  }
}

/** The same fault, found in text that was made of the file: at a place of the file itself. */
export const movedTo = ({ what, advice, choices }: DatasetError, place: Place): DatasetError =>
  new DatasetError(what, place, advice, choices);

/** Conditions on rows that cannot be answered. The message is a sentence: which condition, and what it needs. */
export class ConditionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConditionError';
  }
}
