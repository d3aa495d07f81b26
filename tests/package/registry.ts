import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A package registry with one package, packed from an installed copy: what a test installs needs no network. */
export async function oneRegistry(folder: string, copy: string): Promise<{ url: string; close(): void }> {
  const { name, version } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'));
  symlinkSync(copy, join(folder, 'package'));
  // not compressed: npm takes it all the same, and the test is faster by seconds
  const packed = spawnSync('tar', ['-chf', 'package.tar', 'package'], { cwd: folder, encoding: 'utf8' });
  if (packed.status !== 0) throw packed.error ?? new Error(packed.stderr);
  const tarball = readFileSync(join(folder, 'package.tar'));
  const shasum = createHash('sha1').update(tarball).digest('hex');
  const server = createServer((request, response) => {
    if (request.url === '/package.tar') return response.end(tarball);
    if (decodeURIComponent(request.url ?? '') !== `/${name}`) return response.writeHead(404).end();
    const dist = { tarball: `${url}/package.tar`, shasum };
    return response.end(
      JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { name, version, dist } } }),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => server.close() };
}
