import type { View } from './address.ts';
import type { Report } from './report.ts';

interface HeadingProps {
  name: string;
  view: View;
  report: Report;
  /** A sentence; empty while it is not known. */
  count: string;
}

/** The column that all that is asked for is about: the report is opened there. */
function columnOf({ where, cell }: View, report: Report): number | undefined {
  const names = new Set(where.map(({ column }) => column));
  const [name] = names;
  const only = names.size === 1 && name !== undefined ? report.columns.find((each) => each.name === name) : undefined;
  return only?.position ?? (where.length === 0 ? cell : undefined);
}

/** Which dataset this is, how many rows are shown, and the way back. */
export function Heading({ name, view, report, count }: HeadingProps) {
  const column = columnOf(view, report);
  return (
    <header class="line">
      <h1>
        <a href={`report.html${column === undefined ? '' : `#c${column}`}`}>← Report</a> <bdi>{name}</bdi>
      </h1>
      <output>{count}</output>
    </header>
  );
}
