import { DatasetError, type Place } from '../../errors.ts';
import { MEMBERS_IN_FAILURE } from '../../limits.ts';
import type { ColumnFacts, Warning } from '../../profile-types.ts';
import { pointerTo } from './pointer.ts';
import type { Member, WrapperScanner } from './wrapper-scanner.ts';

type Found = Pick<WrapperScanner, 'members' | 'memberCount' | 'lists' | 'candidates'>;

const RENAME = 'give each a name of its own.';
const WHAT = 'The file is one object, not a list of objects';
const KINDS = {
  object: 'an object',
  list: 'a list',
  'empty list': 'an empty list',
  'list of objects': 'a list of objects',
  'list of lists': 'a list of lists',
  'mixed list': 'a list of objects and other values',
  text: 'a text',
  number: 'a number',
  other: 'a value',
};
/** The first of them, as a sentence lists them. */
function some(texts: readonly string[], count = texts.length): string {
  const more = count > MEMBERS_IN_FAILURE ? ', …' : '';
  return texts.slice(0, MEMBERS_IN_FAILURE).join(', ') + more;
}
const named = (members: readonly Member[]) => members.map(({ name }) => JSON.stringify(name));

/** A file that is one object, with several lists of objects among its members or with none. */
export function loneObject(found: Found, place: Place): DatasetError {
  const { members, memberCount, lists, candidates } = found;
  const choices = lists.map((records) => ({ records }));
  const advise = (advice: string) => new DatasetError(WHAT, place, advice, choices);
  if (candidates > 1) {
    const ofObjects = named(members.filter(({ kind }) => kind === 'list of objects'));
    if (new Set(ofObjects).size === 1 && candidates === ofObjects.length)
      return new DatasetError(WHAT, place, `It has ${candidates} lists with the name ${ofObjects[0]}: ${RENAME}`);
    return advise(
      `Several of its members are lists of objects (${some(ofObjects, candidates)}): ` +
        `name one with the option records, such as ${lists[0]}.`,
    );
  }
  const ofLists = members.find(({ kind }) => kind === 'list of lists');
  if (ofLists)
    return advise(
      `The rows in ${JSON.stringify(ofLists.name)} are lists: write each as an object, { "name": value }. ` +
        'The option records names a list of objects inside the file.',
    );
  if (lists.length > 0)
    return advise(
      `None of its members is a list of objects, but ${lists.length > 1 ? 'there are some' : 'there is one'} ` +
        `inside: name ${lists.length > 1 ? 'one' : 'it'} with the option records (${some(lists)}).`,
    );
  const empty = members.filter(({ kind }) => kind === 'empty list');
  const hasValues = members.some(({ kind }) => kind === 'list' || kind === 'mixed list');
  if (empty.length > 0 && !hasValues)
    return new DatasetError(
      WHAT,
      place,
      empty.length > 1
        ? `Its lists ${some(named(empty))} are empty: there is no row to read.`
        : `Its list ${named(empty)[0]} is empty: there is no row to read.`,
      empty.map(({ name }) => ({ records: pointerTo([name]) })),
    );
  if (memberCount > 0 && members.every(({ kind, isByRow }) => kind === 'list' || kind === 'empty list' || isByRow))
    return advise(
      `It is written by columns (${some(named(members), memberCount)}): write it by rows, as a list of objects ` +
        '(in pandas: orient="records"). The option records names such a list inside a file.',
    );
  if (hasValues) {
    const texts = members.map(({ name, kind }) => `${JSON.stringify(name)} is ${KINDS[kind]}`);
    return advise(
      `None of its members is a list of objects (${some(texts, memberCount)}): write the table as one, ` +
        '[{ … }, { … }], or name one inside with the option records.',
    );
  }
  return new DatasetError(`${WHAT}: put it in [ ]`, place);
}

/** The option `records` names several values: some programs read the last one of them, others the first one. */
export const repeatedTarget = (pointer: readonly string[], place: Place): DatasetError =>
  new DatasetError(
    `The option records is ${JSON.stringify(pointerTo(pointer))}, and there are several such values`,
    place,
    `Of members with the same name only one is read by most programs: ${RENAME}`,
  );

/** The option `records` is about one value, and the file is several. */
export const severalValues = (pointer: readonly string[], place: Place): DatasetError =>
  new DatasetError(
    `The option records is ${JSON.stringify(pointerTo(pointer))}, but the file is several objects one after another`,
    place,
    'Leave the option out: each of them is a row.',
  );

/** The option `records` names something that is not there, or no list. */
export function noList(found: Found & Pick<WrapperScanner, 'wrongTarget'>, pointer: readonly string[], place: Place) {
  const { members, memberCount, lists, wrongTarget } = found;
  const name = JSON.stringify(pointerTo(pointer));
  const what = wrongTarget
    ? `The option records is ${name}, which is ${wrongTarget}, not a list of objects`
    : `The option records is ${name}, but there is no such value`;
  if (lists.length > 0) {
    const choices = lists.map((records) => ({ records }));
    return new DatasetError(what, place, `Lists of objects in the file: ${some(lists)}.`, choices);
  }
  const texts = members.map((member) => `${JSON.stringify(member.name)} is ${KINDS[member.kind]}`);
  return new DatasetError(what, place, texts.length > 0 ? `Members of the file: ${some(texts, memberCount)}.` : '');
}

/** The only list of objects among the members was read. */
export function wrappedWarning({ members, memberCount, lists }: Found): Warning {
  const list = JSON.stringify(members.find(({ kind }) => kind === 'list of objects')?.name ?? lists[0]);
  const others = named(members.filter(({ kind }) => kind !== 'list of objects'));
  const rest = others.length > 0 ? ` What is beside it was not read: ${some(others, memberCount - 1)}.` : '';
  return { code: 'wrapped_records', message: `The rows are the list ${list} of the object that the file is.${rest}` };
}

/**
 * A list of one object that holds a list of objects: a table of one row is not what is meant.
 * @param row where the object is: parts of a pointer
 */
export function warnOfWrapped(
  columns: readonly Pick<ColumnFacts, 'name' | 'type' | 'topValues'>[],
  row: readonly string[],
): Warning[] {
  const holds = columns.filter(({ type, topValues }) => type === 'json' && /^\[\{/.test(topValues[0]?.value ?? ''));
  if (holds.length !== 1) return [];
  const { name } = holds[0]!;
  const message =
    `The file has one row, with a list of objects in ${JSON.stringify(name)}. ` +
    `To read that list, give the option records: ${pointerTo([...row, name])}.`;
  return [{ code: 'wrapped_records', message }];
}
