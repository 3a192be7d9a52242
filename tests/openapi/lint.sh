#!/usr/bin/env bash
# Lints the OpenAPI document of the built SupportOps sample.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
node fetch-document.mjs SupportOps "$work/openapi.json"
npm run --silent lint -- "$work/openapi.json"
