#!/usr/bin/env bash
# oazapfts 7.5.0 (npm), a closed tuple of OpenAPI 3.1: prefixItems with "items": false.
# Expected: [string, number]. Without "items": false the generator gives exactly that for the same prefixItems,
#           and "items": false only says that nothing comes after them.
# Happens:  the type is never[], to which no valid value but the empty array can be assigned: "items": false is
#           taken for all items, as it was before JSON Schema 2020-12.
# Needs: Node 24. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts oazapfts@7.5.0 @oazapfts/runtime@1.2.0

cat > api.json <<'EOF'
{
  "openapi": "3.1.0",
  "info": { "title": "Reports", "version": "1" },
  "paths": {
    "/range": {
      "get": {
        "operationId": "getRange",
        "responses": {
          "200": {
            "description": "a range",
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Range" } } }
          }
        }
      }
    }
  },
  "components": {
    "schemas": {
      "Range": {
        "type": "object",
        "required": ["open", "closed"],
        "properties": {
          "open": { "type": "array", "prefixItems": [{ "type": "string" }, { "type": "number" }] },
          "closed": { "type": "array", "prefixItems": [{ "type": "string" }, { "type": "number" }], "items": false }
        }
      }
    }
  }
}
EOF
npx --no-install oazapfts api.json client.mts
type_of() { tr -d '\n ' <client.mts | grep -o "$1:[^;]*" | head -n 1; }
open=$(type_of open)
closed=$(type_of closed)
echo "Version:  oazapfts 7.5.0"
echo "Expected: [string,number] both times"
echo "Seen:     $open and $closed"
if [[ "$open" == 'open:[string,number]' && "$closed" == 'closed:never[]' ]]; then
  echo 'As described: the closed tuple takes no values.'
else
  echo 'CHANGED: this is no longer so.'
  exit 1
fi
