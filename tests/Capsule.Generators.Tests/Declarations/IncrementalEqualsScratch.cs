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

    /// <summary>How many programs are edited; the number of each is its seed.</summary>
    protected abstract int Programs { get; }

    [Fact]
    public void After_any_edits_the_incremental_result_equals_one_from_scratch()
    {
        var kept = Enumerable.Range(0, Programs).AsParallel().Sum(EditProgram);

        var edits = Programs * EditsPerProgram;
        output.WriteLine($"{edits} edits of {Programs} programs; after {kept} of them nothing was written again.");
        // Edits that always or never change a declaration would prove nothing.
        Assert.InRange(kept, edits / 10, edits * 9 / 10);
    }

    /// <summary>Edits one random program, and gives the number of edits after which nothing was written.</summary>
    private int EditProgram(int seed)
    {
        var program = new RandomProgram(new Random(seed), App, Library);
        var edit = new RandomEdit(new Random(seed), program);
        var world = program.Create();
        var compiled = world.Compile();
        var session = new GeneratorSession(new TGenerator(), trackSteps: false);
        session.Run(compiled.App);

        var kept = 0;
        var earlier = new List<World>();
        for (var i = 0; i < EditsPerProgram; i++)
        {
            earlier.Add(world);
            world = edit.Apply(world);
            compiled = world.Compile(compiled);
            var run = session.Run(compiled.App);
            if (run.ToString() != GeneratorSession.RunOnce(new TGenerator(), compiled.App).ToString())
                Fail($"Program {seed}, edit {i}", earlier, world);
            kept += run.Emitted.Count == 0 ? 1 : 0;
        }
        return kept;
    }

    private static void Fail(string where, List<World> earlier, World after)
    {
        // The state that the result was kept from is one of the earlier ones, not always the last.
        var before = earlier.FindLast(world => Differ(world, after)) ?? earlier[0];
        (before, after) = WorldShrinker.Shrink(before, after, Differ, TimeSpan.FromSeconds(30));
        var (incremental, scratch) = Run(before, after);
        Assert.Fail($"{where}: the incremental result (-) is not the one from scratch (+).\n{Snapshot.Diff(incremental, scratch)}\n"
            + $"The edit (- before, + after):\n{Snapshot.Diff(before.ToString(), after.ToString())}\nThe program before:\n{before}");
    }

    private static bool Differ(World before, World after) => Run(before, after) is var (incremental, scratch) && incremental != scratch;

    private static (string Incremental, string Scratch) Run(World before, World after)
    {
        var session = new GeneratorSession(new TGenerator(), trackSteps: false);
        var compiled = before.Compile();
        session.Run(compiled.App);
        var changed = after.Compile(compiled).App;
        return (session.Run(changed).ToString(), GeneratorSession.RunOnce(new TGenerator(), changed).ToString());
    }
}
