import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const validators = new Map<string, Promise<ValidateFunction>>();

async function compile(url: string): Promise<ValidateFunction> {
  const response = await fetch(`${url}/schemas/report.json`);
  if (!response.ok) throw new Error(`/schemas/report.json answers ${response.status}`);
  return new Ajv2020({ allowUnionTypes: true }).compile((await response.json()) as object);
}

/**
 * The report that a server gave, once it is found to be valid by the schema that the same server serves.
 * @throws when it is not, with what is wrong and where
 */
export async function validReport(url: string, report: unknown): Promise<unknown> {
  if (!validators.has(url)) validators.set(url, compile(url));
  const validate = await validators.get(url)!;
  if (!validate(report)) throw new Error(`not valid by /schemas/report.json: ${JSON.stringify(validate.errors)}`);
  return report;
}
