import type { Config } from '../core/config.ts';
import type { Logger } from '../core/log.ts';
import type { Database } from '../infra/postgres/database.ts';
import type { Storage } from '../infra/storage/storage.ts';

/**
 * What every service depends on: the settings, the systems that hold rows and objects, and the log. Made in wiring.ts.
 */
export interface Deps {
  config: Config;
  database: Database;
  storage: Storage;
  log: Logger;
}
