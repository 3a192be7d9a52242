using System.Collections.Immutable;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit.Abstractions;

namespace Capsule.Generators.Tests.Declarations;

/// <summary>
/// The proof of the fingerprint: whatever is edited, a generator that lives through the edits writes the same files as one
/// that starts anew. Derive a class for each generator.
/// </summary>
public abstract class IncrementalEqualsScratch<TGenerator>(ITestOutputHelper output)
    where TGenerator : IIncrementalGenerator, new()
{
    private const int EditsPerProgram = 25;

    /// <summary>The app before random files are added to it: its references, and what every program needs.</summary>
    internal abstract TestProject App { get; }

    /// <summary>The library likewise.</summary>
    internal abstract TestProject Library { get; }

    protected abstract int Programs { get; }

    [Fact]
    public void After_any_edits_the_incremental_result_equals_one_from_scratch()
    {
        var (edits, kept) = (0, 0); var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var seed = int.Parse(Environment.GetEnvironmentVariable("F") ?? "0"); seed < Programs; seed++)
        {
            var random = new Random(seed);
            var program = new RandomProgram(random, App, Library);
            var edit = new RandomEdit(random, program);
            var world = program.Create();
            var compiled = world.Compile();
            var session = new GeneratorSession(new TGenerator(), trackSteps: false);
            session.Run(compiled.App);
            var earlier = new List<World> { world };
            for (var i = 0; i < EditsPerProgram; i++)
            {
                world = edit.Apply(world);
                compiled = world.Compile(compiled);
                var run = session.Run(compiled.App);
                var scratch = GeneratorSession.RunOnce(new TGenerator(), compiled.App);
                if (run.ToString() != scratch.ToString())
                    Fail(seed, i, earlier, world);
                edits++;
                earlier.Add(world);
                if (run.Emitted.Count == 0)
                    kept++;
            }
            Console.Error.WriteLine($"{seed} {watch.ElapsedMilliseconds}"); watch.Restart();
        }
        output.WriteLine($"{edits} edits of {Programs} programs; after {kept} of them nothing was written again.");
        Assert.InRange(kept, edits / 10, edits * 9 / 10);
    }

    private static void Fail(int seed, int edit, List<World> earlier, World after)
    {
        // The state that the result was kept from is one of the earlier ones.
        var before = earlier.FindLast(world => Differ(world, after)) ?? earlier[0];
        Console.Error.WriteLine($"FAIL {seed} {edit}"); if (Environment.GetEnvironmentVariable("S") != null) (before, after) = Shrink(before, after);
        var (incremental, scratch) = Run(before, after);
        Assert.Fail($"Program {seed}, edit {edit}: the incremental result is not the one from scratch (-: incremental, +: scratch).\n"
            + Snapshot.Diff(incremental, scratch) + "\nReproduction, before:\n" + before + "\nafter:\n" + after);
    }

    private static (string Incremental, string Scratch) Run(World before, World after)
    {
        var session = new GeneratorSession(new TGenerator(), trackSteps: false);
        var compiled = before.Compile();
        session.Run(compiled.App);
        var changed = after.Compile(compiled).App;
        return (session.Run(changed).ToString(), GeneratorSession.RunOnce(new TGenerator(), changed).ToString());
    }

    private static bool Differ(World before, World after) => Run(before, after) is var (incremental, scratch) && incremental != scratch;

    /// <summary>Takes away lines that both programs have, in halves and then one by one, as long as the results still differ.</summary>
    private static (World Before, World After) Shrink(World before, World after)
    {
        for (var size = 16; size > 0; size /= 2)
        {
            for (var file = 0; file < before.App.Files.Length + before.Library.Files.Length; file++)
            {
                for (var line = 0; ;)
                {
                    var smallerBefore = Without(before, file, line, size, out var cut);
                    if (cut is null)
                        break;
                    var smallerAfter = WithoutLines(after, PathOf(before, file), cut);
                    if (smallerAfter is not null && Differ(smallerBefore, smallerAfter))
                        (before, after) = (smallerBefore, smallerAfter);
                    else
                        line++;
                }
            }
        }
        return (before, after);
    }

    private static string PathOf(World world, int file) =>
        file < world.App.Files.Length ? world.App.Files[file].Path : world.Library.Files[file - world.App.Files.Length].Path;

    private static World Without(World world, int file, int line, int size, out string? cut)
    {
        var path = PathOf(world, file);
        var lines = TextOf(world, path)!.Split('\n');
        cut = line + size <= lines.Length ? string.Join('\n', lines.Skip(line).Take(size)) : null;
        return cut is null ? world : WithText(world, path, string.Join('\n', lines.Take(line).Concat(lines.Skip(line + size))));
    }

    private static World? WithoutLines(World world, string path, string cut)
    {
        var text = TextOf(world, path);
        var at = text is null ? -1 : ("\n" + text + "\n").IndexOf("\n" + cut + "\n", StringComparison.Ordinal);
        return at < 0 ? null : WithText(world, path, text!.Remove(Math.Min(at, text.Length - cut.Length), cut.Length).Replace("\n\n", "\n", StringComparison.Ordinal));
    }

    private static string? TextOf(World world, string path) =>
        world.App.Files.Concat(world.Library.Files).FirstOrDefault(file => file.Path == path).Text;

    private static World WithText(World world, string path, string text) => world.App.Files.Any(file => file.Path == path)
        ? world with { App = world.App.WithFile(path, text) }
        : world with { Library = world.Library.WithFile(path, text) };
}

/// <summary>Over the strictest reader of declarations, with attributes of its own so that edits reach their declarations too.</summary>
public sealed class SymbolDumpEqualsScratch(ITestOutputHelper output) : IncrementalEqualsScratch<SymbolDumpGenerator>(output)
{
    private static readonly ImmutableArray<MetadataReference> Core =
    [
        .. References.NetCore.Where(reference => Path.GetFileNameWithoutExtension(reference.Display) is
            "System.Runtime" or "System.Collections" or "System.Console" or "System.ComponentModel.Primitives" or "System.Diagnostics.Debug"),
    ];

    internal override TestProject App { get; } = new() { References = Core, ImplicitUsings = false };

    internal override TestProject Library { get; } = new()
    {
        AssemblyName = "Library",
        References = Core,
        ImplicitUsings = false,
        Files = [("Attributes.cs", Attributes)],
    };

    protected override int Programs => int.Parse(Environment.GetEnvironmentVariable("P") ?? "200");

    private const string Attributes = """
        namespace Capsule;
        public enum Access { Public, Authenticated }
        public enum OnCrash { MarkInterrupted, Replay }
        public enum Missed { RunOnce, Skip, RunAll }
        public enum Scope { App, Owner, User, Session }
        public sealed class MessageAttribute(string? name = null) : System.Attribute { public string? Name => name; public OnCrash OnCrash { get; set; } }
        public sealed class DataAttribute(string name) : System.Attribute { public string Name => name; public Access Access { get; set; } public string? Policy { get; set; } }
        public sealed class EndpointAttribute(string method, string route) : System.Attribute { public string M => method + route; public bool Authorized { get; set; } = true; }
        public sealed class ScheduleAttribute(string cron) : System.Attribute { public string Cron => cron; public string TimeZone { get; set; } = "UTC"; public Missed Missed { get; set; } }
        public sealed class TaskAttribute : System.Attribute { public int Retries { get; set; } public string? Lock { get; set; } public System.Type[]? RetryFor { get; set; } }
        public sealed class DocumentAttribute(string name) : System.Attribute { public string Name => name; public Scope Scope { get; set; } }
        public sealed class BootAttribute : System.Attribute;
        """;
}
