using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Capsule.Analyzers;

/// <summary>CAP0306: the valid expression that is nearest to what was written.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NearestCronFix() : CapsuleCodeFix(Descriptors.InvalidCron.Id, "Use the nearest valid expression")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics) =>
        ScheduleText.ChangeOf(node, CronSuggestion.For, "Use the nearest valid expression");
}
