import type { FastifyInstance } from 'fastify';
import type { Config } from '../core/config.ts';
import { SettingError } from '../core/errors.ts';

/**
 * Starts to accept connections.
 * @returns the address, such as http://127.0.0.1:4000
 * @throws SettingError when the address or the port cannot be used
 */
export async function listenOn(app: FastifyInstance, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'EADDRINUSE')
      throw new SettingError(`Port ${port} is in use by another program: set PORT to a free one.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new SettingError(
        `HOST=${host} is not an address of this machine: set it to 127.0.0.1, or to 0.0.0.0 for all addresses.`,
      );
    if (code === 'EACCES')
      throw new SettingError(`This user may not listen on port ${port}: set PORT to one above 1023.`);
    throw error;
  }
}
