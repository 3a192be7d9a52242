#!/usr/bin/env bash
# How long an app with many endpoints takes from its start to its first response: Capsule against a minimal API, cold starts in turns.
# Both apps are written into a temporary folder and built there.
#   bench/startup.sh [endpoints] [rounds]      default: 1000 endpoints, 11 rounds
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root="$PWD" endpoints="${1:-1000}" rounds="${2:-11}"
per_file=20
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export ASPNETCORE_ENVIRONMENT=Production Logging__LogLevel__Default=Warning Capsule__DataDirectory="$work/data"

project() {
  mkdir -p "$work/$1"
  cat >"$work/$1/$1.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <LangVersion>14</LangVersion>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <RootNamespace>App</RootNamespace>
  </PropertyGroup>
  $2
</Project>
XML
}

project capsule "<ItemGroup>
    <ProjectReference Include=\"$root/src/Capsule.Host/Capsule.Host.csproj\" />
    <ProjectReference Include=\"$root/src/Capsule.Generators/Capsule.Generators.csproj\" OutputItemType=\"Analyzer\" ReferenceOutputAssembly=\"false\" />
  </ItemGroup>"
cat >"$work/capsule/Program.cs" <<'CS'
using Capsule;
var builder = WebApplication.CreateSlimBuilder(args);
builder.AddCapsule();
var app = builder.Build();
app.MapCapsule();
app.Run();
CS

project minimal ""
{
  echo 'var builder = WebApplication.CreateSlimBuilder(args);'
  echo 'var app = builder.Build();'
  for ((file = 0; file * per_file < endpoints; file++)); do echo "App.Group$file.Map(app);"; done
  echo 'app.Run();'
} >"$work/minimal/Program.cs"

# Five kinds of endpoints; each file has a type of its own.
for ((file = 0; file * per_file < endpoints; file++)); do
  capsule="" minimal=""
  for ((index = 0; index < per_file; index += 5)); do
    path="/group$file/$index"
    capsule+="
    [Endpoint(\"GET\", \"$path/text\", Authorized = false)] public static string Text$index() => \"Hello\";
    [Endpoint(\"GET\", \"$path/one/{id}\", Authorized = false)] public static Item$file One$index(int id, string status, int page = 1) => new(id, status, page);
    [Endpoint(\"GET\", \"$path/all\", Authorized = false)] public static Task<List<Item$file>> All$index(string? status, int[] pages) => Task.FromResult(new List<Item$file>());
    [Endpoint(\"POST\", \"$path/new\", Authorized = false)] public static Item$file New$index(Item$file item) => item;
    [Endpoint(\"PUT\", \"$path/one/{id}\", Authorized = false)] public static async Task<Item$file> Put$index(int id, Item$file item, ILogger<Item$file> logger) { await Task.Yield(); return item; }"
    minimal+="
        app.MapGet(\"$path/text\", () => \"Hello\");
        app.MapGet(\"$path/one/{id}\", (int id, string status, int page = 1) => new Item$file(id, status, page));
        app.MapGet(\"$path/all\", (string? status, int[] pages) => Task.FromResult(new List<Item$file>()));
        app.MapPost(\"$path/new\", (Item$file item) => item);
        app.MapPut(\"$path/one/{id}\", async (int id, Item$file item, ILogger<Item$file> logger) => { await Task.Yield(); return item; });"
  done
  record="public sealed record Item$file(int Id, string Status, int Page);"
  printf 'using Capsule;\nnamespace App;\n%s\npublic static class Group%s\n{%s\n}\n' "$record" "$file" "$capsule" >"$work/capsule/Group$file.cs"
  printf 'namespace App;\n%s\npublic static class Group%s\n{\n    public static void Map(IEndpointRouteBuilder app)\n    {%s\n    }\n}\n' "$record" "$file" "$minimal" >"$work/minimal/Group$file.cs"
done

for kind in capsule minimal; do
  dotnet build "$work/$kind" -c Release -p:CapsuleSkipPage=true -p:RunAnalyzers=false -v quiet --nologo >"$work/build.log" || { cat "$work/build.log"; exit 1; }
done

# Milliseconds from the start of the process to the first line of the first response.
start() {
  local port=5391 began process status
  began="$(date +%s%N)"
  dotnet "$work/$1/bin/Release/net10.0/$1.dll" --urls "http://127.0.0.1:$port" >"$work/$1.log" 2>&1 &
  process=$!
  until { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null; do
    kill -0 $process 2>/dev/null || { cat "$work/$1.log" >&2; return 1; }
    sleep 0.005
  done
  printf 'GET /group0/0/text HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
  read -r status <&3
  echo $((($(date +%s%N) - began) / 1000000))
  exec 3>&-
  kill $process
  wait $process 2>/dev/null || true
  [[ "$status" == *" 200 "* ]] || { echo "$1 answered $status" >&2; return 1; }
}

median() { sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

start capsule >/dev/null
start minimal >/dev/null
for ((round = 0; round < rounds; round++)); do
  order=(capsule minimal)
  ((round % 2)) && order=(minimal capsule)
  for kind in "${order[@]}"; do start $kind >>"$work/$kind.times"; done
done
paste "$work/capsule.times" "$work/minimal.times" | awk '{ print $1 / $2 }' >"$work/ratios"
echo "| start to first response, $endpoints endpoints | Capsule | minimal API | ratio |"
echo "|---|---|---|---|"
printf '| median of %s cold starts | %s ms | %s ms | %.2f |\n' "$rounds" "$(median <"$work/capsule.times")" "$(median <"$work/minimal.times")" "$(median <"$work/ratios")"
