import { size } from './format.ts';

/**
 * What an answer means that is none of the service's own (those are JSON): something in front of it has spoken.
 * @param bytes of the file that was sent
 */
export function proxyWords(status: number, bytes?: number): string {
  switch (status) {
    case 413:
      return `A proxy in front of this service refuses files of this size${bytes === undefined ? '' : ` (${size(bytes)})`}. Whoever runs it can raise its limit: in nginx client_max_body_size, in Caddy request_body max_size.`;
    case 408:
      return 'A proxy in front of this service gave up waiting for the file (408): its limit of time is too short for this connection.';
    case 502:
    case 503:
      return `A proxy in front of this service gets no answer from it (${status}): it is not running, or cannot be reached.`;
    case 504:
      return 'A proxy in front of this service gave up waiting for its answer (504): its limit of time is too short, in nginx proxy_read_timeout.';
    default:
      return `Something in front of this service has answered in its place (${status}).`;
  }
}

/** Whether an answer is the service's own: whatever it says, refusals too, is JSON. */
export const isOwnAnswer = (contentType: string | null): boolean =>
  /^application\/([\w.-]+\+)?json\b/.test(contentType ?? '');
