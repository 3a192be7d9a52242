#!/usr/bin/env bash
# Requests a second through Kestrel: a Capsule app against a minimal API, each a process of its own, in turns under wrk (Debian: wrk).
#   bench/kestrel.sh [rounds] [seconds]      default: 15 rounds of 2 seconds
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
rounds="${1:-15}" seconds="${2:-2}"
work="$(mktemp -d)"
servers=()
trap 'kill "${servers[@]}" 2>/dev/null || true; wait; rm -rf "$work"' EXIT

dotnet build Capsule.Benchmarks -c Release -v quiet --nologo
declare -A port=([capsule]=5381 [minimal]=5382)
for kind in capsule minimal; do
  Capsule__DataDirectory="$work/data" dotnet Capsule.Benchmarks/bin/Release/net10.0/Capsule.Benchmarks.dll serve $kind "http://127.0.0.1:${port[$kind]}" &
  servers+=($!)
  until curl -sf "http://127.0.0.1:${port[$kind]}/text" >/dev/null; do sleep 0.2; done
done

cat >"$work/post.lua" <<'LUA'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"id":7,"status":"open","page":2}'
LUA

# The requests a second of one run. An answer that is no success spoils it.
run() {
  local report
  report="$(wrk -t1 -c32 -d"$3s" ${4:+-s "$4"} "http://127.0.0.1:${port[$1]}$2")"
  if grep -q 'Non-2xx\|Socket errors' <<<"$report"; then
    echo "$report" >&2
    return 1
  fi
  awk '/^Requests\/sec/ { print $2 }' <<<"$report"
}

median() { sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

compare() {
  local name="$1" path="$2" script="${3:-}" ratios="$work/ratios" kind
  : >"$ratios"
  for kind in capsule minimal; do
    : >"$work/$kind"
    run $kind "$path" 5 "$script" >/dev/null
  done
  for ((round = 0; round < rounds; round++)); do
    local order=(capsule minimal)
    ((round % 2)) && order=(minimal capsule)
    for kind in "${order[@]}"; do run $kind "$path" "$seconds" "$script" >>"$work/$kind"; done
    paste <(tail -1 "$work/capsule") <(tail -1 "$work/minimal") | awk '{ print $1 / $2 }' >>"$ratios"
  done
  printf '| %s | %.0f | %.0f | %.2f |\n' "$name" "$(median <"$work/capsule")" "$(median <"$work/minimal")" "$(median <"$ratios")"
}

echo "| requests a second | Capsule | minimal API | ratio |"
echo "|---|---|---|---|"
compare "text" /text
compare "GET: route and two query values, JSON answer" "/reports/7?status=open&page=2"
compare "POST: JSON in and out" /reports "$work/post.lua"
