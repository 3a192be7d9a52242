using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Capsule.Analyzers;

/// <summary>CAP0308: the IANA name of the time zone.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class IanaNameFix() : CapsuleCodeFix(Descriptors.UnknownTimeZone.Id, "Use the IANA name")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics) =>
        ScheduleText.ChangeOf(node, TimeZoneNames.Nearest, "Use the IANA name");
}
