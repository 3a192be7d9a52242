#!/usr/bin/env bash
# Compiles an app and Capsule ahead of time, starts it and asks it for everything once. Any warning of the compiler is an error.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
work="$(mktemp -d)"
app=""
finish() {
  [[ -z "$app" ]] || { kill "$app" 2>/dev/null && wait "$app" 2>/dev/null || true; }
  rm -rf "$work"
}
trap finish EXIT

fail() { printf '%s\n' "$@" >&2; exit 1; }
expect() {
  local what="$1" expected="$2" actual="$3"
  [[ "$actual" == *"$expected"* ]] || fail "$what: expected $expected in" "$actual"
}

dotnet publish "$here/App" -c Release -r "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" -v quiet --nologo -o "$work/app"
[[ -e "$work/app/App" && ! -e "$work/app/App.dll" ]] || fail "This is no native app."

# Every type that is in no JsonSerializerContext is named at start.
if "$work/app/App" --without-context --urls http://127.0.0.1:0 --contentRoot "$work" >"$work/refused" 2>&1; then fail "An app without JSON types starts."; fi
for type in Total Order Note Length; do expect "The start without JSON types" "  $type (" "$(cat "$work/refused")"; done

"$work/app/App" --urls http://127.0.0.1:0 --contentRoot "$work" >"$work/log" 2>&1 &
app=$!
for _ in $(seq 100); do
  address="$(grep -oP 'Now listening on: \K\S+' "$work/log" || true)"
  [[ -n "$address" ]] && break
  kill -0 "$app" 2>/dev/null || break
  sleep 0.1
done
[[ -n "$address" ]] || { cat "$work/log"; exit 1; }

post() { curl -fsS -X POST -H 'Content-Type: application/json' -d "$2" "$address$1"; }
expect "[Data]" '{"value":3}' "$(curl -fsS "$address/data/sum?left=2")"
expect "A wrong value" '"left":[' "$(curl -sS "$address/data/sum?left=two")"
expect "[Endpoint] with a body and a collection" '{"id":7,"item":"tea","notes":1}' "$(post /orders/7 '{"id":0,"item":"tea"}')"
expect "A chat turn" '"text":"You said hello."' "$(post /capsule/chat '{"text":"hello"}')"
