// Every fact of the report but the evidence rows, with polars as fast as we know how: types by the first 10,000 rows
// and by the whole file when that reading fails, few expressions over many columns (an Expr takes the package half a
// millisecond to make), a grouping a column and all of them at once, SQL where every column has bounds of its own.
import { BINS, fences, file, format, NULLS, peer, print } from './shape.mjs';

const pl = peer('nodejs-polars');
const { col } = pl;

function read(inferSchemaLength) {
  if (format === 'csv') return pl.readCSV(file, { nullValues: NULLS, inferSchemaLength });
  if (format === 'ndjson') return pl.scanJson(file, { inferSchemaLength }).collectSync();
  return pl.readJSON(file, { format: 'json', inferSchemaLength });
}
let frame;
try {
  frame = read(10_000);
} catch {
  frame = read(null);
}
const names = frame.columns; // asked once: each time it is made anew
const typesOf = () => new Map(frame.dtypes.map((type, i) => [names[i], type.variant]));
let types = typesOf();
const isText = (name) => ['String', 'Utf8'].includes(types.get(name));

const FORMS = [
  { pattern: /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/, type: pl.Datetime, format: '%Y-%m-%d %H:%M:%S' },
  { pattern: /^\d{4}-\d\d-\d\d$/, type: pl.Date, format: '%Y-%m-%d' },
];
const stamps = [];
for (const name of names.filter(isText)) {
  const sample = frame.getColumn(name).dropNulls().head(1_000).toArray();
  const fits = ({ pattern }) => sample.filter((text) => pattern.test(text)).length >= 0.95 * sample.length;
  const form = sample.length > 0 && FORMS.find(fits);
  if (form) stamps.push({ name, read: col(name).str.strptime(form.type, form.format).alias(name) });
}
if (stamps.length > 0) {
  // what 95 % of the whole column do not agree with stays text
  const parsed = frame.select(...stamps.map((stamp) => stamp.read));
  const kept = stamps.filter(
    ({ name }) => parsed.getColumn(name).nullCount() - frame.getColumn(name).nullCount() <= 0.05 * frame.height,
  );
  if (kept.length > 0) frame = frame.withColumns(...kept.map(({ name }) => parsed.getColumn(name)));
  types = typesOf();
}

const numbers = names.filter((name) => /^U?Int\d+$|^Float\d+$/.test(types.get(name)));
const texts = names.filter(isText);
const dated = stamps.map(({ name }) => name).filter((name) => !isText(name));
const aggregates = [pl.cols(names).nullCount().prefix('nulls ')];
if (numbers.length > 0) {
  const all = pl.cols(numbers);
  aggregates.push(
    all.min().prefix('min '),
    all.max().prefix('max '),
    all.mean().prefix('mean '),
    all.std().prefix('std '),
    all.quantile(0.25, 'linear').prefix('q1 '),
    all.quantile(0.5, 'linear').prefix('median '),
    all.quantile(0.75, 'linear').prefix('q3 '),
  );
}
if (texts.length > 0) {
  const lengths = pl.cols(texts).str.lengths();
  aggregates.push(
    lengths.min().prefix('shortest '),
    lengths.max().prefix('longest '),
    lengths.mean().prefix('length '),
  );
}
if (dated.length > 0) aggregates.push(pl.cols(dated).min().prefix('first '), pl.cols(dated).max().prefix('last '));

const TIMES = 'times counted';
const length = pl.len().alias(TIMES);
const times = col(TIMES);
async function counted(name) {
  const groups = await frame.select(name).lazy().groupBy(name).agg(length).collect();
  const values = groups.dropNulls(name);
  const top = await values.select(times).lazy().sort(times, true).limit(10).collect();
  return { distinct: values.height, top: top.getColumn(TIMES).toArray() };
}
const [first, ...counts] = await Promise.all([
  frame
    .lazy()
    .select(...aggregates)
    .collect(),
  ...names.map(counted),
]);
const row = first.row(0);
const facts = Object.fromEntries(first.columns.map((fact, i) => [fact, row[i]]));

const TOGETHER = 100;
const sql = pl.SQLContext({ t: frame });
const ask = (query) => sql.execute(query, { eager: true });
const known = numbers.filter((name) => facts[`q1 ${name}`] !== null);
const quoted = (name) => `"${name.replaceAll('"', '""')}"`;
const isOutlier = (name) => {
  const [low, high] = fences(facts[`q1 ${name}`], facts[`q3 ${name}`]);
  const c = quoted(name);
  return `SUM(CASE WHEN ${c} < ${low} OR ${c} > ${high} THEN 1 ELSE 0 END) AS ${c}`;
};
const outliers = [];
for (let at = 0; at < known.length; at += TOGETHER)
  outliers.push(
    ...ask(
      `SELECT ${known
        .slice(at, at + TOGETHER)
        .map(isOutlier)
        .join(', ')} FROM t`,
    ).row(0),
  );
const histograms = known.map((name) => {
  const low = facts[`min ${name}`];
  const width = (facts[`max ${name}`] - low) / BINS || 1;
  const c = quoted(name);
  const bins = ask(
    `SELECT LEAST(${BINS - 1}, FLOOR((${c} - ${low}) / ${width})) AS bin, COUNT(*) AS times
     FROM t WHERE ${c} IS NOT NULL GROUP BY bin`,
  );
  const counts = Array(BINS).fill(0);
  for (const [bin, times] of bins.rows()) counts[bin] = times;
  return counts;
});

// rows by two hashes of 64 bits: much cheaper than the rows themselves
const hashes = pl.DataFrame({ one: frame.hashRows(1), two: frame.hashRows(2) });
const duplicates = frame.height - hashes.unique().height;

const places = new Map(known.map((name, at) => [name, at]));
print({
  rows: frame.height,
  duplicates,
  columns: names.map((name, i) => {
    const column = { name, nulls: facts[`nulls ${name}`], ...counts[i] };
    const at = places.get(name);
    if (at !== undefined) {
      for (const fact of ['min', 'max', 'mean', 'std', 'q1', 'median', 'q3']) column[fact] = facts[`${fact} ${name}`];
      column.outliers = outliers[at];
      column.histogram = histograms[at];
    } else if (isText(name)) {
      column.length = {
        min: facts[`shortest ${name}`],
        max: facts[`longest ${name}`],
        mean: facts[`length ${name}`],
      };
    }
    return column;
  }),
});
