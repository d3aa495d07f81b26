#!/usr/bin/env bash
# openapi-python-client 0.29.1 (PyPI), a document of OpenAPI 3.1 with the schema `true` for one property.
# Expected: a client, in which that property may hold anything: a schema of JSON Schema 2020-12, the dialect of
#           OpenAPI 3.1, may be true or false. The generator says that it supports 3.1, and {} means the same.
# Happens:  the whole document is refused ("Input should be a valid dictionary") and no client is made.
# Needs: Python 3.11. Fails (exit 1) when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-python-client==0.29.1 openapi-spec-validator==0.9.0

cat > api.json <<'EOF'
{
  "openapi": "3.1.0",
  "info": { "title": "Reports", "version": "1" },
  "paths": {
    "/reports/{id}": {
      "get": {
        "operationId": "getReport",
        "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
        "responses": {
          "200": {
            "description": "a report",
            "content": {
              "application/json": {
                "schema": { "type": "object", "properties": { "title": { "type": "string" }, "extra": true } }
              }
            }
          }
        }
      }
    }
  }
}
EOF
sed 's/"extra": true/"extra": {}/' api.json >same.json
venv/bin/python -c "
import json
from openapi_spec_validator import validate
validate(json.load(open('api.json')))"
generate() {
  if venv/bin/openapi-python-client generate --path "$1" --output-path "$2" --meta none >"$2.log" 2>&1; then
    echo 'client'
  else
    echo 'none'
  fi
}
boolean=$(generate api.json boolean)
object=$(generate same.json object)
reason=$(grep -m 1 -o 'Input should be a valid dictionary' boolean.log || true)
echo "Version:  openapi-python-client 0.29.1; the document is valid for openapi-spec-validator 0.9.0"
echo "Expected: a client for \"extra\": true as for \"extra\": {}"
echo "Seen:     for {}: $object, for true: $boolean ($reason)"
if [[ "$object" == client && "$boolean" == none && -n "$reason" ]]; then
  echo 'As described: one boolean schema stops the generator.'
else
  cat boolean.log object.log
  echo 'CHANGED: this is no longer so.'
  exit 1
fi
