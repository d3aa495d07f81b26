import { byteSize } from '../report/formatting.ts';

/**
 * What a response means that is not the service's own (those are JSON): a proxy in front of it has responded.
 * @param bytes of the file that was sent
 */
export function proxyError(status: number, bytes?: number): string {
  switch (status) {
    case 413: {
      const file = bytes === undefined ? '' : ` (${byteSize(bytes)})`;
      return (
        `A proxy in front of this service refuses files of this size${file}. Its operator can raise the limit: ` +
        'client_max_body_size in nginx, request_body max_size in Caddy.'
      );
    }
    case 408:
      return (
        'A proxy in front of this service gave up waiting for the file (408): ' +
        'its time limit is too short for this connection.'
      );
    case 502:
    case 503:
      return (
        `A proxy in front of this service gets no answer from it (${status}): ` +
        'the service is not running or cannot be reached.'
      );
    case 504:
      return (
        'A proxy in front of this service gave up waiting for its answer (504): ' +
        'its time limit is too short (proxy_read_timeout in nginx).'
      );
    default:
      return `Something in front of this service answered instead of it (${status}).`;
  }
}

/** Whether a response is the service's own: all of them are JSON, refusals too. */
export const isOwnResponse = (contentType: string | null): boolean =>
  /^application\/([\w.-]+\+)?json\b/.test(contentType ?? '');
