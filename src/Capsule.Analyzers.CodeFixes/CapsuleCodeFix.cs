using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>
/// What all fixes have in common: an edit is offered only when the program compiles with it as well as without, and the same edits go together
/// for Fix All.
/// </summary>
public abstract class CapsuleCodeFix : CodeFixProvider
{
    private readonly string title;

    private protected CapsuleCodeFix(string rule, string title)
    {
        this.title = title;
        FixableDiagnosticIds = [rule];
    }

    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    public sealed override FixAllProvider GetFixAllProvider() => new WholeScope(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var solution = context.Document.Project.Solution;
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var change in await ChangesForAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                var changed = await Change.ApplyAsync(solution, [change], context.CancellationToken).ConfigureAwait(false);
                if (await Change.CompilesAsWellAsync(changed, solution, context.CancellationToken).ConfigureAwait(false))
                    context.RegisterCodeFix(CodeAction.Create(change.Title, _ => Task.FromResult(changed), change.Key), diagnostic);
            }
        }
    }

    /// <summary>The changes to choose from for a report at a node; none when no edit keeps the program's meaning.</summary>
    private protected virtual IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics) =>
        EditFor(node, semantics) is { } edit ? [new Change(title, node.SyntaxTree, edit)] : [];

    /// <summary>The only edit for a report at a node; null when there is none that keeps the program's meaning.</summary>
    private protected virtual Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics) => null;

    private async Task<IEnumerable<Change>> ChangesForAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || semantics is null || !root.FullSpan.Contains(diagnostic.Location.SourceSpan))
            return [];
        return ChangesFor(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), diagnostic, semantics).ToList();
    }

    /// <summary>All reports of a document, project or solution at once; those whose edits would break something are left.</summary>
    private sealed class WholeScope(CapsuleCodeFix fix) : FixAllProvider
    {
        public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) => Task.FromResult<CodeAction?>(
            CodeAction.Create(fix.title, cancellation => FixAsync(fixAllContext, cancellation), fixAllContext.CodeActionEquivalenceKey));

        private async Task<Solution> FixAsync(FixAllContext context, CancellationToken cancellation)
        {
            var changes = new List<Change>();
            foreach (var diagnostic in await DiagnosticsAsync(context).ConfigureAwait(false))
            {
                if (context.Solution.GetDocument(diagnostic.Location.SourceTree) is not { } document)
                    continue;
                var offered = await fix.ChangesForAsync(document, diagnostic, cancellation).ConfigureAwait(false);
                if (offered.FirstOrDefault(change => change.Key == context.CodeActionEquivalenceKey) is { } change)
                    changes.Add(change);
            }

            var together = await Change.ApplyAsync(context.Solution, changes, cancellation).ConfigureAwait(false);
            if (await Change.CompilesAsWellAsync(together, context.Solution, cancellation).ConfigureAwait(false))
                return together;
            var harmless = new List<Change>();
            foreach (var change in changes)
            {
                var alone = await Change.ApplyAsync(context.Solution, [change], cancellation).ConfigureAwait(false);
                if (await Change.CompilesAsWellAsync(alone, context.Solution, cancellation).ConfigureAwait(false))
                    harmless.Add(change);
            }
            return await Change.ApplyAsync(context.Solution, harmless, cancellation).ConfigureAwait(false);
        }

        private static async Task<IEnumerable<Diagnostic>> DiagnosticsAsync(FixAllContext context)
        {
            switch (context.Scope)
            {
                case FixAllScope.Document when context.Document is { } document:
                    return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
                case FixAllScope.Solution:
                    var found = new List<Diagnostic>();
                    foreach (var project in context.Solution.Projects)
                        found.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
                    return found;
                default:
                    return await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false);
            }
        }
    }
}
