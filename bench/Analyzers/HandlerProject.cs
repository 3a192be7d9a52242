using System.Globalization;
using System.Reflection;
using System.Text;
using Capsule.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Capsule.Analyzers.Cost;

/// <summary>A project of 1,000 handlers in 50 files: chats, data, endpoints, tasks and schedules, with the helpers that they call.</summary>
internal static class HandlerProject
{
    public const int Files = 50;

    private const int HandlersInFile = 20;

    private static readonly Dictionary<string, string> Settings = typeof(HandlerProject).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(setting => setting.Key, setting => setting.Value!);

    private static readonly List<MetadataReference> References = [.. ReferencePaths().Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The project before the generator has run. One thread compiles it.</summary>
    public static CSharpCompilation Parse() => Parse(Enumerable.Range(0, Files).Select(file => ($"Handlers{file}.cs", Source(file))));

    public static CSharpCompilation Parse(IEnumerable<(string Path, string Text)> sources) => CSharpCompilation.Create(
        "App",
        sources.Prepend(("Usings.cs", Usings)).Select(source => CSharpSyntaxTree.ParseText(source.Item2, new CSharpParseOptions(LanguageVersion.Preview), source.Item1)),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false));

    public static Compilation Generate(CSharpCompilation compilation)
    {
        CSharpGeneratorDriver.Create([new CapsuleGenerator().AsSourceGenerator()], parseOptions: new CSharpParseOptions(LanguageVersion.Preview))
            .RunGeneratorsAndUpdateCompilation(compilation, out var whole, out _);
        return whole;
    }

    /// <summary>Writes the project to a folder, with the analyzers of this repository.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var root = Settings["Repository"];
        File.WriteAllText(Path.Combine(folder, "parallel.rsp"), "/parallel-\n");
        File.WriteAllText(Path.Combine(folder, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Library</OutputType>
                <LangVersion>14</LangVersion>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <CompilerResponseFile>$(MSBuildProjectDirectory)/parallel.rsp</CompilerResponseFile>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{root}src/Capsule.Host/Capsule.Host.csproj" />
                <ProjectReference Include="{root}src/Capsule.Generators/Capsule.Generators.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
                <ProjectReference Include="{root}src/Capsule.Analyzers/Capsule.Analyzers.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
              </ItemGroup>
            </Project>
            """);
        for (var file = 0; file < Files; file++)
            File.WriteAllText(Path.Combine(folder, $"Handlers{file}.cs"), Source(file));
    }

    public static string Source(int file)
    {
        var text = new StringBuilder($$"""
            using Capsule;

            namespace App;

            [Document("items{{file}}", Scope = Scope.Owner)]
            public sealed record Item{{file}}(string Name, string Status, int Priority) { public string Id { get; init; } = ""; }

            public static class Handlers{{file}}
            {

            """);
        for (var handler = 0; handler < HandlersInFile; handler++)
            text.Append(Handler(file, handler)).Append('\n');
        return text.Append(CultureInfo.InvariantCulture, $$"""
                private static string Describe(Item{{file}} item) => $"{item.Name} is {item.Status} ({item.Priority})";

                private static async Task TellAsync(Session? session, string text)
                {
                    if (session is { CanReply: true })
                        await session.ReplyAsync(text);
                }

                private static async Task<int> CountAsync(Collection<Item{{file}}> items, string status, CancellationToken cancellationToken)
                {
                    var total = 0;
                    foreach (var item in await items.FindAsync(i => i.Status == status, limit: 100, cancellationToken: cancellationToken))
                        total += Math.Max(1, item.Priority);
                    return total;
                }
            }
            """).ToString();
    }

    private static string Handler(int file, int number)
    {
        var id = $"{file}x{number}";
        return (number % 5) switch
        {
            0 => $$"""
                    [Message("chat{{id}}")]
                    public static async Task Chat{{id}}(Session session, Message message, Collection<Item{{file}}> items, CancellationToken cancellationToken)
                    {
                        var words = message.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                        if (words.Length == 0)
                        {
                            await session.ReplyAsync("Say something", cancellationToken);
                            return;
                        }
                        await session.NotifyAsync("Looking...", cancellationToken: cancellationToken);
                        var found = await items.FindAsync(i => i.Name == words[0], limit: 10, cancellationToken: cancellationToken);
                        await using var reply = session.StreamReply();
                        foreach (var item in found)
                            await reply.WriteAsync(Describe(item) + "\n", cancellationToken);
                        session.Data.Set("last", words[0]);
                        if (found.Count > 3 && await session.PromptApprovalAsync("Show all?", cancellationToken: cancellationToken))
                            await TellAsync(session, $"{found.Count} items");
                    }
                """,
            1 => $$"""
                    /// <summary>Lists items.</summary>
                    [Data("items{{id}}")]
                    public static async Task<IReadOnlyList<string>> List{{id}}(Collection<Item{{file}}> items, string status = "open", int limit = 20, CancellationToken cancellationToken = default)
                    {
                        if (limit is < 1 or > 100)
                            return [];
                        var found = await items.FindAsync(i => i.Status == status, limit: limit, cancellationToken: cancellationToken);
                        return [.. found.Where(item => item.Priority > 0).OrderBy(item => item.Name, StringComparer.Ordinal).Select(Describe)];
                    }
                """,
            2 => $$"""
                    /// <summary>Changes an item.</summary>
                    [Endpoint("POST", "/items{{id}}/{itemId}", Authorized = false)]
                    public static async Task<Item{{file}}> Change{{id}}(string itemId, Item{{file}} item, Collection<Item{{file}}> items, CancellationToken cancellationToken)
                    {
                        ArgumentException.ThrowIfNullOrEmpty(itemId);
                        var known = await items.GetAsync(itemId, cancellationToken);
                        if (known is not null && known.Status != item.Status)
                            await items.DeleteAsync(itemId, cancellationToken);
                        return await items.InsertAsync(item with { Id = itemId, Priority = Math.Clamp(item.Priority, 0, 9) }, cancellationToken);
                    }
                """,
            3 => $$"""
                    [Task(Retries = 2, TimeoutSeconds = 60, Lock = "sync:{status}")]
                    public static async Task<int> Sync{{id}}(Session? session, string status, Collection<Item{{file}}> items, CancellationToken cancellationToken)
                    {
                        var total = 0;
                        for (var step = 0; step < 3; step++)
                        {
                            total += await CountAsync(items, status, cancellationToken);
                            await Task.Delay(TimeSpan.FromMilliseconds(10 * step), cancellationToken);
                        }
                        await TellAsync(session, $"{total} items");
                        return total;
                    }
                """,
            _ => $$"""
                    [Schedule("*/15 8-18 * * MON-FRI", Name = "tick{{id}}", TimeZone = "Europe/Berlin")]
                    public static async Task Tick{{id}}(Session session, TaskClient tasks, Collection<Item{{file}}> items, CancellationToken cancellationToken)
                    {
                        var open = await CountAsync(items, "open", cancellationToken);
                        if (open > 10)
                            await tasks.Sync{{file}}x{{number - 1}}.SubmitAsync(status: "open", cancellationToken: cancellationToken);
                        await TellAsync(session, $"{open} open");
                    }
                """,
        };
    }

    private static IEnumerable<string> ReferencePaths()
    {
        foreach (var pack in new[] { "Microsoft.NETCore.App.Ref", "Microsoft.AspNetCore.App.Ref" })
        {
            var newest = Directory.GetDirectories(Path.Combine(Settings["TargetingPackRoot"], pack))
                .Select(folder => Path.Combine(folder, "ref", Settings["TargetFramework"])).Where(Directory.Exists)
                .MaxBy(folder => Version.Parse(new DirectoryInfo(folder).Parent!.Parent!.Name.Split('-')[0]))!;
            foreach (var file in Directory.GetFiles(newest, "*.dll"))
                yield return file;
        }
        yield return typeof(Session).Assembly.Location;
        yield return typeof(Hosting.HandlerManifest).Assembly.Location;
        yield return Path.Combine(AppContext.BaseDirectory, "Microsoft.Extensions.AI.Abstractions.dll");
    }

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;
}
