// Every fact of the report but the evidence rows, with DuckDB: types by its sample and by the whole file when that
// reading fails, then queries over twenty columns at a time (one of thousands of expressions takes many times longer).
import { BINS, fences, file, format, NULLS, peer, print } from './shape.mjs';

const { DuckDBInstance } = peer('@duckdb/node-api');
const db = await (await DuckDBInstance.create(':memory:')).connect();
const rowsOf = async (sql) => (await db.runAndReadAll(sql)).getRowsJS();

const text = (value) => `'${value.replaceAll("'", "''")}'`;
const quoted = (name) => `"${name.replaceAll('"', '""')}"`;
const options =
  format === 'csv'
    ? `header = true, nullstr = [${NULLS.map(text)}]`
    : `format = ${text(format === 'json' ? 'array' : 'newline_delimited')}`;
const reader = (more) => `${format === 'csv' ? 'read_csv' : 'read_json'}(${text(file)}, ${options}${more})`;
try {
  await db.run(`CREATE TABLE t AS SELECT * FROM ${reader('')}`);
} catch {
  await db.run(`CREATE TABLE t AS SELECT * FROM ${reader(', sample_size = -1')}`);
}

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*)$/;
const columns = (await rowsOf('DESCRIBE t')).map(([name, type]) => ({
  name,
  c: quoted(name),
  isNumber: NUMBER.test(type),
  isText: type === 'VARCHAR',
  isStamp: type === 'DATE' || type.startsWith('TIMESTAMP'),
}));

const TOGETHER = 20;
/** One row of answers for each column, the columns asked in groups. @param expressions of a column, in SQL */
async function ask(some, expressions) {
  const answers = [];
  for (let at = 0; at < some.length; at += TOGETHER) {
    const asked = some.slice(at, at + TOGETHER).map(expressions);
    const [row] = await rowsOf(`SELECT ${asked.flat().join(', ')} FROM t`);
    for (const { length } of asked) answers.push(row.splice(0, length));
  }
  return answers;
}

const [[rowCount]] = await rowsOf('SELECT count(*) FROM t');
const rows = Number(rowCount);
const first = await ask(columns, ({ c, isNumber, isText, isStamp }) => [
  `count(${c})`,
  ...(isNumber || isStamp ? [`min(${c})`, `max(${c})`] : []),
  ...(isNumber ? [`avg(${c})`, `stddev_samp(${c})`, `quantile_cont(${c}::DOUBLE, [0.25, 0.5, 0.75])`] : []),
  ...(isText ? [`min(length(${c}))`, `max(length(${c}))`, `avg(length(${c}))`] : []),
]);
const facts = columns.map(({ name, c, isNumber, isText }, i) => {
  const [count, ...rest] = first[i];
  const fact = { name, c, nulls: rows - Number(count) };
  if (count === 0n) return fact;
  if (isNumber) {
    const [min, max, mean, std, quartiles] = rest;
    const [q1, median, q3] = quartiles;
    Object.assign(fact, { min: Number(min), max: Number(max), mean, std, q1, median, q3 });
  } else if (isText) {
    const [min, max, mean] = rest;
    fact.length = { min: Number(min), max: Number(max), mean };
  }
  return fact;
});

const numbers = facts.filter(({ q1 }) => q1 !== undefined);
const second = await ask(numbers, ({ c, min, max, q1, q3 }) => {
  const [low, high] = fences(q1, q3);
  const bin = `least(${BINS - 1}, floor((${c}::DOUBLE - ${min}::DOUBLE) / ${(max - min) / BINS || 1}::DOUBLE))`;
  return [
    `count(*) FILTER (${c}::DOUBLE < ${low}::DOUBLE OR ${c}::DOUBLE > ${high}::DOUBLE)`,
    `histogram(${bin}::TINYINT)`,
  ];
});
for (const [i, fact] of numbers.entries()) {
  const [outliers, bins] = second[i];
  fact.outliers = outliers;
  fact.histogram = Array(BINS).fill(0);
  for (const { key, value } of bins) fact.histogram[key] = value;
}

for (const fact of facts) {
  const top = await rowsOf(
    `WITH g AS (SELECT count(*) n FROM t WHERE ${fact.c} IS NOT NULL GROUP BY ${fact.c})
     SELECT n, (SELECT count(*) FROM g) FROM g ORDER BY n DESC LIMIT 10`,
  );
  fact.distinct = top[0]?.[1] ?? 0;
  fact.top = top.map(([times]) => times);
  delete fact.c;
}
// not by hash(): of several columns it collides
const [[unique]] = await rowsOf('SELECT count(*) FROM (SELECT DISTINCT * FROM t)');
print({ rows, duplicates: rows - Number(unique), columns: facts });
