#!/usr/bin/env bash
# @aws-sdk/client-s3 3.1173.0 (npm), paginateListParts, with moto 5.2.5 (PyPI) as the S3 server.
# Expected: three parts in one page; the answer says IsTruncated false, so the pages end there.
# Happens:  the paginator goes on for as long as NextPartNumberMarker is in the answer and does not look at
#           IsTruncated. moto names a marker on the last page too, so the same parts come again and again.
#           Amazon S3 is reported to do the same; the SDKs for Go, Rust and Swift look at IsTruncated here.
#           The script stops after five pages by its own count.
# Needs: Node 24 and Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
server=
trap '[[ -z "$server" ]] || kill "$server"; rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @aws-sdk/client-s3@3.1173.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'moto[s3]==5.2.5' flask==3.1.3 flask-cors==6.0.5

cat > serve.py <<'EOF'
import os
import threading
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address='127.0.0.1', port=0, verbose=False)
server.start()
with open('port.part', 'w') as file:
    file.write(str(server.get_host_and_port()[1]))
os.rename('port.part', 'port')
threading.Event().wait()
EOF
venv/bin/python serve.py >serve.log 2>&1 &
server=$!
for _ in $(seq 100); do
  [[ -e port ]] && break
  sleep 0.2
done

cat > probe.mjs <<'EOF'
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  paginateListParts,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
const client = new S3Client({
  endpoint: `http://127.0.0.1:${process.argv[2]}`,
  region: 'us-east-1',
  forcePathStyle: true,
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
});
const object = { Bucket: 'reports', Key: 'large.csv' };
await client.send(new CreateBucketCommand({ Bucket: object.Bucket }));
const { UploadId } = await client.send(new CreateMultipartUploadCommand(object));
for (const PartNumber of [1, 2, 3])
  await client.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body: 'part' }));
const single = await client.send(new ListPartsCommand({ ...object, UploadId }));
const pages = [];
for await (const page of paginateListParts({ client }, { ...object, UploadId })) {
  pages.push((page.Parts ?? []).map((part) => part.PartNumber));
  if (pages.length === 5) break;
}
client.destroy();
console.log('Version:  @aws-sdk/client-s3 3.1173.0, moto 5.2.5');
console.log(`Input:    ListParts: ${single.Parts.length} parts, IsTruncated ${single.IsTruncated}`);
console.log('Expected: [[1,2,3]]');
console.log(`Seen:     ${JSON.stringify(pages)}, stopped there`);
const same = single.IsTruncated === false && JSON.stringify(pages) === '[[1,2,3],[],[1,2,3],[],[1,2,3]]';
console.log(same ? 'As described: the pages do not end.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs "$(cat port)"
