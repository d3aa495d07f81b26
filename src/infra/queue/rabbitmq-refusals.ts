import type { RabbitmqConfig } from '../../core/config.ts';
import { SettingError } from '../../core/errors.ts';
import type { Service } from '../availability.ts';

/** RabbitMQ as it is named to the operator at the start. */
export function rabbitmqService(config: RabbitmqConfig): Service {
  return {
    name: nameOf(config),
    settings: ['RABBITMQ_HOST', 'RABBITMQ_PORT'],
    refusal: (error) => rabbitmqRefusal(config, error),
    // at an HTTP server both sides wait: it for the end of a request, amqplib for the first frame
    hint: 'RABBITMQ_PORT is the port of AMQP (usually 5672 or 5673), not that of the management page.',
  };
}

const nameOf = ({ host, port }: RabbitmqConfig) => `RabbitMQ at ${host}:${port}`;

/** The sentence for a refusal that lasts until a setting or a permission is changed; undefined for other errors. */
export function rabbitmqRefusal(config: RabbitmqConfig, error: unknown): SettingError | undefined {
  if (error instanceof SettingError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const name = nameOf(config);
  const user = `RABBITMQ_USER=${JSON.stringify(config.user)}`;
  const vhost = `RABBITMQ_VHOST=${JSON.stringify(config.vhost)}`;
  const refuse = (settings: string[], sentence: string) => new SettingError(sentence, settings, { cause: error });
  if (/Handshake terminated by server: 403/.test(message)) {
    const guest = config.user === 'guest' ? " (guest may only come from the broker's own machine)" : '';
    return refuse(
      ['RABBITMQ_USER', 'RABBITMQ_PASSWORD'],
      `${name} refuses ${user} with RABBITMQ_PASSWORD: one of them is wrong${guest}.`,
    );
  }
  // amqplib does not pass the broker's reason on at this point; it is one of these
  if (/Expected ConnectionOpenOk/.test(message))
    return refuse(
      ['RABBITMQ_VHOST'],
      `${name} does not let ${user} into ${vhost}: create that vhost, or give the user permissions in it, ` +
        'or name another.',
    );
  if (/exceeds maxFrameSize|Invalid frame|SASL mechanism/.test(message))
    return refuse(
      ['RABBITMQ_HOST', 'RABBITMQ_PORT'],
      `What answers at ${config.host}:${config.port} is not a RabbitMQ that accepts a password over AMQP 0-9-1: ` +
        'set RABBITMQ_HOST and RABBITMQ_PORT to where it is.',
    );
  const refused = /Operation failed: \w+; 403 \(ACCESS-REFUSED\) with message "(.*)"/.exec(message);
  if (refused)
    return refuse(
      ['RABBITMQ_USER', 'RABBITMQ_VHOST'],
      `${name} does not allow ${user} what is needed in ${vhost}: ${refused[1]}. ` +
        'Give the user permission to configure, write and read there (rabbitmqctl set_permissions).',
    );
  return undefined;
}
