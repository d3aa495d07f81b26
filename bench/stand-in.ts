// Until the command is there: the file through the engine, as the command will do it.
import { createReadStream } from 'node:fs';
import { SpillFile } from '../src/infra/spill-file.ts';
import { profileDataset } from '../src/processing/profile.ts';
import { buildReport, reportText } from '../src/report/report.ts';

const file = process.argv[2]!;
using spill = new SpillFile();
const source = createReadStream(file, { highWaterMark: 1 << 20 });
const profile = await profileDataset(source, { format: file.endsWith('.csv') ? 'csv' : 'json', spill });
process.stdout.write(reportText(buildReport(profile)));
