import { readFileSync } from 'node:fs';

/** The version of the product: of the command, the package, the API's document and what pages and exports name. */
export const VERSION: string = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
