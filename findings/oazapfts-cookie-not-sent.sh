#!/usr/bin/env bash
# oazapfts 7.5.0 with @oazapfts/runtime 1.2.0 (npm), an operation of OpenAPI with a required cookie parameter.
# Expected: the argument that the generated function demands goes out as a Cookie header (Node can send one),
#           as its header parameter goes out as a header; or the generator says that it leaves it out.
# Happens:  the function demands the argument and never uses it; the request has no Cookie, without a warning.
# Needs: Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts oazapfts@7.5.0 @oazapfts/runtime@1.2.0

cat > api.json <<'EOF'
{
  "openapi": "3.0.3",
  "info": { "title": "Reports", "version": "1" },
  "paths": {
    "/reports": {
      "get": {
        "operationId": "listReports",
        "parameters": [
          { "name": "workspace", "in": "cookie", "required": true, "schema": { "type": "string" } },
          { "name": "X-Trace", "in": "header", "required": true, "schema": { "type": "string" } }
        ],
        "responses": { "204": { "description": "nothing" } }
      }
    }
  }
}
EOF
npx --no-install oazapfts api.json client.mts 2>&1 | tee generator.log

cat > probe.mjs <<'EOF'
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { defaults, listReports } from './client.mts';
let received;
const server = createServer((request, response) => {
  received = request.headers;
  response.writeHead(204).end();
});
await once(server.listen(0, '127.0.0.1'), 'listening');
defaults.baseUrl = `http://127.0.0.1:${server.address().port}`;
await listReports('north', 'abc');
server.close();
server.closeAllConnections();
const demanded = /workspace: string/.test(readFileSync('client.mts', 'utf8'));
const warned = /cookie|workspace/i.test(readFileSync('generator.log', 'utf8'));
console.log('Version:  oazapfts 7.5.0, @oazapfts/runtime 1.2.0');
console.log("Input:    listReports('north', 'abc'), workspace being a cookie parameter");
console.log('Expected: Cookie workspace=north, X-Trace abc');
console.log(`Seen:     Cookie ${received.cookie}, X-Trace ${received['x-trace']}, argument demanded: ${demanded}`);
const same = demanded && !warned && received.cookie === undefined && received['x-trace'] === 'abc';
console.log(same ? 'As described: the cookie is left out.' : 'CHANGED: this is no longer so.');
process.exit(same ? 0 : 1);
EOF
node probe.mjs
