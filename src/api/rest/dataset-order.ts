import { DATASET_ORDER_FIELDS, type DatasetOrder, type DatasetOrderField } from '../../services/paging.ts';

/** An order of datasets as the query parameter `order` names it: a field, with `-` before it for descending. */
export type DatasetOrderName = DatasetOrderField | `-${DatasetOrderField}`;

/** All orders; `-uploaded_at` is the default. */
export const DATASET_ORDER_NAMES = DATASET_ORDER_FIELDS.flatMap((field): DatasetOrderName[] => [`-${field}`, field]);

/** Newest first. */
export const DEFAULT_ORDER: DatasetOrderName = '-uploaded_at';

/** The order of a name, which the query's check has compared with the list above. */
export function readOrder(name: DatasetOrderName = DEFAULT_ORDER): DatasetOrder {
  const direction = name.startsWith('-') ? 'desc' : 'asc';
  return { field: name.replace('-', '') as DatasetOrderField, direction };
}
