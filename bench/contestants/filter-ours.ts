// The rows of a file for which a condition holds, by the engine as the service runs it: the report is there already.
import { readFileSync } from 'node:fs';
import { KEPT, useKeptKernel } from '../../src/infra/engine/kernel-cache.ts';
import { openSource } from '../../src/infra/engine/source.ts';
import { SpillFile } from '../../src/infra/engine/spill-file.ts';
import { filterRows } from '../../src/processing/filter-rows.ts';
import { filterColumns } from '../../src/report/filter-columns.ts';
import { readReport } from '../../src/report/report-text.ts';

const [file, reportFile, where, first] = process.argv.slice(2) as [string, string, string, string];
const report = readReport(readFileSync(reportFile, 'utf8'));
useKeptKernel(KEPT.text);
const before = process.cpuUsage();
using spill = new SpillFile();
const dataset = {
  open: () => openSource(file, new AbortController().signal).bytes,
  file: { ...report.file, format: String(report.file.format) },
  columns: filterColumns(report),
};
const isCount = first === 'count';
const options = isCount ? { first: 0, countsAll: true } : first === 'all' ? {} : { first: Number(first) };
let found = 0;
for await (const { rows, matched } of filterRows(dataset, JSON.parse(where), { ...options, spill }))
  found = isCount ? matched : found + rows.length;
const { user, system } = process.cpuUsage(before);
console.log(found, (user + system) / 1e6);
