using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>What all fixes have in common: one edit for one report, and the same edits together for Fix All.</summary>
public abstract class CapsuleCodeFix : CodeFixProvider
{
    private protected CapsuleCodeFix(string rule, string title)
    {
        Title = title;
        FixableDiagnosticIds = [rule];
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    private string Title { get; }

    public sealed override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) => await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var semantics = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is null || semantics is null || EditFor(NodeOf(root, diagnostic), semantics) is null)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(Title, cancellation => FixAsync(context.Document, [diagnostic], cancellation), equivalenceKey: Title), diagnostic);
        }
    }

    /// <summary>The edit for a report at a node; null when there is none that keeps the program's meaning.</summary>
    private protected abstract Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics);

    private async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var editor = new SyntaxEditor(root!, document.Project.Solution.Services);
        foreach (var diagnostic in diagnostics)
            EditFor(NodeOf(root!, diagnostic), semantics!)?.Invoke(editor);
        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }

    private static SyntaxNode NodeOf(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
}
