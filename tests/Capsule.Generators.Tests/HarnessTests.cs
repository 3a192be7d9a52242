using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Tests;

/// <summary>The harness itself: a test tool that can't fail proves nothing.</summary>
public class HarnessTests
{
    [Fact]
    public void A_program_compiles_against_the_web_framework_and_runs()
    {
        var compilation = TestProject.Of("public static class P { public static int Answer(HttpContext? c) => c is null ? 42 : 0; }")
            .Compile();

        compilation.AssertClean();
        Assert.Equal(42, compilation.Load(assembly => assembly.GetType("P")!.GetMethod("Answer")!.Invoke(null, [null])));
    }

    [Fact]
    public void A_project_sees_another_one_through_a_compilation_reference()
    {
        var libraryProject = TestProject.Of("public static class L { public static int Get() => 42; }") with { AssemblyName = "Library" };
        var library = libraryProject.Compile();
        var appProject = TestProject.Of("public static class P { public static int Answer() => L.Get(); }");
        var app = (appProject with { References = appProject.References.Add(library.ToMetadataReference()) }).Compile();

        app.AssertClean();
        Assert.Equal(42, app.Load(assembly => assembly.GetType("P")!.GetMethod("Answer")!.Invoke(null, null), library));
    }

    [Fact]
    public void Warnings_are_problems()
    {
        var compilation = TestProject.Of("public class P { public string S() => null; }").Compile();

        Assert.Equal("CS8603", Assert.Single(compilation.Problems()).Id);
    }

    [Fact]
    public void A_session_tells_kept_files_from_written_ones()
    {
        var compilation = TestProject.Of(("A.cs", "class A;"), ("B.cs", "class B;")).Compile();
        var session = new GeneratorSession(new OneFilePerTree());

        Assert.Equal(["A.cs", "B.cs", "GlobalUsings.g.cs"], session.Run(compilation).Emitted);
        var second = session.Run(compilation.Replace("B.cs", "class B;", "class C;"));
        Assert.Equal(["B.cs"], second.Emitted);
        Assert.Equal("// class C;\n", second.Sources["B.cs"]);
        Assert.Equal(
            [IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified],
            second.Reasons("Texts"));
    }

    [Fact]
    public void A_snapshot_that_differs_shows_the_lines_that_do()
    {
        Assert.Equal("  b\n  c\n- d\n+ D\n  e\n  f\n", SkipMark(Snapshot.Diff("a\nb\nc\nd\ne\nf\ng", "a\nb\nc\nD\ne\nf\ng")));

        static string SkipMark(string diff) => diff.Replace("  …\n", "", StringComparison.Ordinal);
    }

    [Fact]
    public void An_accepted_snapshot_still_fails_the_test_that_accepted_it()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Assert.ThrowsAny<Exception>(() => Snapshot.Match(folder.FullName, "x", "text", accept: false));
            Assert.ThrowsAny<Exception>(() => Snapshot.Match(folder.FullName, "x", "text", accept: true));
            Snapshot.Match(folder.FullName, "x", "text", accept: false);
            Assert.ThrowsAny<Exception>(() => Snapshot.Match(folder.FullName, "x", "other", accept: false));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class OneFilePerTree : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            var texts = context.CompilationProvider
                .SelectMany(static (compilation, _) => compilation.SyntaxTrees.Select(tree => (tree.FilePath, tree.ToString())))
                .WithTrackingName("Texts");
            context.RegisterSourceOutput(texts, static (output, text) => output.AddSource(text.FilePath, $"// {text.Item2}\n"));
        }
    }
}
