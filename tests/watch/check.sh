#!/usr/bin/env bash
# Runs a small app under `dotnet watch` and edits it: handlers that are added, changed or removed are live, in the same process.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
configuration="${CONFIGURATION:-Release}"
# The build takes this variable for its own, and what is optimised can't be edited while it runs.
export CONFIGURATION=Debug
seconds="${WATCH_SECONDS:-120}"
work="$(mktemp -d)"
watch=""
finish() {
  # The watcher and the app are a process group of their own.
  if [[ -n "$watch" ]]; then
    kill -- "-$watch" 2>/dev/null || true
    for _ in $(seq 50); do
      kill -0 -- "-$watch" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL -- "-$watch" 2>/dev/null || true
    wait "$watch" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap finish EXIT

fail() { printf '%s\n--- the watcher says:\n' "$1" >&2; cat "$work/log" >&2; exit 1; }

# Calls a command until it succeeds; all calls together may take as long as the whole test.
until_live() {
  local what="$1"
  shift
  until "$@"; do
    ((SECONDS < seconds)) || fail "$what: not live after $seconds s"
    kill -0 "$watch" 2>/dev/null || fail "$what: the watcher has ended"
    sleep 0.2
  done
  printf '   %s (%s s)\n' "$what" "$SECONDS"
}
answers() { [[ "$(curl -fsS -m 5 "$address$1" 2>/dev/null)" == "$2" ]]; }
status() { curl -s -m 5 -o /dev/null -w '%{http_code}' "$address$1" || true; }
is_gone() { [[ "$(status "$1")" == 404 ]]; }
describes() { curl -fsS -m 5 "$address/openapi/v1.json" 2>/dev/null | grep -qF "\"$1\""; }
replies() {
  curl -fsS -m 5 -H 'Content-Type: application/json' -d '{"text":"hello"}' "$address/capsule/chat" 2>/dev/null | grep -qF "\"$1\""
}
# Says a sentence, or says it so many times.
says() { (($(grep -cF "$1" "$work/log") >= ${2:-1})); }
listens() { address="$(grep -oP 'Now listening on: \K\S+' "$work/log" | tail -1)" && [[ -n "$address" ]]; }

mkdir "$work/app"
cp "$root/Directory.Packages.props" "$work"
libraries="$root/src/Capsule.Host/bin/$configuration/net10.0"
cat >"$work/app/App.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk.Web">
  <Import Project="$root/src/Capsule.Host/build/Capsule.Host.props" />
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <Reference Include="$libraries/Capsule.Host.dll;$libraries/Capsule.Abstractions.dll" />
    <Analyzer Include="$root/src/Capsule.Generators/bin/$configuration/netstandard2.0/Capsule.Generators.dll" />
    <PackageReference Include="Microsoft.AspNetCore.OpenApi" />
    <PackageReference Include="Microsoft.OpenApi" />
    <PackageReference Include="Microsoft.Data.Sqlite" />
    <PackageReference Include="Microsoft.Extensions.AI.Abstractions" />
    <PackageReference Include="SQLitePCLRaw.bundle_e_sqlite3" />
    <PackageReference Include="SQLitePCLRaw.core" />
  </ItemGroup>
</Project>
XML
cat >"$work/app/Program.cs" <<'CS'
using Capsule;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddCapsule();
var app = builder.Build();
app.MapCapsule();
app.Run();
CS
# Handlers as given, and what else is in the file. Moved into place from outside: a file that is added, if only for a moment, has the watcher evaluate the
# project again.
handlers() {
  cat >"$work/Handlers.cs" <<CS
using Capsule;

public static class Handlers
{
    [Data("process")]
    public static int GetProcess() => Environment.ProcessId;

$(cat)
}

${1:-}
CS
  mv "$work/Handlers.cs" "$work/app/Handlers.cs"
}
handlers <<'CS'
    [Data("changed")]
    public static string GetChanged() => "before";

    [Data("removed")]
    public static string GetRemoved(int number = 1) => $"{number}";
CS

(cd "$work/app" && dotnet build -c Debug -v quiet --nologo) >"$work/log" 2>&1 || fail "The app does not build"
printf '   built (%s s)\n' "$SECONDS"
export DOTNET_USE_POLLING_FILE_WATCHER=1 DOTNET_WATCH_SUPPRESS_LAUNCH_BROWSER=1 DOTNET_WATCH_SUPPRESS_EMOJIS=1
set -m
(cd "$work/app" && exec dotnet watch --non-interactive --verbose run --no-restore -- --urls http://127.0.0.1:0) >"$work/log" 2>&1 </dev/null &
watch=$!
set +m

address=""
until_live "started" listens
until_live "first answer" answers /data/changed before
process="$(curl -fsS "$address/data/process")"
until_live "the watcher waits for changes" says "Waiting for changes"

# Added: a route, an endpoint, a chat and a schedule.
handlers <<'CS'
    [Data("changed")]
    public static string GetChanged() => "before";

    [Data("removed")]
    public static string GetRemoved(int number = 1) => $"{number}";

    [Data("added")]
    public static string GetAdded(string name, int number = 2) => $"{name}{number}";

    [Endpoint("GET", "/endpoint", Authorized = false)]
    public static string GetEndpoint() => "endpoint";

    [Message]
    public static Task Added(Session session, Message message) => session.ReplyAsync("said " + message.Text);

    [Schedule("0 * * * *")]
    public static void Hourly()
    {
    }
CS
until_live "a route is added" answers "/data/added?name=a" a2
until_live "the OpenAPI document follows" describes /data/added
until_live "an endpoint is added" answers /endpoint endpoint
until_live "a chat is added" replies "said hello"
until_live "a schedule is added" says "Schedule Hourly was added"

# Changed: names, a path, a body and a plan.
handlers <<'CS'
    [Data("renamed")]
    public static string GetChanged() => "before";

    [Data("removed")]
    public static string GetRemoved(int number = 1) => $"{number}";

    [Data("added")]
    public static string GetAdded(string name, int number = 2) => $"{name}{number}";

    [Endpoint("GET", "/moved", Authorized = false)]
    public static string GetEndpoint() => "endpoint";

    [Message]
    public static Task Added(Session session, Message message) => session.ReplyAsync("repeated " + message.Text);

    [Schedule("30 * * * *")]
    public static void Hourly()
    {
    }
CS
until_live "a route is renamed" answers /data/renamed before
until_live "its old name is gone" is_gone /data/changed
until_live "an endpoint is moved" answers /moved endpoint
until_live "its old path is gone" is_gone /endpoint
until_live "a chat answers otherwise" replies "repeated hello"
until_live "a schedule is planned anew" says "Schedule Hourly was added" 2

# Removed: a route that was there from the start, and what was added.
handlers <<'CS'
    [Data("renamed")]
    public static string GetChanged() => "before";
CS
until_live "a route is removed" is_gone /data/removed
until_live "what was added is removed" is_gone /data/added
until_live "an endpoint is removed" is_gone /moved
until_live "a schedule is removed" says "Schedule Hourly was removed" 2
! replies "repeated hello" || fail "A removed chat still answers"

# Added: a class of handlers, and a type of theirs.
more='public static class More
{
    [Endpoint("POST", "/more", Authorized = false)]
    public static Thing Post(Thing thing) => thing;
}

public sealed record Thing(string Name);'
handlers "$more" <<'CS'
    [Data("renamed")]
    public static string GetChanged() => "before";
CS
posts() { [[ "$(curl -fsS -m 5 -H 'Content-Type: application/json' -d '{"name":"n"}' "$address/more" 2>/dev/null)" == '{"name":"n"}' ]]; }
until_live "a class is added" posts

# Changed: parameters, there and back.
handlers "$more" <<'CS'
    [Data("renamed")]
    public static string GetChanged(string text = "default") => $"after {text}";
CS
until_live "a parameter is added" answers "/data/renamed?text=x" "after x"
handlers "$more" <<'CS'
    [Data("renamed")]
    public static string GetChanged(int number, string text = "default") => $"later {text}{number}";
CS
until_live "another parameter is added" answers "/data/renamed?text=x&number=1" "later x1"
handlers "$more" <<'CS'
    [Data("renamed")]
    public static string GetChanged() => "at last";
CS
until_live "parameters are removed" answers /data/renamed "at last"

[[ "$(curl -fsS "$address/data/process")" == "$process" ]] || fail "The app was started again"
