import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient, SettingError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';

/** How long to wait for a service that is not up yet: in a compose file everything starts at once. */
const WAIT_MILLISECONDS = 30_000;
const PAUSE_MILLISECONDS = 1_000;

/** An external system as it is named to the operator at the start. */
export interface Service {
  /** The beginning of sentences: `Postgres at db:5432`. */
  name: string;
  /** Names of the settings that hold its address. */
  settings: string[];
  /** The sentence for an error that waiting does not cure, such as a wrong password; undefined for other errors. */
  refusal(error: unknown): SettingError | undefined;
  /** What else may be wrong, besides the address, when it never answered. */
  hint?: string;
}

/**
 * Waits for a service that does not answer yet, and logs that.
 * @param connect must have a time limit of its own
 * @throws SettingError at once for what the service refuses, and when it has not answered within half a minute
 */
export async function untilAvailable<T>(service: Service, log: Logger, connect: () => Promise<T>): Promise<T> {
  const end = performance.now() + WAIT_MILLISECONDS;
  const seconds = WAIT_MILLISECONDS / 1_000;
  for (const logged = new Set<string>(); ; await sleep(PAUSE_MILLISECONDS)) {
    try {
      return await connect();
    } catch (error) {
      if (error instanceof SettingError) throw error;
      const refusal = service.refusal(error);
      if (refusal) throw refusal;
      if (!isTemporary(error)) throw error;
      const reason = reasonOf(error);
      if (performance.now() > end) {
        const settings = service.settings.join(' and ');
        const silence = `${service.name} has not answered for ${seconds} s: ${reason}.`;
        const sentence = `${silence} Start it, or set ${settings} to where it is.`;
        throw new SettingError(service.hint ? `${sentence} ${service.hint}` : sentence, service.settings, {
          cause: error,
        });
      }
      if (!logged.has(reason)) log.warn(`${service.name} does not answer yet (${reason}): waiting up to ${seconds} s`);
      logged.add(reason);
    }
  }
}

/** Also errors of libraries without a code: pg's and amqplib's time limits, a handshake that was cut off. */
const isTemporary = (error: unknown): boolean => isTransient(error) || /timeout|ETIMEDOUT|closed/i.test(textOf(error));

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Describes a transient fault. */
function reasonOf(error: unknown): string {
  const { code = '', errors } = error as { code?: string; errors?: unknown[] };
  const text = `${code} ${textOf(error)} ${errors?.map(textOf).join(' ') ?? ''}`;
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) return 'the host name is not known';
  if (/ECONNREFUSED/.test(text)) return 'nothing listens on that port';
  if (/EHOSTUNREACH|ENETUNREACH/.test(text)) return 'there is no route to that host';
  if (/ECONNRESET|EPIPE|hang up|abruptly|terminated/.test(text)) return 'it cuts the connection';
  if (/timeout|ETIMEDOUT|TimeoutError/i.test(text)) return 'no answer came in time';
  return textOf(error).split('\n')[0]!.replace(/\.$/, '');
}

/** Describes why a certificate is not trusted; `undefined` when the error is not about one. */
export function certificateFault(error: unknown): string | undefined {
  switch ((error as { code?: string }).code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return 'its issuer is not trusted by this machine';
    case 'CERT_HAS_EXPIRED':
      return 'it has expired';
    case 'CERT_NOT_YET_VALID':
      return 'it is not valid yet';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'it was issued for another host';
    case 'CERT_REVOKED':
    case 'CERT_UNTRUSTED':
    case 'CERT_REJECTED':
    case 'INVALID_CA':
    case 'CERT_SIGNATURE_FAILURE':
      return 'it is not valid';
    default:
      return undefined;
  }
}
