import { describe, expect, test } from 'vitest';
import type { ReadOptions } from '../../../src/processing/options/read-options.ts';
import { profileDataset } from '../../../src/processing/profile.ts';
import { buildReport } from '../../../src/report/build-report.ts';
import { renderPage } from '../../../src/report/html/page.ts';
import { reportMarkdown } from '../../../src/report/markdown.ts';
import { reportTerminal } from '../../../src/report/terminal/terminal.ts';

async function suggestions(text: string | Buffer, format = 'csv', readOptions: ReadOptions = {}) {
  const bytes = Buffer.from(text as string);
  const source = (async function* () {
    yield bytes;
  })();
  return buildReport(await profileDataset(source, { format, readOptions })).suggestions ?? [];
}
/** Rows `from` to `to`, each made of its number. */
const rows = (count: number, row: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${row(i + 1)}\n`).join('');
const repeated = (values: string[], times = 4) =>
  `id;v\n${rows(values.length * times, (i) => `${i};${values[i % values.length]}`)}`;
const POINTS = { decimal: ',', thousands: '.' };
const many = (from: number) => rows(60, (i) => `${from + i},n${i},c${i % 3}`);
const swallowed = `id,name,city\n${many(0)}61,"n61,c0\n${many(61)}122,n122",c3\n${many(122)}`;

const NINES = { more_null_tokens: ['-9999'] };

const quarters = rows(6, (i) => `R${i},${i},${i * 2},3,4`);

/** What is proposed, and what looks like it and is not. */
const EXAMPLES: Record<string, { true: [string | Buffer, unknown][]; false: (string | Buffer)[] }> = {
  decimal_comma: {
    true: [
      [repeated(['1,5', '22,75', '3,0']), { decimal: ',' }],
      [repeated(['1.234,56', '12,5', '3.000.000,01']), { decimal: ',', thousands: '.' }],
      [`id;v;w\n${rows(12, (i) => `${i};${i},5;${i},234`)}`, { decimal: ',' }],
      [`id;v;w\n${rows(40, (i) => `${i};${i % 3 ? `${i},5` : '-'}`)}`, { decimal: ',', more_null_tokens: ['-'] }],
    ],
    false: [
      repeated(['1.5', '2.5']),
      repeated(['a,5', 'b,5']),
      repeated(['1,5', 'x', 'y']),
      repeated(['1,234', '5,678']),
      `part;related_ids\n${rows(20, (i) => `p${i};${20 + i},${31 + i}`)}`,
      // another column has decimals with a point, or commas between thousands
      `id;v;w\n${rows(12, (i) => `${i};${i},5;${i}.25`)}`,
      `id;v;w\n${rows(40, (i) => `${i};${i},5;${i < 40 ? '' : '1,'}${10 + i},234`)}`,
    ],
  },
  thousands: {
    true: [
      [repeated(['1,234', '5,678,901', '12']), { thousands: ',' }],
      [repeated(["1'234", "5'678.5"]), { thousands: "'" }],
      [repeated(['1 234', '5 678 901']), { thousands: ' ' }],
      [repeated(['1.200', '3.450', '950', '640']), { decimal: ',', thousands: '.' }],
      [`town;people\n${rows(30, (i) => `t${i};${i % 2 ? 137 + i * 23 : `${1 + (i % 9)}.${200 + i * 10}`}`)}`, POINTS],
      [`order id;v\n${rows(12, (i) => `1,${100 + i};x`)}`, { thousands: ',' }],
      // prices and towns of seven digits each, and of more that are round
      [`house;price\n${rows(12, (i) => `h${i};${i % 9 || 1} ${400 + i * 7} 000`)}`, { thousands: ' ' }],
      [
        `town;people\n${rows(12, (i) => `t${i};${i % 9 || 1}\u00a0${400 + i * 7}\u00a0${311 + i}`)}`,
        { thousands: '\u00a0' },
      ],
      [`item;budget\n${rows(12, (i) => `n${i};${10 + i} ${400 + i * 7} 000`)}`, { thousands: ' ' }],
    ],
    false: [
      repeated(['1234', '5678']),
      repeated(['1.25', '3.5', '950']),
      repeated(['1,2', '3,4']),
      `part;ids\n${rows(20, (i) => `p${i};${657 + i},${388 + i}`)}`,
      // telephones, companies, and a column of them beside numbers
      `name;phone\n${rows(12, (i) => `n${i};555 12${i % 10} 4${10 + i}`)}`,
      `name;siren\n${rows(12, (i) => `n${i};${550 + i} 100 ${554 - i}`)}`,
      `name;v;phone\n${rows(12, (i) => `n${i};${i} 250;555 12${i % 10} 4${10 + i}`)}`,
      `name;dni\n${rows(12, (i) => `n${i};${20 + i} ${400 + i * 7} ${311 + i}`)}`,
      // marks, laps and kilometres with one whole number, means of thirds, full marks
      `student;gpa\n${rows(30, (i) => `s${i};${1 + (i % 3)}.${311 + i * 9}`)}s31;4\n`,
      `lap;seconds\n${rows(30, (i) => `s${i};${58 + i}.${310 + i * 10}`)}s31;0\n`,
      `leg;km\n${rows(30, (i) => `s${i};${1 + i}.${310 + i * 10}`)}s31;5\ns32;12\n`,
      `dose;mean\n${rows(30, (i) => `d${i};${118 + (i % 9)}${['.330', '.667', ''][i % 3]}`)}`,
      `dose;value\n${rows(30, (i) => `d${i};${i % 4 ? `${i}.250` : 150}`)}`,
      // points that are decimals in another column
      `id;v;w\n${rows(12, (i) => `${i};${i % 3 ? `${i}.${i}00` : i * 7};${i}.25`)}`,
    ],
  },
  date_order: {
    true: [
      [repeated(['31.12.2025', '01.02.2024']), { date_order: 'DMY' }],
      [repeated(['12/31/2025', '1/2/2024']), { date_order: 'MDY' }],
      [repeated(['1/2/2024', '3/4/2024']), { date_order: 'DMY' }], // or MDY
      [repeated(['2024/05/31', '2024/6/1']), { date_order: 'YMD' }],
      // the rows follow in time: months of two years, days of three months
      [`d;v\n${rows(24, (i) => `${(i % 12) + 1}/1/${(2020 + i / 12) | 0};${i}`)}`, { date_order: 'MDY' }],
      [`d;v\n${rows(24, (i) => `${(i % 8) + 4}/${(i / 8 + 1) | 0}/2024;${i}`)}`, { date_order: 'DMY' }],
    ],
    false: [
      repeated(['2025-12-31', '2024-01-02']),
      repeated(['12/31/2025', '31/12/2025']),
      repeated(['1.2.3', '1.10.4']),
      `device;firmware\n${rows(20, (i) => `d${i};1.${(i % 12) + 1}.2024`)}`,
      // versions would become dates as well
      `d;v\n${rows(12, (i) => `${12 + i}.05.2024;1.2.${10 + i}`)}`,
    ],
  },
  no_header: {
    true: [
      ['1,2.5,oslo\n2,3.5,rome\n3,4.5,bonn\n', { header: false }],
      ['2024-01-01,7\n2024-01-02,9\n2024-01-03,8\n', { header: false }],
      [`oslo,ann\n${'oslo,bob\nrome,ann\nbonn,cai\n'.repeat(2)}`, { header: false }],
      [`A title\n\n${rows(9, (i) => `x${i};${i}.5;${i * 2}`)}`, { header: false, skip_rows: 2 }],
      [`anna;31.12.2024\n${rows(9, (i) => `n${i};0${i}.05.2024`)}`, { header: false }],
      [`3;NA;2.5\n${rows(9, (i) => `${i};${i};${i}.5`)}`, { header: false }],
    ],
    false: [
      'id,name\n1,a\n2,b\n3,c\n',
      'country,2019,2020,2021\nno,1,2,3\nse,4,5,6\n',
      'city,name\noslo,ann\nrome,bob\n',
      'id,5\n1,2\n2,3\n',
      // wavelengths, and a header that is there once more
      `400.5,401.7,403.1,404.2\n${rows(9, (i) => `0.${i},0.${10 - i},0.5,0.${i}2`)}`,
      `0.1,0.2,0.4,0.8\n${rows(9, (i) => `0.${i},0.${10 - i},0.5,0.${i}2`)}`,
      `a,b\n${rows(9, (i) => `x${i % 3},y${i % 2}`)}a,b\n${rows(9, (i) => `x${i % 3},y${i % 2}`)}`,
      // split where the decimal comma is: the header is what looks like a title
      `probe; value\n${rows(9, (i) => `P${i}; 3 to ${i},5`)}`,
      'Sales 2024,,\n,,\nregion,q1,q2\nnorth,1.5,7\nsouth,2.5,8\nwest,3.5,9\neast,4,4\n',
    ],
  },
  units_row: {
    true: [
      [`t,depth,temp\n,m,degC\n${rows(6, (i) => `${i},${i}.5,${i}.25`)}`, { header: [1, 2] }],
      [`depth;temp\n(m);(°C)\n${rows(6, (i) => `${i}.5;${i}.25`)}`, { header: [1, 2] }],
      [`depth;temp\nm;hPa\n${rows(6, (i) => `${i},5;${i},25`)}`, { header: [1, 2] }],
    ],
    false: [
      `depth,temp\n1.5,2.5\n${rows(6, (i) => `${i},${i}`)}`,
      `depth,size\nm,M\n${rows(6, (i) => `d${i},L`)}`,
      'name,x,y\nfoo,-,-\nbar,2,3\nbaz,3,4\nqux,4,5\n',
    ],
  },
  header_row: {
    true: [
      // as the World Bank and banks write their files
      [
        `"Data Source","Indicators",\n\n"Last Updated Date","2024-01-01",\n\n` +
          `"Country Name","Country Code","1960","1961",\n${rows(9, (i) => `"C${i}","D${i}","${i * 71}","",`)}`,
        { skip_rows: 4 },
      ],
      [
        `"Kontonummer:";"DE12"\n"Von:";"01.01.2024";\n\n"Buchungstag";"Betrag";"Text"\n` +
          rows(9, (i) => `"0${i}.01.2024";"${i},50";"a${i}"`),
        { skip_rows: 3 },
      ],
      [
        `Umsatzanzeige;Datei vom 1.2.;;;\nIBAN;DE12;;;\n\nTag;Text;Betrag;EUR;EUR\n` +
          rows(9, (i) => `x${i};y${i};${i},50;a;b`),
        { skip_rows: 3 },
      ],
      [
        `station,oslo,,,\nyear,2024,,,\nday,rain,wind,sun,snow\n${rows(9, (i) => `d${i},${i},${i}.5,2020,7`)}`,
        { skip_rows: 2 },
      ],
    ],
    false: [
      // rows of a table, some of which are narrower, and a header in two rows
      `name,v\nfoo,1\n\nbar,2,note,more\n${rows(9, (i) => `x${i},${i}`)}`,
      `,Sales,,Costs,\nRegion,Plan,Actual,Budget,Real\n${rows(9, (i) => `x${i},${i},2,3,4`)}`,
      `Region,Sales,,Costs,\nRegion,Plan,Actual,Budget,Real\n${rows(9, (i) => `x${i},${i},2,3,4`)}`,
      `a,b\n\nx,y,z\n${rows(9, (i) => `u${i},v${i},w${i}`)}`,
      `a,b,c\n1,2,3\n\nx,y,z\n${rows(9, (i) => `${i},${i},${i}`)}`,
    ],
  },
  two_header_rows: {
    true: [
      [`Sales,Sales,Costs\nnorth,south,west wing\n${rows(6, (i) => `${i},${i}.5,${i}.25`)}`, { header: [1, 2] }],
      // names of groups, each once or over all of its columns
      [
        `Region,2023,,2024,\n,Q1,Q2,Q1,Q2\n${quarters}`,
        { header: [1, 2], columns: ['Region', '2023 Q1', '2023 Q2', '2024 Q1', '2024 Q2'] },
      ],
      [`Region,2023,2023,2024,2024\n,Q1,Q2,Q1,Q2\n${quarters}`, { header: [1, 2] }],
      [`,Sales,Sales,Costs,Costs\nRegion,Plan,Actual,Plan,Actual\n${quarters}`, { header: [1, 2] }],
      [
        `Region,Sales,Sales,Costs,Costs\nRegion,Plan,Actual,Plan,Actual\n${quarters}`,
        { header: [1, 2], columns: ['Region', 'Sales Plan', 'Sales Actual', 'Costs Plan', 'Costs Actual'] },
      ],
      [
        `Region,Chief,Sales,,Costs\n,,Plan,Actual,Plan\n${rows(6, (i) => `x${i},y,${i},2,3`)}`,
        { header: [1, 2], columns: ['Region', 'Chief', 'Sales Plan', 'Sales Actual', 'Costs Plan'] },
      ],
      [
        `Year,Sales,,Costs\n,Plan,Actual,Plan\n${rows(6, (i) => `${2000 + i},${i},2,3`)}`,
        { header: [1, 2], columns: ['Year', 'Sales Plan', 'Sales Actual', 'Costs Plan'] },
      ],
      [
        `Country,Rate,,\n,2019,2020,2021\n${rows(6, (i) => `x${i},${i}.5,${i},3`)}`,
        { header: [1, 2], columns: ['Country', 'Rate 2019', 'Rate 2020', 'Rate 2021'] },
      ],
      [
        `Land;Stand;\n;31.12.2020;31.12.2021\n${rows(6, (i) => `x${i};${i},5;${i}`)}`,
        { header: [1, 2], columns: ['Land', 'Stand 31.12.2020', 'Stand 31.12.2021'] },
      ],
      [
        `,,Age,,\nQuestion,Answer,All,18-24,25+\n${rows(6, (i) => `x${i},y,${i}%,${i}%,3%`)}`,
        { header: [1, 2], columns: ['Question', 'Answer', 'Age All', 'Age 18-24', 'Age 25+'] },
      ],
      [
        `,,Costs,\n,Shop,Plan,Actual\n${rows(6, (i) => `${i},x${i},$${i}.50,$${i}.25`)}`,
        { header: [1, 2], columns: ['column_1', 'Shop', 'Costs Plan', 'Costs Actual'] },
      ],
      // pandas: the index has its name in a row of its own
      [`,2021,2021\n,Won,Lost\nTeam,,\n${rows(6, (i) => `t${i},${i},${i * 2}`)}`, { header: [1, 2, 3] }],
      [
        `,2021,\n,Won,Lost\nTeam,,\n${rows(6, (i) => `t${i},${i},${i * 2}`)}`,
        { header: [1, 2, 3], columns: ['Team', '2021 Won', '2021 Lost'] },
      ],
      [
        `Body,Kind,Staff,,,,Cost\n,,AO,,EO,,\n,,Count,FTE,Count,FTE,Pay\n` +
          rows(6, (i) => `b${i},k,${i},${i}.5,3,2.5,${i}`),
        {
          header: [1, 2, 3],
          columns: ['Body', 'Kind', 'Staff AO Count', 'Staff AO FTE', 'Staff EO Count', 'Staff EO FTE', 'Cost Pay'],
        },
      ],
      // types, and a survey's questions and ids
      [
        `id,name,age\nint,string,int\n${rows(6, (i) => `${i},n${i},${20 + i}`)}`,
        { header: 2, columns: ['id', 'name', 'age'] },
      ],
      [
        `Id,Like it?,Which?,,Why?\n,Response,Tea,Coffee,Open-Ended Response\n` +
          rows(6, (i) => `R${i},yes,Tea,,so ${i}`),
        { header: [1, 2], columns: ['Id', 'Like it?', 'Which? Tea', 'Which? Coffee', 'Why?'] },
      ],
      [
        `Id,Q1\nResponse ID,"How old,\nin years?"\n"{""ImportId"":""_id""}","{""ImportId"":""Q1""}"\n` +
          rows(6, (i) => `R_${i},${20 + i}`),
        { header: 3, columns: ['Id', 'Q1'] },
      ],
    ],
    false: [
      `a,b,c\nx,y,z\n${rows(6, () => 'x,y,z')}`,
      `a,b,c\nx,,z\n${rows(6, (i) => `${i},${i},${i}`)}`,
      `a,b,c\nx,Response,Response\n${rows(6, () => 'x,y,Response')}`,
      // a first row without values
      `sample,As,Pb\nblank,<LOD,<LOQ\n${rows(6, (i) => `C${i},${i},2${i}`)}`,
      `judge,first,second\nAnn,absent,absent\n${rows(6, (i) => `C${i},${i},2${i}`)}`,
      `judge,first,second\n,absent,ill\n${rows(6, (i) => `C${i},${i},2${i}`)}`,
      `Region,Sales,Sales\nx,n/a,n/a\n${rows(6, (i) => `C${i},${i},2${i}`)}`,
      `day,temp,wind\n2020-01-01,broken,missing\n${rows(6, (i) => `2020-01-0${i},${i},2${i}`)}`,
      `site,temp,wind\nA,broken,missing\n${rows(6, (i) => `${i % 2 ? 'A' : 'B'},${i},2${i}`)}`,
      `a,b,c\nx,y,z\nfoo,bar,baz\n${rows(6, (i) => `${i},${i},${i}`)}`,
      // an empty row would be counted
      `Region,Sales,,Costs,\n,,,,\n,Plan,Actual,Plan,Actual\n${quarters}`,
      // years that are values
      `Country,Joined,,\n,2019,2020,2021\n${rows(6, (i) => `x${i},200${i},201${i},201${i}`)}`,
      `Country,Rate,,\nx,2019,2020,2021\n${rows(6, (i) => `x${i},${i}.5,${i},3`)}`,
      `Country,a,b,c\n,2019,2020,2021\n${rows(6, (i) => `x${i},${i}.5,${i},3`)}`,
      'type,size\nint,float\ntext,date\nint,int\nint,date\n',
    ],
  },
  total_row: {
    true: [
      ['region,q1,q2\nn,1,2\ns,3,4\nw,5,6\nTotal,9,12\n', { skip_footer: 1 }],
      ['region,q1,q2\nn,1,2\ns,3,4\nw,5,6\nall of them,9,12\n', { skip_footer: 1 }],
      ['region;q1;q2\nn;1,5;2\ns;3;4,25\nw;5;6\nSumme;9,5;12,25\n', { skip_footer: 1 }],
      ['region;q1;q2\nn;1,5;2\ns;3;4,25\nw;5;6\nzusammen;9,5;12,25\n', { skip_footer: 1 }],
      ['region,q1,q2\nn,1,2\ns,3,4\nw,5,6\nTotal,9,12\n\nSource: the office\n', { skip_footer: 2 }],
      // of rates, of parts that have sums of their own, of more than is listed, rounded
      ['region,rate\nn,1.5\ns,3.5\nw,2\nTotal,2.25\n', { skip_footer: 1 }],
      ['item,v\na,1\nb,2\nparts,3\nc,4\nd,5\nothers,9\nTotal,12\n', { skip_footer: 1 }],
      ['country,v\na,5\nb,4\nc,3\nTotal,70\n', { skip_footer: 1 }],
      ['part,share\na,33.3\nb,33.3\nc,33.3\nTotal,100\n', { skip_footer: 1 }],
    ],
    false: [
      // more than any other, and less than all of them
      'company,revenue\nBP,5\nShell,6\nEni,4\nTotal,9\n',
      // the same sums twice
      'm,a,b\nj,1,1\nf,1,1\nm,2,2\na,4,4\nx,8,8\n',
      // a category of its own
      `sex,n\n${'men,1\nwomen,2\ntotal,3\n'.repeat(3)}`,
      'region,q1,q2\nn,1,2\ns,3,4\nTotalville,5,6\n',
      'word,kind\na,b\nc,d\ntotal,noun\n',
    ],
  },
  footer_lines: {
    true: [
      ['a,b\n1,2\n3,4\n5,6\nSource: the statistics office\n', { skip_footer: 1 }],
      ['a,b\n1,2\n3,4\n5,6\n\nmade by hand on Monday\nby two people\n', { skip_footer: 2 }],
      ['a,b\n1,2\n3,4\n5,6\n* estimated\n', { skip_footer: 1 }],
      ['a;b\nx;2\ny;4\nz;6\n__________\n© the statistics office, 2024\n', { skip_footer: 2 }],
      ['a,b\n1,2\n3,4\n5,6\n(preliminary figures)\nLast updated 2024-01-02\n', { skip_footer: 2 }],
    ],
    false: [
      // rows that have nothing else yet
      ...['(I Cannot Get No) Satisfaction', 'Note anything else', 'source system', '(no date yet) paint'],
      ...['Notes: any more?', '- nothing yet', 'Updated prices', '(untitled)'],
    ]
      .map((last) => `title,artist\nYesterday,b\nHelp,c\nAngie,d\n${last},\n`)
      .concat([
        'a,b\n1,2\n3,4\n5\n',
        'id;adr\n1;x\n2;y\n3;z\n20 Main St, Springfield\n',
        'a\nNote: one\nNote: two\nSource: x\n',
      ]),
  },
  comment_lines: {
    true: [[`id,v\n1,2\n# sensor changed\n3,4\n5,6\n`, { comment: '#' }]],
    false: [
      '#id,v\n1,2\n3,4\n',
      '# a,b\n1,2\n# x\n3,4\n5,6\n7,8\n',
      'tag,n\n#one,1\n#two,2\n#three,3\n',
      'id,v\n1,#2\n3,#4\n',
      `rate,depth\n%,m\n${rows(6, (i) => `${i}.5,${i}`)}`, // units
    ],
  },
  sentinel_nulls: {
    true: [
      [`v\n${rows(40, (i) => (i % 4 === 0 ? '-999' : `${i}.5`))}`, { more_null_tokens: ['-999'] }],
      [`id,v\n${rows(40, (i) => `${i},${i % 4 === 0 ? '?' : i}`)}`, { more_null_tokens: ['?'] }],
      [`v\n${rows(40, (i) => (i % 4 === 0 ? '9999' : `${i}`))}`, { more_null_tokens: ['9999'] }],
      [`v\n${rows(40, (i) => (i % 4 === 0 ? '-99' : `${i ** 3}`))}`, { more_null_tokens: ['-99'] }],
      [`id,v\n${rows(40, (i) => `${i},${i % 10 < 7 ? '-' : i}`)}`, { more_null_tokens: ['-'] }],
      [`id;v\n${rows(40, (i) => `${i};${i % 3 === 0 ? '-' : `${i},5`}`)}`, { more_null_tokens: ['-'] }],
      [`id,v,w\n${rows(40, (i) => `${i},${i % 3 ? i : '?'},${i % 4 ? i : '..'}`)}`, { more_null_tokens: ['?', '..'] }],
      [`id,v\n${rows(40, (i) => `${i},${i % 3 ? i * 2.5 : '999.9'}`)}`, { more_null_tokens: ['999.9'] }],
      [`id,v\n${rows(40, (i) => `${i},${i % 3 ? `${i - 10}.5` : '-99.9'}`)}`, { more_null_tokens: ['-99.9'] }],
      // rarely, or never anything else, in another column
      [`v,w\n${rows(80, (i) => `${i % 4 ? `${i}.5` : -9999},${i === 7 ? -9999 : i % 20}`)}`, NINES],
      [`v,w\n${rows(80, (i) => `${i % 4 ? `${i}.5` : -9999},-9999`)}`, NINES],
      [`from,v\n${rows(40, (i) => `${i % 9 ? ['N', 'SE', 'W'][i % 3] : -9999},${i % 4 ? `${i}.5` : -9999}`)}`, NINES],
      // the column is one of numbers all the same
      [`id,v\n${rows(40, (i) => `${i},${i === 7 ? '?' : i}`)}`, { more_null_tokens: ['?'] }],
      [`id,v\n${rows(80, (i) => `${i},${i % 30 ? `${i}.5` : '.'}`)}`, { more_null_tokens: ['.'] }],
      // several reasons of an answer that is not there
      [`id,q\n${rows(40, (i) => `${i},${[-99, 1, -88, 2, 3, 4][i % 6]}`)}`, { more_null_tokens: ['-88', '-99'] }],
      [
        `q,r\n${rows(40, (i) => `${[-99, 1, 2, 3][i % 4]},${[4, -88, 5, 6][i % 4]}`)}`,
        { more_null_tokens: ['-99', '-88'] },
      ],
    ],
    false: [
      `v\n${rows(40, (i) => `${i * 300 - 999}`)}`,
      `v\n${rows(40, (i) => (i % 4 === 0 ? '-999' : `-${900 + i}`))}`,
      `v\n${rows(40, (i) => (i % 4 === 0 ? '?' : `word${i}`))}`,
      // a value of another column: a number of its range, a sign, a mark
      `id,v\n${rows(40, (i) => `${9980 + i},${i % 4 === 0 ? '9999' : i}`)}`,
      `strand,v\n${rows(40, (i) => `${i % 2 ? '+' : '-'},${i % 3 ? i : '-'}`)}`,
      `done,v\n${rows(40, (i) => `${i % 2 ? 'x' : 'o'},${i % 3 ? i : 'x'}`)}`,
      `v,w\n${rows(80, (i) => `${i % 4 ? `${i}.5` : -9999},${i === 7 ? -9999 : -9800 + 200 * i}`)}`,
      `v,w\n${rows(80, (i) => `${i % 4 ? `${i}.5` : -9999},${i === 7 ? -9999 : i === 8 ? -19_998 : i}`)}`,
      // prices, and a mark that is seldom
      `id,cents\n${rows(40, (i) => `${i},${[999, 1999, 2999, 9999][i % 4]}`)}`,
      `id,v\n${rows(40, (i) => `${i},${i === 7 ? '*' : i}`)}`,
      `id,v\n${rows(80, (i) => `${i},${i === 7 ? '?' : i === 8 ? 'about 8' : i}`)}`,
      `code,v\n${rows(40, (i) => `${['A', '0999', '9999', '0777'][i % 4]},${i % 4 ? i : 9999}`)}`,
      // -88 is a value where there are others below 0
      `id,v\n${rows(40, (i) => `${i},${[-88, 1, -12, 2, 3, 4][i % 6]}`)}`,
    ],
  },
  encoding: {
    true: [
      [
        Buffer.concat([
          Buffer.from('id,x\n'),
          Buffer.from([0x31, 0x2c, 0xcc, 0xee, 0xf1, 0xea, 0xe2, 0xe0, 10]), // Москва
          Buffer.from([0x32, 0x2c, 0xce, 0xec, 0xf1, 0xea, 10]), // Омск
        ]),
        { encoding: 'windows-1251' },
      ],
      [
        Buffer.concat([
          Buffer.from('id,x\n'),
          Buffer.from([0x31, 0x2c, 0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 10]), // 日本語
          Buffer.from([0x32, 0x2c, 0x93, 0x8c, 0x8b, 0x9e, 10]), // 東京
        ]),
        { encoding: 'shift_jis' },
      ],
      [
        Buffer.concat([
          Buffer.from('id,x\n'),
          Buffer.from([0x31, 0x2c, 0xd6, 0xd0, 0xce, 0xc4, 10]), // 中文
          Buffer.from([0x32, 0x2c, 0xd1, 0xa7, 0xcf, 0xb0, 10]), // 学习
        ]),
        { encoding: 'gb18030' },
      ],
    ],
    false: [Buffer.from('id,x\n1,café\n2,größe\n3,naïve\n4,àéîõü\n', 'latin1'), 'id,x\n1,Москва\n2,Москва\n'],
  },
  codes: {
    true: [
      [`id,part\n${rows(12, (i) => `${i},${i % 3 === 0 ? '5E0' : `${i}0`}`)}`, { types: { part: 'text' } }],
      [`id,zip\n${rows(12, (i) => `${i},${90_000 + i * 7}`)}`, { types: { zip: 'text' } }],
      [`id,Phone number\n${rows(12, (i) => `${i},${5_550_000 + i * 7}`)}`, { types: { 'Phone number': 'text' } }],
      [`id,AccountNo\n${rows(12, (i) => `${i},${81_550_000 + i * 7}`)}`, { types: { AccountNo: 'text' } }],
      [`id,account\n${rows(12, (i) => `${i},${81_550_000 + i * 7}`)}`, { types: { account: 'text' } }],
      [`id,phone\n${rows(12, (i) => `${i},${2_025_550_000 + i * 7}`)}`, { types: { phone: 'text' } }],
      [
        `id,Mobile\n${rows(12, (i) => `${i},49171${i % 2 ? '' : '0'}${234_000 + i * 7}`)}`,
        { types: { Mobile: 'text' } },
      ],
    ],
    false: [
      `id,v\n${rows(12, (i) => `${i},${i}.5e3`)}`,
      `id,zipped\n${rows(12, (i) => `${i},${i * 31}`)}`,
      `id,tel_count\n${rows(12, (i) => `${i},${i * 31_000_000}`)}`,
      `id,mobile users\n${rows(12, (i) => `${i},${i * 31_000_000}`)}`,
      `id,mobile\n${rows(12, (i) => `${i},${i * 31}`)}`,
      // visits, takings, balances, how many
      `week,desktop,mobile\n${rows(12, (i) => `${i},${853_159 + i * 7},${467_853 + i * 9}`)}`,
      `day,cash,card\n${rows(12, (i) => `d${i},${724_929 + i * 7},${1_810_865 + i * 9}`)}`,
      `bank,current account,savings account\n${rows(12, (i) => `b${i},${i * 1_147_487},${i * 2_432_539}`)}`,
      `year,credit card\n${rows(12, (i) => `${2000 + i},${3_787_913 + i * 90_001}`)}`,
      `state,n_zip\n${rows(12, (i) => `s${i},${1072 + i * 7}`)}`,
      `state,number of fax\n${rows(12, (i) => `s${i},${107_200 + i * 7}`)}`,
      `id,v\n${rows(12, (i) => `${i},${i % 3 ? `${i}e5` : '1e3'}`)}`,
      `id,v\n${rows(12, (i) => `${i},1e${i % 6}`)}`,
    ],
  },
  quote: {
    true: [[swallowed, { quote: null }]],
    false: [
      'id,name\n1,"two\nlines"\n2,b\n',
      'id,name\n1,"a"\n2,"b"\n',
      // others are quoted, since they have delimiters
      swallowed.replaceAll(/,n(\d)\d?,/g, ',"n, $1",'),
    ],
  },
  transposed: {
    true: [
      ['name,ann,bob,cai,dan\nage,31,42,53,64\ncity,oslo,rome,bonn,bern\n', {}],
      ['name,ann,bob,cai\nage,31,42,53\nsize,1,2,3\ncity,oslo,rome,rome\nteam,a,a,b\n', {}],
    ],
    false: [
      // a lone row of absences, grades or names
      'judge,one,two,three,four\nAnn,8,9,8,7\nBob,7,7,6,5\nCy,absent,absent,absent,absent\n',
      'feature,basic,plus,pro\nprice,5,10,20\nusers,1,5,10\nsupport,mail,mail,phone\n',
      'param,jan,feb,mar,apr\nrain,10,20,30,40\nwind,low,high,low,none\n',
      'name,width,type,value,note\ndate,,,2016-01-06,\nregion,,,East,\nunits,,,95,\ncost,,,1.99,\n',
      `Group,a,b,c,d\nRegion,w,x,y,z\n${rows(2, (i) => `x${i},1,2,3,4`)}`,
      `name,a,b,c\n,kg,m,s\n${rows(4, (i) => `x${i},${i},2,3`)}`,
      'name,a,b,c\nx,1,2,3\ny,4,5,6\n',
      'name,a,b,c\nx,1,p,3\ny,4,q,6\n',
    ],
  },
};

describe.each(Object.entries(EXAMPLES))('%s', (code, examples) => {
  test.each(examples.true.map(([text, options]) => ({ text, options })))('is proposed: $options', async ({
    text,
    options,
  }) => {
    const found = (await suggestions(text)).filter((suggestion) => suggestion.code === code);
    expect(found.map((suggestion) => suggestion.options)).toEqual([options]);
    expect(found[0]!.message).toMatch(/\S/);
    if (Object.keys(found[0]!.options).length === 0) return;
    const followed = await suggestions(text, 'csv', found[0]!.options);
    expect(followed.map((suggestion) => suggestion.code)).not.toContain(code);
  });
  test.each(examples.false.map((text, i) => ({ i, text })))('is not: $i', async ({ text }) => {
    expect((await suggestions(text)).map((suggestion) => suggestion.code)).not.toContain(code);
  });
});

test('ambiguous dates are said to be so', async () => {
  const [found] = await suggestions(repeated(['1/2/2024', '3/4/2024']));
  expect(found!.message).toContain('not known whether the day or the month comes first');
  expect(found).toMatchObject({ evidence: { ambiguous: true }, alternatives: [{ date_order: 'MDY' }] });
  const [told] = await suggestions(repeated(['1/2/2024', '31/5/2024']));
  expect(told).not.toHaveProperty('alternatives');
});
test('both orders of ambiguous dates are said wherever a report is shown', async () => {
  const source = (async function* () {
    yield Buffer.from(repeated(['1/2/2024', '3/4/2024']));
  })();
  const report = buildReport(await profileDataset(source, { format: 'csv' }));
  expect(reportTerminal(report, 'x', { width: 100, colour: false })).toContain(
    '\n         --date-order DMY\n      or --date-order MDY\n',
  );
  expect(reportMarkdown(report, 'x')).toContain('`--date-order DMY` or `--date-order MDY`');
  expect(renderPage(report, 'x')).toMatch(/<code>--date-order DMY<\/code>\s*or <code>--date-order MDY<\/code>/);
});
test('points that may be decimal ones are said to be so', async () => {
  const [found] = await suggestions(repeated(['1.200', '3.450', '950', '640']));
  expect(found!.message).toContain('becomes 1200 and is no longer 1.2');
});
test('a plain table has no such member', async () => {
  const source = (async function* () {
    yield Buffer.from('id,name\n1,a\n2,b\n');
  })();
  expect(buildReport(await profileDataset(source, { format: 'csv' }))).not.toHaveProperty('suggestions');
});

test('a total far behind in the file is named by its row', async () => {
  const [total] = await suggestions(`name,v\n${rows(9_000, (i) => `row${i},${i}`)}Total,40504500\n`);
  expect(total!.message).toBe('The last row, row 9,001, is a total (Total) → it is left out');
});

test('what a suggestion does to columns that it is not about is said', async () => {
  const [comma] = await suggestions(`id;v;w\n${rows(12, (i) => `${i};${i},5;${i},234`)}`);
  expect(comma).toMatchObject({
    message:
      '`v`: 12 of 12 values are numbers with a decimal comma → 1 column becomes a decimal number, and so does `w`, ' +
      'where 1,234 is then 1.234',
    columns: ['v', 'w'],
  });
  const [nulls] = await suggestions(`name,v\n${rows(40, (i) => `${i % 8 ? `n${i}` : '-'},${i % 3 ? i : '-'}`)}`);
  expect(nulls).toMatchObject({
    message:
      '`v`: 13 of 40 values are "-", which may stand for no value → they become nulls, and so do those of `name`',
    evidence: { tokens: [{ token: '-', count: 13, columns: 1 }], other_columns: [{ name: 'name', count: 5 }] },
  });
});

test('thousands of columns with a number for no value are named by their count', async () => {
  const row = (cell: (column: number) => unknown) => `${Array.from({ length: 3_000 }, (_, i) => cell(i)).join()}\n`;
  const values = rows(12, (i) => row((column) => (i % 4 === 1 ? -9999 : i + (column % 3))).trimEnd());
  const [nulls] = await suggestions(row((column) => `c${column}`) + values);
  expect(nulls!.message).toContain('`c0`, `c1`, `c2` and 2,997 more: 3 of 12 values are "-9999"');
});
