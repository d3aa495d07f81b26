// The same by DuckDB: right from the file, as a user of it would ask.
import { peer } from './shape.mjs';

const { DuckDBInstance } = peer('@duckdb/node-api');
const [file, , where, first] = process.argv.slice(2);
const db = await (await DuckDBInstance.create(':memory:')).connect();
const table = `${file.endsWith('.csv') ? 'read_csv' : 'read_json'}('${file.replaceAll("'", "''")}'${
  file.endsWith('.csv') ? ", header = true, nullstr = ['', 'NA']" : ''
})`;
const what = first === 'count' ? 'count(*)' : '*';
const limit = first === 'count' || first === 'all' ? '' : ` LIMIT ${first}`;
const before = process.cpuUsage();
const result = await db.stream(`SELECT ${what} FROM ${table} WHERE ${where}${limit}`);
let found = 0;
for (let chunk = await result.fetchChunk(); chunk?.rowCount > 0; chunk = await result.fetchChunk())
  found = first === 'count' ? Number(chunk.getRows()[0][0]) : found + chunk.getRows().length;
const { user, system } = process.cpuUsage(before);
console.log(found, (user + system) / 1e6);
