import { expect, test } from 'vitest';
import type { RowCondition } from '../../../../src/processing/row-conditions.ts';
import { inWords } from '../../../../src/web/rows/condition-words.ts';
import type { Column, Report } from '../../../../src/web/rows/report.ts';

const column = (name: string, type: Column['type'], more = {}): Column => ({
  name,
  position: 1,
  type,
  null_count: 0,
  null_tokens: {},
  evidence: { exceptions: 0 },
  top_values: [],
  ...more,
});
const report: Report = {
  row_count: 891,
  columns: [
    column('Fare', 'decimal'),
    column('Sex', 'text'),
    column('Day', 'date'),
    column('Price', 'text', { resembles: { type: 'number', matching: 9, exceptions: 1, spellings: [] } }),
  ],
  anomalies: {
    duplicates: { count: 1 },
    outliers: { Fare: { count: 116, lower_fence: -26.724, upper_fence: 65.6344 } },
  },
  bad_rows: { count: 0 },
  file: { format: 'csv', delimiter: ',', bytes: 1 },
};
const words = (condition: RowCondition) => {
  const { subject, says } = inWords(condition, report);
  return `${subject} ${says}`;
};

test.each<[RowCondition, string]>([
  [{ column: 'Sex', in: ['male'] }, 'Sex is male'],
  [{ column: 'Sex', in: ['male', 'female'] }, 'Sex is male or female'],
  [{ column: 'Sex', in: ['a', 'b', 'c', 'd'] }, 'Sex is one of 4 values'],
  [{ column: 'Sex', in: [''] }, 'Sex is “”'],
  [{ column: 'Sex', in: [' male'] }, 'Sex is “ male”'],
  [{ column: 'Sex', not_in: ['male'] }, 'Sex is not male'],
  [{ column: 'Sex', not_in: ['a', 'b', 'c', 'd', 'e'] }, 'Sex is none of 5 values'],
  [{ column: 'Sex', contains: 'al' }, 'Sex contains al'],
  [{ column: 'Sex', starts_with: 'x'.repeat(60) }, `Sex begins with ${'x'.repeat(40)}…`],
  [{ column: 'Fare', is_null: true }, 'Fare is null'],
  [{ column: 'Fare', is_null: false }, 'Fare is not null'],
  [{ column: 'Fare', of_type: false }, 'Fare is not a number'],
  [{ column: 'Day', of_type: true }, 'Day is a date'],
  [{ column: 'Fare', outlier: 'high' }, 'Fare is an outlier above 65.63'],
  [{ column: 'Fare', outlier: 'low' }, 'Fare is an outlier below -26.72'],
  [{ column: 'Fare', outlier: 'any' }, 'Fare is an outlier below -26.72 or above 65.63'],
  [{ column: 'Fare', gte: 1, lte: 20_000 }, 'Fare is between 1 and 20,000'],
  [{ column: 'Fare', gte: 5, lt: 6.5 }, 'Fare is at least 5 and below 6.5'],
  [{ column: 'Fare', gte: 2024, lte: 2024 }, 'Fare is 2024'],
  [{ column: 'Day', gt: '2024-01-31' }, 'Day is above 2024-01-31'],
  [{ column: 'Sex', min_length: 5, max_length: 5 }, 'Sex has 5 characters'],
  [{ column: 'Sex', min_length: 2, max_length: 5 }, 'Sex has 2 to 5 characters'],
  [{ column: 'Sex', max_length: 1 }, 'Sex has 1 character or fewer'],
  [{ column: 'Sex', white_space: true }, 'Sex begins or ends with white space'],
  [{ column: 'Sex', invisible: 'U+00A0' }, 'Sex contains the character U+00A0 (no-break space)'],
  [{ column: 'Price', resembles: false }, 'Price cannot be read as a number'],
  [{ column: 'Price', like: 'currency' }, 'Price is written with a currency sign'],
  [{ column: 'Price', like: 'percent' }, 'Price is written with a % sign'],
  [{ column: 'Price', like: '31/05/2024' }, 'Price is written like 31/05/2024'],
  [{ column: 'Price', resembles: true }, 'Price can be read as a number'],
  [{ column: 'Fare', gte: 8e6, lte: 8e6 }, 'Fare is 8,000,000'],
  [{ column: 'Sex', swallowed: true }, 'Sex spans lines that look like rows'],
  [{ duplicate: true }, 'Row repeats an earlier row'],
  [{ duplicate_of: 1_033 }, 'Row equals row 1,033'],
  [{ bad: true }, 'Row has too few or too many fields'],
  [{ column: 'Gone', is_null: true }, 'Gone is null'],
  [{ column: 'Fare', outlier: 'high', of_type: true }, 'Fare is a number and is an outlier above 65.63'],
])('%j', (condition, sentence) => expect(words(condition)).toBe(sentence));
