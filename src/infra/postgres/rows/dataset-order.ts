import { type ListedDataset, Prisma } from '../database.ts';

/** What a list of datasets can be sorted by: one key or several, then the id. */

type Value = Date | string | bigint | number;

interface Key {
  /** What is compared. An index has the same expression, with the id behind it. */
  column: Prisma.Sql;
  /** A value of it, as a parameter. */
  value(of: Value): Prisma.Sql;
}

const whole = (column: string): Key => ({
  // what is not known is less than all that is: it comes last in descending order
  column: Prisma.raw(`COALESCE(${column}, -1)`),
  value: (of) => Prisma.sql`${of}::bigint`,
});

const KEYS = {
  uploaded_at: [{ column: Prisma.sql`uploaded_at`, value: (of) => Prisma.sql`${of}::timestamptz` }],
  // by code points, whatever the collation of the database: its rules may change with the system under it, and an index
  // by the old ones would then lose rows
  name: [{ column: Prisma.sql`lower(name) COLLATE "C"`, value: (of) => Prisma.sql`lower(${of}::text) COLLATE "C"` }],
  size: [{ column: Prisma.sql`size_bytes`, value: (of) => Prisma.sql`${of}::bigint` }],
  rows: [whole('row_count')],
  alerts: [whole('alert_errors'), whole('alert_warnings'), whole('alert_infos')],
} satisfies Record<string, Key[]>;

/** What a list of datasets can be sorted by. */
export type DatasetOrderField = keyof typeof KEYS;
export const DATASET_ORDER_FIELDS = Object.keys(KEYS) as DatasetOrderField[];

/** How a list of datasets is sorted. */
export interface DatasetOrder {
  field: DatasetOrderField;
  direction: 'asc' | 'desc';
}

/** A page of a list of datasets. */
export interface DatasetPage {
  order: DatasetOrder;
  /** Most rows of the page. */
  first: number;
  /** The last row of the previous page, by the values that `keysOf` gives and its id. */
  after: { keys: Value[]; id: string } | undefined;
}

/** The values by which a dataset is sorted; -1 for what is not known. */
export function keysOf(dataset: ListedDataset, field: DatasetOrderField): Value[] {
  const { uploadedAt, name, sizeBytes, rowCount, alertErrors, alertWarnings, alertInfos } = dataset;
  const values: Record<DatasetOrderField, (Value | null)[]> = {
    uploaded_at: [uploadedAt],
    name: [name],
    size: [sizeBytes],
    rows: [rowCount],
    alerts: [alertErrors, alertWarnings, alertInfos],
  };
  return values[field].map((value) => value ?? -1);
}

/** The condition for what comes after the previous page. */
export function afterPage({ order, after }: DatasetPage): Prisma.Sql | false {
  if (!after) return false;
  const keys: Key[] = KEYS[order.field];
  const columns = Prisma.join([...keys.map(({ column }) => column), Prisma.sql`id`]);
  const values = Prisma.join([...keys.map(({ value }, i) => value(after.keys[i]!)), Prisma.sql`${after.id}::uuid`]);
  // a comparison of rows, not of their columns one by one: an index answers it
  return Prisma.sql`(${columns}) ${order.direction === 'asc' ? Prisma.sql`>` : Prisma.sql`<`} (${values})`;
}

/** Order and limit: one row more than asked for, which shows that there is a next page. */
export function inOrder({ order, first }: DatasetPage): Prisma.Sql {
  const direction = order.direction === 'asc' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const columns = [...KEYS[order.field].map(({ column }) => column), Prisma.sql`id`];
  const sorted = columns.map((column) => Prisma.sql`${column} ${direction}`);
  return Prisma.sql`ORDER BY ${Prisma.join(sorted)} LIMIT ${first + 1}`;
}
