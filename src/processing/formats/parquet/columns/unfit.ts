import { TAKEN } from '../../../kernel/border/parquet.ts';

/** The file has something that the kernel does not read: it is read as JSON, and a failure is described there. */
export class Unfit extends Error {}

/** @throws Unfit unless the kernel has taken what it was given */
export function must(status: number): void {
  if (status !== TAKEN) throw new Unfit();
}
