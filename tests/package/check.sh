#!/usr/bin/env bash
# Packs Capsule, then builds and starts an app that knows it only as a package: handlers are found, and their comments reach the OpenAPI document, those of the types they return included.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
configuration="${CONFIGURATION:-Release}"
work="$(mktemp -d)"
app=""
finish() {
  [[ -z "$app" ]] || { kill "$app" 2>/dev/null && wait "$app" 2>/dev/null || true; }
  rm -rf "$work"
}
trap finish EXIT

for project in Capsule.Abstractions Capsule.Host; do
  dotnet pack "$root/src/$project" -c "$configuration" -v quiet --nologo -o "$work/feed"
done

mkdir "$work/app"
cat >"$work/app/NuGet.config" <<'XML'
<configuration>
  <packageSources>
    <add key="packed" value="../feed" />
  </packageSources>
</configuration>
XML
# Packages go to a folder of their own: a version packed twice would otherwise come from the machine's cache.
cat >"$work/app/App.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <RestorePackagesPath>../packages</RestorePackagesPath>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Capsule.Host" Version="*" />
    <ProjectReference Include="../contracts/Contracts.csproj" />
  </ItemGroup>
</Project>
XML
mkdir "$work/contracts"
cat >"$work/contracts/Contracts.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <GenerateDocumentationFile>true</GenerateDocumentationFile>
  </PropertyGroup>
</Project>
XML
cat >"$work/contracts/Product.cs" <<'CS'
namespace Contracts;

/// <summary>What two numbers make when they are multiplied.</summary>
/// <remarks>It has no unit.</remarks>
/// <param name="Value">The product itself.</param>
public sealed record Product(int Value)
{
    /// <summary>How it is written.</summary>
    /// <example>forty-two</example>
    public string? Words { get; init; }
}
CS
cat >"$work/app/Program.cs" <<'CS'
using Capsule;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddCapsule();
var app = builder.Build();
app.MapCapsule();
app.Run();

public static class Handlers
{
    /// <summary>Adds two numbers.</summary>
    /// <remarks>As long as they are whole.</remarks>
    /// <example>One and one is two.</example>
    [Data("sum")]
    public static int Sum(int left, int right = 1) => left + right;

    /// <summary>Divides two numbers.</summary>
    [Data("quotient")]
    public static Quotient Divide(int left, int right) => new(left / right, left % right);

    /// <summary>Multiplies two numbers.</summary>
    [Data("product")]
    public static Contracts.Product Multiply(int left, int right) => new(left * right);
}

/// <summary>What a division gives.</summary>
/// <param name="Whole">How often it fits.</param>
/// <param name="Rest">What is left.</param>
public sealed record Quotient(int Whole, int Rest);
CS

dotnet build "$work/app" -c Release -v quiet --nologo
dotnet "$work/app/bin/Release/net10.0/App.dll" --urls http://127.0.0.1:0 --contentRoot "$work/app" >"$work/log" 2>&1 &
app=$!
for _ in $(seq 100); do
  address="$(grep -oP 'Now listening on: \K\S+' "$work/log" || true)"
  [[ -n "$address" ]] && break
  kill -0 "$app" 2>/dev/null || break
  sleep 0.1
done
[[ -n "$address" ]] || { cat "$work/log"; exit 1; }

expect() {
  local what="$1" expected="$2" actual="$3"
  [[ "$actual" == *"$expected"* ]] || { printf '%s: expected %s in\n%s\n' "$what" "$expected" "$actual" >&2; exit 1; }
}
expect "The handler's answer" 3 "$(curl -fsS "$address/data/sum?left=2")"
document="$(curl -fsS "$address/openapi/v1.json")"
expect "The OpenAPI document (a handler)" "Adds two numbers." "$document"
expect "The OpenAPI document (a handler's remarks and example)" 'As long as they are whole.\n\nOne and one is two.' "$document"
expect "The OpenAPI document (a type of the app)" "What is left." "$document"
expect "The OpenAPI document (a type of a library)" "The product itself." "$document"
expect "The OpenAPI document (its remarks)" 'multiplied.\n\nIt has no unit.' "$document"
expect "The OpenAPI document (its example)" "forty-two" "$document"
expect "The chat page" "/capsule/page/" "$(curl -fsS "$address/")"

# The package's analyzers, and its quietening of rules that would break handlers, beside the analyzers of .NET.
mkdir "$work/rules"
cp "$work/app/NuGet.config" "$work/rules/"
sed 's|<TreatWarningsAsErrors>true|<EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>\n    <TreatWarningsAsErrors>true|' "$work/app/App.csproj" >"$work/rules/App.csproj"
cat >"$work/rules/.editorconfig" <<'INI'
root = true

[*.cs]
dotnet_diagnostic.CA1822.severity = warning
dotnet_diagnostic.IDE0051.severity = warning
dotnet_diagnostic.IDE0060.severity = warning
dotnet_code_quality_unused_parameters = all
INI
cat >"$work/rules/Program.cs" <<'CS'
using Capsule;

WebApplication.CreateSlimBuilder(args).Build();

internal sealed class Chat
{
    [Message]
    internal Task Handle(Session session, Message message) => session.ReplyAsync("x");
}
CS
dotnet build "$work/rules" -v quiet --nologo
cat >"$work/rules/Other.cs" <<'CS'
internal sealed class Other
{
    internal int Helper(int number) => 1;

    private static int Unused() => 2;
}
CS
report="$(dotnet build "$work/rules" -v quiet --nologo 2>&1 || true)"
for id in CA1822 IDE0051 IDE0060; do expect "The rule of .NET on other methods" "$id" "$report"; done

# Fixes come with the package too, and work on the command line.
cat >"$work/rules/Other.cs" <<'CS'
using Capsule;

internal static class Other
{
    [Message("other")]
    private static Task Handle(Session session) => session.ReplyAsync("x");

    [Boot]
    internal static async void Start() => await Task.Yield();
}
CS
report="$(dotnet build "$work/rules" -v quiet --nologo 2>&1 || true)"
for id in CAP0001 CAP0003; do expect "The package's rule" "$id" "$report"; done
for id in CAP0001 CAP0003; do dotnet format analyzers "$work/rules" --no-restore --diagnostics "$id" --severity error -v quiet; done
expect "The fix of CAP0001" "internal static Task Handle" "$(cat "$work/rules/Other.cs")"
expect "The fix of CAP0003" "internal static async Task Start" "$(cat "$work/rules/Other.cs")"
dotnet build "$work/rules" -v quiet --nologo

# So does the proposal for a library, which only the end of a compilation can make.
mkdir "$work/library"
cp "$work/app/NuGet.config" "$work/library/"
sed 's|<Nullable>|<OutputType>Library</OutputType>\n    <Nullable>|' "$work/app/App.csproj" >"$work/library/App.csproj"
cat >"$work/library/Greeting.cs" <<'CS'
using Capsule;

namespace Greetings;

public static class Greeting
{
    public static Task GreetAsync(Session session, string name) => session.ReplyAsync($"Hello, {name}");

    public static string TextFor(string name) => $"Hello, {name}";
}
CS
dotnet build "$work/library" -v quiet --nologo
dotnet format analyzers "$work/library" --no-restore --diagnostics CAP0317 --severity info -v quiet
expect "The fix of CAP0317" "[MayReply]
    public static Task GreetAsync" "$(cat "$work/library/Greeting.cs")"
[[ "$(grep -c MayReply "$work/library/Greeting.cs")" == 1 ]] || { echo "CAP0317 was fixed where nothing replies" >&2; exit 1; }
dotnet build "$work/library" -v quiet --nologo
