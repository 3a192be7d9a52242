using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Capsule.Generators.Tests.Harness;

/// <summary>Editing, checking and running a test compilation.</summary>
internal static class CompilationExtensions
{
    /// <summary>The compilation after <paramref name="edit"/> of one file, parsed incrementally as in an editor.</summary>
    public static CSharpCompilation Edit(this CSharpCompilation compilation, string path, Func<string, string> edit)
    {
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == path);
        var before = tree.GetText();
        var after = SourceText.From(edit(before.ToString()), before.Encoding);
        var changed = before.WithChanges(after.GetTextChanges(before));
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(changed));
    }

    /// <summary>Replaces the only occurrence of <paramref name="old"/> in a file.</summary>
    public static CSharpCompilation Replace(this CSharpCompilation compilation, string path, string old, string replacement) =>
        compilation.Edit(path, text =>
        {
            var at = text.IndexOf(old, StringComparison.Ordinal);
            Assert.True(at >= 0, $"\"{old}\" is not in {path}.");
            Assert.True(text.IndexOf(old, at + 1, StringComparison.Ordinal) < 0, $"\"{old}\" is more than once in {path}.");
            return text[..at] + replacement + text[(at + old.Length)..];
        });

    /// <summary>Errors and warnings, in source order; hidden and information diagnostics are left out.</summary>
    public static ImmutableArray<Diagnostic> Problems(this Compilation compilation) =>
    [
        .. compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed)
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start),
    ];

    /// <summary>Fails with the full list when the compilation has an error or a warning.</summary>
    public static void AssertClean(this Compilation compilation)
    {
        var problems = compilation.Problems();
        if (problems.Length > 0)
        {
            var sources = problems.Select(problem => problem.Location.SourceTree).OfType<SyntaxTree>().Distinct()
                .Select(tree => $"---- {tree.FilePath}\n{tree}");
            Assert.Fail(string.Join('\n', problems) + "\n" + string.Join('\n', sources));
        }
    }

    /// <summary>
    /// Emits and loads the compilation, hands it to <paramref name="use"/> and unloads it again. Capsule and framework assemblies are
    /// those of the test process; other projects come from <paramref name="references"/>.
    /// </summary>
    public static T Load<T>(this Compilation compilation, Func<Assembly, T> use, params IEnumerable<Compilation> references)
    {
        var context = new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true);
        try
        {
            foreach (var reference in references)
                LoadInto(context, reference);
            return use(LoadInto(context, compilation));
        }
        finally
        {
            context.Unload();
        }
    }

    private static Assembly LoadInto(AssemblyLoadContext context, Compilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        return context.LoadFromStream(image);
    }
}
