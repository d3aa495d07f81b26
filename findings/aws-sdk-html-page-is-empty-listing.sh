#!/usr/bin/env bash
# @aws-sdk/client-s3 3.1173.0 (npm), ListObjectsV2 answered with a web page (200, text/html).
# Expected: an error: the body is no ListBucketResult. Such pages come when the endpoint is wrong by a port
#           or path (the console of the store, a portal, a proxy's sign-in page).
# Happens:  the command succeeds with no keys and no IsTruncated, the same as an empty bucket in most code.
# Needs: Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @aws-sdk/client-s3@3.1173.0

cat > probe.mjs <<'EOF'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
const page = '<!doctype html><html><head><title>Console</title></head><body><p>Welcome</p></body></html>';
const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(page));
await once(server.listen(0, '127.0.0.1'), 'listening');
const client = new S3Client({
  endpoint: `http://127.0.0.1:${server.address().port}`,
  region: 'us-east-1',
  forcePathStyle: true,
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
});
const seen = await client.send(new ListObjectsV2Command({ Bucket: 'reports' })).then(
  ({ $metadata, ...answer }) => `status ${$metadata.httpStatusCode}, answer ${JSON.stringify(answer)}`,
  (error) => `error ${error.name}`,
);
client.destroy();
server.close();
server.closeAllConnections();
console.log('Version:  @aws-sdk/client-s3 3.1173.0');
console.log('Input:    200 text/html, a small web page');
console.log('Expected: an error');
console.log(`Seen:     ${seen}`);
const same = seen === 'status 200, answer {}';
console.log(same ? 'As described: a web page is an empty listing.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
