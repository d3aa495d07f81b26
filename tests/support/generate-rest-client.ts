// Writes a client of the REST API, generated from what /openapi.json says, for a test that uses the API by it alone.
import { mkdirSync, writeFileSync } from 'node:fs';
import { generateSource } from 'oazapfts';
import { openapiDocument } from '../../src/api/rest/document.ts';

const folder = new URL('./generated/', import.meta.url);
mkdirSync(folder, { recursive: true });
const document = new URL('openapi.json', folder);
writeFileSync(document, JSON.stringify(openapiDocument));
const options = { argumentStyle: 'object', useUnknown: true, futureStripLegacyMethods: true } as const;
writeFileSync(new URL('rest-client.ts', folder), await generateSource(document.pathname, options));
