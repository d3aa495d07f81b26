import { countOf, plural, whole } from '../../report/formatting.ts';

/** The main facts of a report, by which a reader sees what another reading has changed. */
export interface ReportFacts {
  rowCount: number;
  columns: readonly { name: string; type: string; nullCount: number }[];
}

/** Names in one sentence, and sentences of one comparison; both may be thousands. */
const MOST_NAMES = 6;
const MOST_CHANGES = 8;

function named(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${whole(names.length - MOST_NAMES)} more` : shown;
}

/** What is different in the later report, as sentences, the greatest differences first; none where nothing is. */
export function changesOf(before: ReportFacts, after: ReportFacts): string[] {
  const changes: string[] = [];
  if (before.rowCount !== after.rowCount)
    changes.push(`${countOf(after.rowCount, 'row')} instead of ${whole(before.rowCount)}`);
  const earlier = new Map(before.columns.map((column) => [column.name, column]));
  const later = new Set(after.columns.map(({ name }) => name));
  const added = after.columns.filter(({ name }) => !earlier.has(name)).map(({ name }) => name);
  const removed = before.columns.filter(({ name }) => !later.has(name)).map(({ name }) => name);
  if (added.length > 0) changes.push(`${countOf(added.length, 'new column')}: ${named(added)}`);
  if (removed.length > 0) changes.push(`${countOf(removed.length, 'column')} no longer there: ${named(removed)}`);
  const both = after.columns.flatMap((column) => {
    const was = earlier.get(column.name);
    return was ? [{ ...column, was }] : [];
  });
  const retyped = Map.groupBy(
    both.filter(({ type, was }) => type !== was.type),
    ({ type, was }) => `${type} instead of ${was.type}`.toLowerCase(), // GraphQL has them in capitals
  );
  for (const [how, columns] of retyped)
    changes.push(`${countOf(columns.length, 'column')} of type ${how}: ${named(columns.map(({ name }) => name))}`);
  for (const { name, nullCount, was } of both.filter((column) => column.nullCount !== column.was.nullCount))
    changes.push(`${name}: ${whole(nullCount)} ${plural(nullCount, 'null')} instead of ${whole(was.nullCount)}`);
  const left = changes.length - MOST_CHANGES;
  return left > 1 ? [...changes.slice(0, MOST_CHANGES), `and ${whole(left)} more`] : changes;
}
