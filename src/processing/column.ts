import { type Extreme, Extremes } from './extremes.ts';
import { EXAMPLES } from './limits.ts';
import { outliersOf } from './outliers.ts';
import type { ColumnFacts, ColumnType, NumericFacts, Value } from './profile-types.ts';
import { meanOf, Sum } from './sum.ts';
import { kindOf } from './value-type.ts';

const FIRST_VALUES = 64;

/** What is known of a column while rows come in: counts by kind, and its numbers (8 bytes each, twice that while growing). */
export class Column {
  readonly name: string;
  nulls = 0;
  #integers = 0;
  #decimals = 0;
  #codes = 0;
  #booleans = 0;
  #dates = 0;
  #datetimes = 0;
  #json = 0;
  #text = 0;
  #values = new Float64Array(FIRST_VALUES);
  #count = 0;
  readonly #sum = new Sum();
  #min: Extreme | undefined;
  #max: Extreme | undefined;
  readonly #largest = new Extremes('largest');
  readonly #smallest = new Extremes('smallest');

  constructor(name: string) {
    this.name = name;
  }

  /** A non-null value, trimmed. */
  add(trimmed: string, row: number): void {
    switch (kindOf(trimmed)) {
      case 'integer':
        this.#integers++;
        this.#number(trimmed, row, true);
        break;
      case 'decimal':
        this.#decimals++;
        this.#number(trimmed, row, false);
        break;
      case 'code':
        this.#codes++;
        break;
      case 'boolean':
        this.#booleans++;
        break;
      case 'date':
        this.#dates++;
        break;
      case 'datetime':
        this.#datetimes++;
        break;
      default:
        this.#text++;
    }
  }
  addBoolean(): void {
    this.#booleans++;
  }
  addNested(): void {
    this.#json++;
  }

  #number(text: string, row: number, integer: boolean): void {
    if (this.#codes > 0) return; // a column with one code is text: its numbers are not wanted
    const value = Number(text);
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#count * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = value;
    this.#sum.add(value);
    const isMin = !this.#min || value <= this.#min.value;
    const isMax = !this.#max || value >= this.#max.value;
    if (!isMin && !isMax && !this.#largest.wants(value) && !this.#smallest.wants(value)) return;
    const exact: Value = integer && !Number.isSafeInteger(value) ? BigInt(text) : value === 0 ? 0 : value;
    const entry = { row, value, exact };
    // doubles that are equal may stand for integers that are not
    if (isMin && (!this.#min || value < this.#min.value || exact < this.#min.exact)) this.#min = entry;
    if (isMax && (!this.#max || value > this.#max.value || exact > this.#max.exact)) this.#max = entry;
    if (this.#largest.wants(value)) this.#largest.add(entry);
    if (this.#smallest.wants(value)) this.#smallest.add(entry);
  }

  /** At least 95 % of the non-null values must agree; one code makes numbers text; any datetime among dates makes datetimes. */
  type(): ColumnType {
    const numbers = this.#integers + this.#decimals + this.#codes;
    const dates = this.#dates + this.#datetimes;
    const all = numbers + dates + this.#booleans + this.#json + this.#text;
    if (all === 0) return 'empty';
    const most = (matching: number) => matching * 100 >= all * 95;
    if (most(numbers)) return this.#codes > 0 ? 'text' : this.#decimals > 0 ? 'decimal' : 'integer';
    if (most(this.#booleans)) return 'boolean';
    if (most(dates)) return this.#datetimes > 0 ? 'datetime' : 'date';
    return most(this.#json) ? 'json' : 'text';
  }

  facts(name: string, rowCount: number, present: number): ColumnFacts {
    const type = this.type();
    const numeric = type === 'integer' || type === 'decimal' ? this.#numericFacts() : undefined;
    return { name, type, nullCount: this.nulls + rowCount - present, numeric } as ColumnFacts;
  }

  #numericFacts(): NumericFacts {
    const values = this.#values.subarray(0, this.#count);
    const mean = meanOf(values, this.#sum);
    values.sort();
    const { count, lowerFence, upperFence } = outliersOf(values);
    const distance = ({ value }: Extreme) => (value > upperFence ? value - upperFence : lowerFence - value);
    // a short column's value can be among the largest and the smallest at once
    const outside = [
      ...new Map([...this.#largest.entries, ...this.#smallest.entries].map((entry) => [entry.row, entry])).values(),
    ];
    const examples = outside
      .filter(({ value }) => value > upperFence || value < lowerFence)
      .sort((a, b) => (distance(a) === distance(b) ? a.row - b.row : distance(b) > distance(a) ? 1 : -1)) // may be infinite
      .slice(0, EXAMPLES)
      .map(({ row, exact }) => ({ row, value: exact }));
    return {
      min: this.#min!.exact,
      max: this.#max!.exact,
      mean: mean === 0 ? 0 : mean,
      outliers: { count, lowerFence: lowerFence || 0, upperFence: upperFence || 0, examples },
    } as NumericFacts;
  }
}
