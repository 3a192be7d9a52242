using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Capsule.Analyzers;

/// <summary>CAP0307: the last day that the expression's months have.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ExistingDayFix() : CapsuleCodeFix(Descriptors.NeverFires.Id, "Use a day that exists")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics) =>
        ScheduleText.ChangeOf(node, CronSuggestion.WithExistingDay, "Use a day that exists");
}
