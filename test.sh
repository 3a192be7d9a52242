#!/usr/bin/env bash
# Builds everything once and runs every test: .NET, chat page, OpenAPI lint, browser. Ends with one line that sums them up.
#   ./test.sh              everything
#   CONFIGURATION=Debug    instead of Release
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

configuration="${CONFIGURATION:-Release}"
results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CONFIGURATION="$configuration"
# Shared servers outlive the run and keep files open.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

say() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

# Adds to the sums; a part that ran nothing has failed.
count() {
  local name="$1" part_passed="$2" part_failed="$3" part_skipped="$4"
  printf '   %s: %d passed, %d failed, %d skipped\n' "$name" "$part_passed" "$part_failed" "$part_skipped"
  if ((part_passed + part_failed == 0)); then
    echo "   $name ran no tests" >&2
    part_failed=1
  fi
  passed=$((passed + part_passed)) failed=$((failed + part_failed)) skipped=$((skipped + part_skipped))
}

finish() {
  printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  ((failed == 0 && passed > 0)) && exit 0 || exit 1
}

# Counts a part that has no tests of its own as one.
check() {
  local name="$1"
  shift
  say "$name"
  if "$@"; then count "$name" 1 0 0; else count "$name" 0 1 0; fi
}

# Requires a program, installing its Debian package when that is possible.
need() {
  local program="$1" package="$2"
  command -v "$program" >/dev/null && return
  if [[ $EUID -eq 0 && -f /etc/debian_version ]]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
  fi
  command -v "$program" >/dev/null && return
  echo "'$program' is missing: install it (Debian: apt-get install $package)." >&2
  failed=$((failed + 1))
  finish
}

npm_quietly() { npm --prefix "$1" --no-audit --no-fund --loglevel=error "${@:2}"; }

# Installs a folder's npm packages unless that is done.
restore() { [[ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ]] || npm_quietly "$1" ci >/dev/null; }

# Reads "# pass 3" from the report of node --test.
node_count() { grep -oP "^# $2 \K\d+" "$1" | tail -1 || echo 0; }

trx_count() { grep -oP "<Counters [^>]*\b$2=\"\K\d+" "$1" | head -1 || echo 0; }

need curl curl
need node nodejs
need npm npm
need chromium chromium
# A durability test builds a small C library and traces the server.
need gcc build-essential
need strace strace
if ! command -v dotnet >/dev/null; then
  echo "The .NET SDK 10 is missing: https://dotnet.microsoft.com/download" >&2
  failed=1
  finish
fi

say "Build ($configuration)"
if ! dotnet build Capsule.sln -c "$configuration" -v quiet --nologo; then
  failed=1
  finish
fi

for project in tests/*/*.Tests.csproj tests/Capsule.Conformance/*.csproj; do
  name="$(basename "$project" .csproj)"
  say "$name"
  log="$results/$name.log"
  dotnet test "$project" -c "$configuration" --no-build --nologo --logger "trx;LogFileName=$results/$name.trx" >"$log" 2>&1
  code=$?
  trx="$results/$name.trx"
  ((code == 0)) || cat "$log"
  if [[ -f "$trx" ]]; then
    part_failed="$(trx_count "$trx" failed)"
    part_failed=$((part_failed + $(trx_count "$trx" error) + $(trx_count "$trx" aborted) + $(trx_count "$trx" timeout)))
    ((code != 0 && part_failed == 0)) && part_failed=1
    # Skipped tests are in the total and in nothing else.
    count "$name" "$(trx_count "$trx" passed)" "$part_failed" "$(($(trx_count "$trx" total) - $(trx_count "$trx" executed)))"
  else
    count "$name" 0 1 0
  fi
done

restore web/chat
check "Chat page types" npm_quietly web/chat run --silent lint
say "Chat page tests"
(cd web/chat && npx --no-install vitest run --reporter=default --reporter=json --outputFile.json="$results/vitest.json")
vitest_count() { node -p "JSON.parse(require('fs').readFileSync('$results/vitest.json'))['$1'] || 0" 2>/dev/null || echo 0; }
count "Chat page tests" "$(vitest_count numPassedTests)" "$(vitest_count numFailedTests)" "$(vitest_count numPendingTests)"

restore tests/openapi
check "OpenAPI lint" tests/openapi/lint.sh
say "Generated clients"
(cd tests/openapi && node --test --test-reporter=spec --test-reporter-destination=stdout \
  --test-reporter=tap --test-reporter-destination="$results/clients.tap" clients/clients.test.mjs)
count "Generated clients" "$(node_count "$results/clients.tap" pass)" "$(node_count "$results/clients.tap" fail)" "$(node_count "$results/clients.tap" skipped)"
check "Chat page's OpenAPI document and types" tests/openapi/chat-types.sh

check "Package" tests/package/check.sh
check "Native app" tests/native/check.sh
check "Editing while it runs" tests/watch/check.sh

say "Browser"
restore tests/browser
(cd tests/browser && node --test --test-concurrency=1 --test-reporter=spec --test-reporter-destination=stdout \
  --test-reporter=tap --test-reporter-destination="$results/browser.tap")
count "Browser" "$(node_count "$results/browser.tap" pass)" "$(node_count "$results/browser.tap" fail)" "$(node_count "$results/browser.tap" skipped)"

say "Done"
finish
