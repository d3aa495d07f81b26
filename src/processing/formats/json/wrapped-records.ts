import { DatasetError, type Place } from '../../errors.ts';
import { MEMBERS_IN_FAILURE } from '../../limits.ts';
import type { ColumnFacts, Warning } from '../../profile-types.ts';

type Member = Pick<ColumnFacts, 'name' | 'type' | 'topValues'>;

/** The beginning of a member's value, when it is a list or an object. */
const textOf = ({ type, topValues }: Member): string => (type === 'json' ? (topValues[0]?.value ?? '') : '');

const OF_OBJECTS = /^\[\{/;
const OF_LISTS = /^\[\[[^[]/;
const beginning = (members: readonly Member[], begin: RegExp) =>
  members.filter((member) => begin.test(textOf(member))).map(({ name }) => JSON.stringify(name));

/**
 * Members that hold lists of objects, as a sentence calls them; without any, and without a list of
 * lists, the first list of each object in the object.
 */
function lists(members: readonly Member[]): string[] {
  const own = beginning(members, OF_OBJECTS);
  if (own.length > 0 || beginning(members, OF_LISTS).length > 0) return own;
  return members.flatMap((member) => {
    const text = textOf(member);
    const inner = text.startsWith('{') ? /("(?:[^"\\]|\\.)*"):\[\{/.exec(text) : null;
    return inner ? [`${inner[1]} of ${JSON.stringify(member.name)}`] : [];
  });
}

/**
 * A file that is one object holds its table in a member, or is written by columns: the sentence leads to a file that
 * works.
 * @param members of the object, with their values
 */
export function loneObject(members: readonly Member[], place: Place): DatasetError {
  const what = 'The file is one object, not a list of objects';
  const [first, ...others] = lists(members);
  if (first !== undefined && others.length === 0)
    return new DatasetError(what, place, `Upload only the list in ${first}: [{ … }, { … }].`);
  if (first !== undefined) {
    const some = [first, ...others].slice(0, MEMBERS_IN_FAILURE).join(', ');
    return new DatasetError(
      what,
      place,
      `Several of its members are lists of objects (${some}): upload only one of them.`,
    );
  }
  const [ofLists] = beginning(members, OF_LISTS);
  if (ofLists !== undefined)
    return new DatasetError(
      what,
      place,
      `The rows in ${ofLists} are lists: write each as an object, { "name": value }, and upload only that list.`,
    );
  if (members.length > 0 && members.every((member) => /^(?:\[|\{"0":)/.test(textOf(member))))
    return new DatasetError(
      what,
      place,
      'It is written by columns: write it by rows, as a list of objects (in pandas: orient="records").',
    );
  if (members.some((member) => textOf(member).startsWith('[')))
    return new DatasetError(
      what,
      place,
      'None of its members is a list of objects: write the table as one, [{ … }, { … }].',
    );
  return new DatasetError(`${what}: put it in [ ]`, place);
}

/** A list of one object that holds a list of objects: a table of one row is not what is meant. */
export function warnOfWrapped(members: readonly Member[], warnings: Warning[]): void {
  const [first, ...others] = lists(members);
  if (first === undefined || others.length > 0) return;
  warnings.push({
    code: 'wrapped_records',
    message: `The file has one row, with a list of objects in ${first}. Upload only that list to profile its rows.`,
  });
}
