using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>What a fix offers to do about a report.</summary>
/// <param name="title">What a menu shows.</param>
/// <param name="key">The same for what Fix All does in one go.</param>
/// <param name="edits">The edits of one or more files.</param>
internal sealed class Change(string title, string key, params (SyntaxTree Tree, Action<SyntaxEditor> Edit)[] edits)
{
    public Change(string title, SyntaxTree tree, Action<SyntaxEditor> edit)
        : this(title, title, (tree, edit))
    {
    }

    public string Title { get; } = title;

    public string Key { get; } = key;

    private readonly (SyntaxTree Tree, Action<SyntaxEditor> Edit)[] edits = edits;

    /// <summary>The solution with all edits of all changes.</summary>
    public static async Task<Solution> ApplyAsync(Solution solution, IEnumerable<Change> changes, CancellationToken cancellation)
    {
        var editors = new Dictionary<DocumentId, SyntaxEditor>();
        foreach (var (tree, edit) in changes.SelectMany(change => change.edits))
        {
            if (solution.GetDocument(tree) is not { } document)
                continue;
            if (!editors.TryGetValue(document.Id, out var editor))
                editors.Add(document.Id, editor = new SyntaxEditor(await tree.GetRootAsync(cancellation).ConfigureAwait(false), solution.Services));
            edit(editor);
        }
        return editors.Aggregate(solution, (current, entry) => current.WithDocumentSyntaxRoot(entry.Key, entry.Value.GetChangedRoot()));
    }

    /// <summary>Whether the files that differ have no compiler error that they did not have before.</summary>
    public static async Task<bool> CompilesAsWellAsync(Solution changed, Solution original, CancellationToken cancellation)
    {
        foreach (var id in changed.GetChanges(original).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()))
        {
            var known = (await ErrorsAsync(original.GetDocument(id)!, cancellation).ConfigureAwait(false)).ToLookup(error => error, StringComparer.Ordinal);
            var errors = await ErrorsAsync(changed.GetDocument(id)!, cancellation).ConfigureAwait(false);
            if (errors.GroupBy(error => error, StringComparer.Ordinal).Any(error => error.Count() > known[error.Key].Count()))
                return false;
        }
        return true;
    }

    private static async Task<IEnumerable<string>> ErrorsAsync(Document document, CancellationToken cancellation)
    {
        var semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return semantics!.GetDiagnostics(cancellationToken: cancellation)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString().Substring(diagnostic.ToString().IndexOf(": ", StringComparison.Ordinal)));
    }
}
