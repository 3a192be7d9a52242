using System.Collections.Immutable;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Capsule.Analyzers.Tests.Harness;

/// <summary>Applies fixes in a workspace, as an editor does, and compiles the result.</summary>
internal static class Fixes
{
    /// <summary>Asserts that the fix turns each file's text into the one expected, one report at a time, by its first edit or that of a title.</summary>
    public static async Task VerifyAsync(CodeFixProvider fix, string before, string after, string? title = null)
    {
        var document = Open(before).Documents.Single(document => document.Name == "File0.cs");
        for (var round = 0; round < 10 && await FirstFixAsync(fix, document, title) is { } action; round++)
            document = (await ApplyAsync(action)).GetDocument(document.Id)!;
        Assert.Equal(after, (await document.GetTextAsync()).ToString());
        await AssertFixedAsync(fix, document.Project);
    }

    /// <summary>Asserts that no edit is offered.</summary>
    public static async Task VerifyNoneAsync(CodeFixProvider fix, string before)
    {
        var document = Open(before).Documents.Single(document => document.Name == "File0.cs");
        Assert.NotEmpty(await DiagnosticsAsync(fix, document.Project));
        Assert.Null(await FirstFixAsync(fix, document));
    }

    /// <summary>Asserts that Fix All over the project turns all files into those expected at once.</summary>
    public static async Task VerifyAllAsync(CodeFixProvider fix, string[] before, string[] after, string? title = null)
    {
        var project = Open(before);
        var first = await FirstFixAsync(fix, project.Documents.Single(document => document.Name == "File0.cs"), title);
        var context = new FixAllContext(
            project.Documents.Single(document => document.Name == "File0.cs"), fix, FixAllScope.Project, first!.EquivalenceKey!,
            fix.FixableDiagnosticIds, new Provider(fix), CancellationToken.None);
        var action = await fix.GetFixAllProvider()!.GetFixAsync(context);
        var changed = (await ApplyAsync(action!)).GetProject(project.Id)!;

        var texts = new List<string>();
        foreach (var document in changed.Documents.Where(document => document.Name.StartsWith("File", StringComparison.Ordinal)))
            texts.Add((await document.GetTextAsync()).ToString());
        Assert.Equal(after, texts);
        await AssertFixedAsync(fix, changed);
    }

    /// <summary>Applies each edit that fixes offer for what is reported in a program, however broken it is; tells which of them offered one.</summary>
    public static async Task<IReadOnlyCollection<CodeFixProvider>> ApplyEachAsync(IReadOnlyList<CodeFixProvider> fixes, string program)
    {
        var document = Open(program).Documents.Single(document => document.Name == "File0.cs");
        var tree = await document.GetSyntaxTreeAsync();
        var diagnostics = await Analysis.RunAsync((await document.Project.GetCompilationAsync())!, new BuildProperties(("PublishAot", "true")));
        var offered = new List<(CodeFixProvider Fix, CodeAction Action)>();
        foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree))
        {
            foreach (var fix in fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add((fix, action)), CancellationToken.None));
        }
        foreach (var (_, action) in offered)
            await action.GetOperationsAsync(CancellationToken.None);
        return [.. offered.Select(one => one.Fix)];
    }

    private static Project Open(params string[] sources)
    {
        var template = TestProject.Of("");
        var compilation = template.Compile();
        var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "TestApp", "TestApp", LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: template.ParseOptions, metadataReferences: template.References));
        project = project.AddDocument("Usings.cs", compilation.SyntaxTrees[0].GetText()).Project;
        for (var i = 0; i < sources.Length; i++)
            project = project.AddDocument($"File{i}.cs", SourceText.From(sources[i])).Project;
        return project;
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(CodeFixProvider fix, Project project)
    {
        var diagnostics = await Analysis.RunAsync((await project.GetCompilationAsync())!, new BuildProperties(("PublishAot", "true")));
        return [.. diagnostics.Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id))];
    }

    private static async Task<CodeAction?> FirstFixAsync(CodeFixProvider fix, Document document, string? title = null)
    {
        var tree = await document.GetSyntaxTreeAsync();
        foreach (var diagnostic in await DiagnosticsAsync(fix, document.Project))
        {
            var offered = new List<CodeAction>();
            if (diagnostic.Location.SourceTree == tree)
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), CancellationToken.None));
            if (offered.Find(action => title is null || action.Title == title) is { } chosen)
                return chosen;
        }
        return null;
    }

    private static async Task<Solution> ApplyAsync(CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private static async Task AssertFixedAsync(CodeFixProvider fix, Project project)
    {
        Assert.Empty(await DiagnosticsAsync(fix, project));
        var compilation = (CSharpCompilation)(await project.GetCompilationAsync())!;
        Assert.Empty(Analysis.Generate(compilation).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    private sealed class Provider(CodeFixProvider fix) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await DiagnosticsAsync(fix, project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await DiagnosticsAsync(fix, document.Project)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await DiagnosticsAsync(fix, project)).Where(diagnostic => !diagnostic.Location.IsInSource);
    }
}
