import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RowCondition } from '../../../../src/processing/row-conditions.ts';
import { renderPage } from '../../../../src/report/html/page.ts';
import { readReport } from '../../../../src/report/report-text.ts';
import { filtered, rowsWhere } from '../../../support/filtered.ts';
import { profileText } from '../../../support/profile-text.ts';
import { troubledCsv } from '../../../support/troubled-csv.ts';

const known = (name: string) => readFileSync(`node_modules/vega-datasets/data/${name}`);
const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const plain = (markup: string) =>
  markup.replace(/<[^>]*>/g, '').replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]!);

interface Link {
  label: string;
  where: RowCondition;
}
/** The links of a page to rows by condition, each once. */
function linksOf(page: string): Link[] {
  const links = [...page.matchAll(/<a href="rows\?where=([^"]+)">(.*?)<\/a>/gs)].map(([, where, label]) => ({
    label: plain(label!),
    where: JSON.parse(decodeURIComponent(plain(where!))) as RowCondition,
  }));
  return [...new Map(links.map((link) => [JSON.stringify(link), link])).values()];
}

/** Links whose label is a value: the least or the greatest. */
const isEnd = ({ gte, lte }: RowCondition) => (gte === undefined) !== (lte === undefined);

describe('every count is a link to exactly its rows', () => {
  test.each<[string, Buffer, string]>([
    ['troubled.csv', Buffer.from(troubledCsv()), 'csv'],
    ['cars.json', known('cars.json'), 'json'],
    ['seattle-weather.csv', known('seattle-weather.csv'), 'csv'],
    ['penguins.json', known('penguins.json'), 'json'],
    ['airports.csv', known('airports.csv'), 'csv'],
  ])('%s', async (name, bytes, format) => {
    const page = renderPage(readReport(await profileText(bytes, format)), name);
    const dataset = await filtered(bytes, format);
    const links = linksOf(page);
    expect(links.length).toBeGreaterThan(15);
    for (const { label, where } of links) {
      const { matched } = await rowsWhere(dataset, where);
      const count = (/^[\d,]+/.exec(label)?.[0] ?? /\(([\d,]+)\)$/.exec(label)?.[1])?.replaceAll(',', '');
      const isCounted = count !== undefined && !isEnd(where);
      // of a group all rows are shown, and a label is the number of all of them: "4 times"
      if (isCounted) expect(matched, `${label}: ${JSON.stringify(where)}`).toBe(Number(count));
      else expect(matched, `${label}: ${JSON.stringify(where)}`).toBeGreaterThan(0);
    }
  });
});
