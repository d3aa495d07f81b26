import type { FilterColumn } from '../processing/filter-rows.ts';
import type { ReportDocument } from './document.ts';

/** What conditions on rows need to know of the columns of a report. */
export function filterColumns({ columns, anomalies }: Pick<ReportDocument, 'columns' | 'anomalies'>): FilterColumn[] {
  return columns.map(({ name, type, resembles }) => {
    const outliers = Object.hasOwn(anomalies.outliers, name) ? anomalies.outliers[name] : undefined;
    return {
      name,
      // the first reports knew numbers and nothing else
      type: type === 'number' ? 'decimal' : type === 'other' ? 'text' : type,
      fences: outliers && { lower: outliers.lower_fence, upper: outliers.upper_fence },
      resembles,
    };
  });
}
