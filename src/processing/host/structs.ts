// Rows of doubles in the kernel's memory that have a class in kernel/border/layout.ts. The order of a class's fields is
// that of the doubles: JavaScript keeps the order in which fields are declared, as the kernel's compiler does.

/** Bytes of one. */
export const bytesOf = (layout: new () => object): number => Object.keys(new layout()).length * 8;

/** @param doubles gives `count` doubles from where the struct begins */
export function readStruct<T extends object>(layout: new () => T, doubles: (count: number) => Float64Array): T {
  const struct = new layout();
  const names = Object.keys(struct);
  const values = doubles(names.length);
  names.forEach((name, i) => {
    (struct as Record<string, number>)[name] = values[i]!;
  });
  return struct;
}
/** @param struct made by its class, so that its fields are in order */
export function writeStruct(struct: object, doubles: (count: number) => Float64Array): void {
  const values: number[] = Object.values(struct);
  doubles(values.length).set(values);
}
