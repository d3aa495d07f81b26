import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { PostgresConfig } from '../../core/config.ts';
import { SettingError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import { within } from '../../core/time-limit.ts';
import { certificateFault, type Service, untilAvailable } from '../availability.ts';

const ANSWER_MILLISECONDS = 5_000;
/**
 * How long a notification is waited for. It takes milliseconds; behind a pooler in transaction mode it never arrives,
 * which ends the start well within ten seconds.
 */
const NOTIFY_MILLISECONDS = 4_000;

/**
 * Postgres as it is named to the operator at the start.
 * @param direct whether it is the Postgres behind a pooler, which has settings of its own
 */
export function postgresService(config: PostgresConfig, direct = false): Service {
  const settings = direct ? ['POSTGRES_DIRECT_HOST', 'POSTGRES_DIRECT_PORT'] : ['POSTGRES_HOST', 'POSTGRES_PORT'];
  const name = `Postgres at ${config.host}:${config.port}`;
  return { name, settings, refusal: (error) => refusalOf(config, name, error) };
}

/**
 * The sentence for a refusal, by SQLSTATE. PgBouncer has 08P01 for all of them, so its message decides; undefined for
 * other errors.
 */
function refusalOf(config: PostgresConfig, name: string, error: unknown): SettingError | undefined {
  const { code, message } = error as { code?: string; message: string };
  const refuse = (settings: string[], sentence: string) => new SettingError(sentence, settings, { cause: error });
  const user = `POSTGRES_USER=${JSON.stringify(config.user)}`;
  const database = `POSTGRES_DB=${JSON.stringify(config.database)}`;
  const fault = certificateFault(error);
  if (fault)
    return refuse(
      ['POSTGRES_SSLMODE'],
      `The certificate of ${name} is not trusted: ${fault}. Name the file of its authority in ` +
        'NODE_EXTRA_CA_CERTS, or set POSTGRES_SSLMODE=require to take any certificate.',
    );
  if (/does not support SSL/.test(message))
    return refuse(['POSTGRES_SSLMODE'], `${name} does not speak TLS: set POSTGRES_SSLMODE=disable.`);
  if (code === '28P01' || /password authentication failed|auth(entication)? failed|no such user/.test(message))
    return refuse(
      ['POSTGRES_USER', 'POSTGRES_PASSWORD'],
      `${name} refuses ${user} with POSTGRES_PASSWORD: the password is wrong, or there is no such role.`,
    );
  if (/no encryption|SSL off|SSL required/.test(message))
    return refuse(
      ['POSTGRES_SSLMODE'],
      `${name} accepts ${user} only over TLS: set POSTGRES_SSLMODE to require or verify-full.`,
    );
  if (code === '28000')
    return refuse(
      ['POSTGRES_USER'],
      `${name} refuses ${user}: ${message}. Set POSTGRES_USER to a role that may log in.`,
    );
  if (code === '3D000' || /no such database/.test(message))
    return refuse(['POSTGRES_DB'], `${name} has no ${database}: create that database, or name another.`);
  if (code === '42501')
    return refuse(
      ['POSTGRES_USER'],
      `${name} does not allow ${user} to use ${database}: ${message}. ` +
        'Grant it that (the tables are created at the first start), or name another role.',
    );
  if (code === '25006')
    return refuse(['POSTGRES_HOST'], `${name} is read-only (a standby?): set POSTGRES_HOST to the primary server.`);
  if (/statement pooling mode/.test(message))
    return refuse(
      ['POSTGRES_HOST'],
      'POSTGRES_HOST is a pooler with pool_mode = statement, which allows no transactions: ' +
        'set its pool_mode to session, or to transaction with POSTGRES_DIRECT_HOST and POSTGRES_DIRECT_PORT.',
    );
  return undefined;
}

function clientOf(config: PostgresConfig): pg.Client {
  const client = new pg.Client({
    ...config,
    connectionTimeoutMillis: ANSWER_MILLISECONDS,
    query_timeout: ANSWER_MILLISECONDS,
  });
  client.on('error', () => {}); // the query under way rejects as well
  return client;
}

/** Signs in and runs a statement: a pooler accepts the former without any Postgres. @throws what pg throws */
async function pingPostgres(config: PostgresConfig): Promise<void> {
  const client = clientOf(config);
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Checks that notifications reach the sessions that LISTEN: one session listens at `direct`, another connection
 * notifies through `pool`. A pooler in transaction mode takes a listener's server connection away after each statement,
 * so nothing arrives, however many of its connections are idle. Comparing backends or session settings instead would be
 * deceived when the pooler gives the same connection back.
 * @param direct the same object as `pool` when no other address is set
 * @throws SettingError when a pooler is in the way, or the two are not one database
 */
export async function verifyNotifications(pool: PostgresConfig, direct: PostgresConfig): Promise<void> {
  const listener = clientOf(direct);
  const senders = pool === direct ? [clientOf(pool)] : [clientOf(pool), clientOf(direct)];
  const heard = new Set<string>(); // positions in `senders`
  try {
    await Promise.all([listener, ...senders].map((client) => client.connect()));
    const channel = `verify_${randomBytes(8).toString('hex')}`; // others may start at the same moment
    const all = new Promise<void>((resolve) => {
      listener.on('notification', ({ payload = '' }) => {
        if (heard.add(payload).size === senders.length) resolve();
      });
    });
    await listener.query(`LISTEN ${channel}`);
    for (const [n, sender] of senders.entries()) {
      await sender.query('BEGIN'); // a pooler that allows no transactions refuses here
      await sender.query('SELECT pg_notify($1, $2)', [channel, String(n)]);
      await sender.query('COMMIT');
    }
    await within(NOTIFY_MILLISECONDS, all, () => {});
  } finally {
    await Promise.all([listener, ...senders].map((client) => client.end().catch(() => {})));
  }
  if (heard.size === senders.length) return;
  const what = 'is a pooler in transaction mode (PgBouncer: pool_mode = transaction)';
  if (pool === direct)
    throw new SettingError(
      `POSTGRES_HOST=${pool.host} ${what}: LISTEN and session locks do not work there. ` +
        'Set POSTGRES_DIRECT_HOST and POSTGRES_DIRECT_PORT to the Postgres behind it, or its pool_mode to session.',
      ['POSTGRES_DIRECT_HOST', 'POSTGRES_DIRECT_PORT'],
    );
  throw new SettingError(
    heard.has('1')
      ? `POSTGRES_DIRECT_HOST=${direct.host} (POSTGRES_DIRECT_PORT=${direct.port}) is not the Postgres behind ` +
          `POSTGRES_HOST=${pool.host}: a notification sent there does not arrive. Set it to that server.`
      : `POSTGRES_DIRECT_HOST=${direct.host} (POSTGRES_DIRECT_PORT=${direct.port}) ${what}, too: ` +
          'set it to the Postgres itself.',
    ['POSTGRES_DIRECT_HOST', 'POSTGRES_DIRECT_PORT'],
  );
}

/**
 * `postgres` for statements, which any connection can run; `direct` for what needs a session of its own. Without a
 * pooler they are the same object.
 */
export interface Addresses {
  postgres: PostgresConfig;
  direct: PostgresConfig;
}

/**
 * Waits until the Postgres of the settings is available and notifications arrive.
 * @param behind the Postgres behind `postgres`, where that is a pooler
 * @throws SettingError for what is refused, or does not answer within half a minute
 */
export async function reachPostgres(
  postgres: PostgresConfig,
  behind: PostgresConfig | undefined,
  log: Logger,
): Promise<Addresses> {
  const direct = behind ?? postgres;
  if (behind) {
    // each by itself first, so that a wrong address or password is reported by the right settings
    await untilAvailable(postgresService(postgres), log, () => pingPostgres(postgres));
    await untilAvailable(postgresService(behind, true), log, () => pingPostgres(behind));
  }
  await untilAvailable(postgresService(postgres), log, () => verifyNotifications(postgres, direct));
  return { postgres, direct };
}
