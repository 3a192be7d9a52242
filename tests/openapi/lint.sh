#!/usr/bin/env bash
# Lints the OpenAPI document of the built SupportOps sample with the recommended rules of Spectral and Redocly, as they are. A warning is a failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
node fetch-document.mjs SupportOps "$work/openapi.json"
npx --no-install spectral lint --ruleset ruleset.yaml --fail-severity warn "$work/openapi.json"
npx --no-install redocly lint --extends=recommended --format=json "$work/openapi.json" >"$work/redocly.json" 2>"$work/redocly.log" || true
node -e '
const { totals, problems } = JSON.parse(require("fs").readFileSync(process.argv[1]));
for (const { severity, ruleId, message, location } of problems) console.error(severity, ruleId, message, location[0]?.pointer);
if (totals.errors + totals.warnings > 0) process.exit(1);
' "$work/redocly.json"
