// Writes docs/report.md, every member of a report from its JSON Schema, and the table of docs/alerts.md:
// node tools/print-report-docs.ts. tests/unit/report/docs.test.ts fails where a file is not up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { ALERTS } from '../src/report/alerts/table.ts';
import { reportSchema } from '../src/report/report-schema.ts';

interface JsonSchema {
  description?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | false;
  oneOf?: JsonSchema[];
}

const INTRODUCTION = `# The report, member by member

This is \`report.json\`, as \`GET /datasets/{id}/report\` and \`dataset-reports profile FILE --output json\` give it.
Its JSON Schema is served at \`/schemas/report.json\`. GraphQL has the same members in camelCase, and objects whose
keys are names as lists: \`null_counts\` is \`nullCounts { column count }\`.

Members marked \`?\` may be missing. Rows are numbered from 1, the header not counted; lines of the file from 1. Shares
are from 0 to 1. Integers beyond 2^53 are written with all their digits.

<!-- generated from src/report/report-schema.ts by tools/print-report-docs.ts -->
`;

/** What a value may be, in a few words. */
function typeName(schema: JsonSchema): string {
  const { enum: values, items, minItems, maxItems, additionalProperties: entries } = schema;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (values) return values.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  if (items) {
    const limit = maxItems === undefined ? '' : minItems === maxItems ? `${maxItems} ` : `at most ${maxItems} `;
    return `list of ${limit}${typeName(items)}s`;
  }
  if (entries) return `${typeName(entries)} by name`;
  if (schema.oneOf) return schema.oneOf.map(typeName).join(' or ');
  return [schema.type].flat().join(' or ');
}

/** Prose in lines of at most 120 characters. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trimStart();
    if (lines.length === 0 || longer.length > 120) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.join('\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|');

/** The object behind a list or behind an object whose keys are data, with what leads to it. */
function contentOf(schema: JsonSchema, way = ''): { content: JsonSchema; way: string } {
  if (schema.items) return contentOf(schema.items, `${way}[]`);
  if (schema.additionalProperties) return contentOf(schema.additionalProperties, `${way}.{name}`);
  return { content: schema, way };
}

/** A row per member, each followed by the rows of what is in it. */
function* rows({ properties = {}, required = [] }: JsonSchema, path: string): Generator<string> {
  for (const [name, member] of Object.entries(properties)) {
    const mark = required.includes(name) ? '' : '?';
    yield `| \`${path}${name}\`${mark} | ${cell(typeName(member))} | ${cell(member.description!)} |`;
    const { content, way } = contentOf(member);
    yield* rows(content, `${path}${name}${way}.`);
  }
}

const table = (lines: Iterable<string>) => ['| member | type | meaning |', '|---|---|---|', ...lines].join('\n');

/** A table of the report's members, then one for each that has members itself. */
function* sections(schema: JsonSchema): Generator<string> {
  const members = Object.entries(schema.properties!);
  yield wrapped(schema.description!);
  yield table(
    members.map(([name, member]) => {
      const link = contentOf(member).content.properties ? `[\`${name}\`](#${name})` : `\`${name}\``;
      return `| ${link} | ${cell(typeName(member))} | ${cell(member.description!)} |`;
    }),
  );
  for (const [name, member] of members) {
    const { content } = contentOf(member);
    if (!content.properties) continue;
    yield `## ${name}`;
    yield wrapped(member.description!);
    yield table(rows(content, ''));
  }
}

/** docs/report.md. */
export function reportDocs(): string {
  return `${[INTRODUCTION.trimEnd(), ...sections(reportSchema as JsonSchema)].join('\n\n')}\n`;
}

/** The table of docs/alerts.md, one line per alert. */
export function alertTable(): string {
  const lines = Object.entries(ALERTS).map(([code, [severity, when]]) => `| \`${code}\` | ${severity} | ${when} |`);
  return ['| code | severity | given when |', '|---|---|---|', ...lines].join('\n');
}

/** docs/alerts.md with its table as the code has it. */
export const withAlertTable = (text: string): string => text.replace(/^\|.*\|$(?:\n^\|.*\|$)*/m, alertTable);

if (import.meta.main) {
  const report = new URL('../docs/report.md', import.meta.url);
  const alerts = new URL('../docs/alerts.md', import.meta.url);
  writeFileSync(report, reportDocs());
  writeFileSync(alerts, withAlertTable(readFileSync(alerts, 'utf8')));
}
