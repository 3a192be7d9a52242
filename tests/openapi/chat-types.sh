#!/usr/bin/env bash
# Fails when the chat page's document or types are not those of the host: the Hello sample has no operations of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
node fetch-document.mjs Hello "$work/openapi.json"
if ! diff -u --label web/chat/openapi.json --label 'what the host serves' ../../web/chat/openapi.json "$work/openapi.json"; then
  echo "web/chat/openapi.json is stale: npm --prefix web/chat run document, then run types" >&2
  exit 1
fi
npm --prefix ../../web/chat run --silent types:check
