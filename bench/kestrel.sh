#!/usr/bin/env bash
# Requests a second through Kestrel: a Capsule app against a minimal API, each a process of its own, in turns under wrk (Debian: wrk).
# Where the machine is busy, the processor time that a request costs its server says more: it is the second table.
#   bench/kestrel.sh [rounds] [seconds] [peer]      default: 15 rounds of 2 seconds against a bare minimal API (minimal); or against one
#                                                   with a cookie's sign-in and problem documents, which every Capsule app has (furnished)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
rounds="${1:-15}" seconds="${2:-2}" peer="${3:-minimal}"
work="$(mktemp -d)"
servers=()
trap 'kill "${servers[@]}" 2>/dev/null || true; wait; rm -rf "$work"' EXIT

dotnet build Capsule.Benchmarks -c Release -p:CapsuleSkipPage=true -v quiet --nologo
declare -A port=([capsule]=5381 ["$peer"]=5382) process
for kind in capsule "$peer"; do
  Capsule__DataDirectory="$work/data" dotnet Capsule.Benchmarks/bin/Release/net10.0/Capsule.Benchmarks.dll serve $kind "http://127.0.0.1:${port[$kind]}" &
  servers+=($!)
  process[$kind]=$!
  until curl -sf "http://127.0.0.1:${port[$kind]}/text" >/dev/null; do sleep 0.2; done
done

cat >"$work/post.lua" <<'LUA'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"id":7,"status":"open","page":2}'
LUA

# One run: its requests a second, and the server's processor time in microseconds a request. An answer that is no success spoils it.
run() {
  local report before after
  before="$(ticks "$1")"
  report="$(wrk -t1 -c32 -d"$3s" ${4:+-s "$4"} "http://127.0.0.1:${port[$1]}$2")"
  after="$(ticks "$1")"
  if grep -q 'Non-2xx\|Socket errors' <<<"$report"; then
    echo "$report" >&2
    return 1
  fi
  awk -v cost="$((after - before))" -v hertz="$(getconf CLK_TCK)" \
    '/ requests in / { requests = $1 } /^Requests\/sec/ { print $2, cost / hertz * 1000000 / requests }' <<<"$report"
}

ticks() { awk '{ print $14 + $15 }' "/proc/${process[$1]}/stat"; }

median() { sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

compare() {
  local name="$1" path="$2" script="${3:-}" kind
  for kind in capsule "$peer"; do
    : >"$work/$kind"
    run $kind "$path" 5 "$script" >/dev/null
  done
  for ((round = 0; round < rounds; round++)); do
    local order=(capsule "$peer")
    ((round % 2)) && order=("$peer" capsule)
    for kind in "${order[@]}"; do run $kind "$path" "$seconds" "$script" >>"$work/$kind"; done
  done
  row "$name" 1 '%.0f' >>"$work/rates"
  row "$name" 2 '%.1f' >>"$work/costs"
}

# The medians of one column, and that of the ratios within each round.
row() {
  local capsule minimal ratio
  capsule="$(cut -d' ' -f"$2" "$work/capsule" | median)"
  minimal="$(cut -d' ' -f"$2" "$work/$peer" | median)"
  ratio="$(paste -d' ' "$work/capsule" "$work/$peer" | awk -v column="$2" '{ print $column / $(column + 2) }' | median)"
  printf "| %s | $3 | $3 | %.2f |\n" "$1" "$capsule" "$minimal" "$ratio"
}

compare "text" /text
compare "GET: route and two query values, JSON answer" "/reports/7?status=open&page=2"
compare "POST: JSON in and out" /reports "$work/post.lua"
for table in "requests a second" "processor time, µs a request"; do
  printf '\n| %s | Capsule | minimal API (%s) | ratio |\n|---|---|---|---|\n' "$table" "$peer"
  if [[ $table == requests* ]]; then cat "$work/rates"; else cat "$work/costs"; fi
done
