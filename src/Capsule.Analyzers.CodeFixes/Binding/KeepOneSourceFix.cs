using System.Composition;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>CAP0104: leaves one of the attributes that contradict each other; none where the type says it all.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class KeepOneSourceFix() : CapsuleCodeFix(Descriptors.ConflictingSources.Id, "Keep one")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node is not ParameterSyntax syntax || semantics.GetDeclaredSymbol(syntax) is not { } parameter)
            yield break;
        var sources = parameter.GetAttributes().Where(attribute => SourceOf(attribute) && attribute.ApplicationSyntaxReference?.SyntaxTree == syntax.SyntaxTree).ToList();
        if (InjectedParser.Parse(parameter.Type) is not null)
        {
            yield return Without("Remove the attribute", _ => true);
            yield break;
        }
        foreach (var kept in sources)
            yield return Without($"Keep [{NameOf(kept)}]", attribute => attribute != kept);

        Change Without(string title, Func<AttributeData, bool> isUnwanted)
        {
            var spans = sources.Where(isUnwanted).Select(attribute => attribute.ApplicationSyntaxReference!.Span).ToList();
            return new Change(title, syntax.SyntaxTree, editor => editor.ReplaceNode(syntax, syntax.WithoutAttributes(attribute => spans.Contains(attribute.Span))));
        }
    }

    private static bool SourceOf(AttributeData attribute) =>
        attribute.AttributeClass is { } type && SourceAttributes.SourcesOf(type).Any();

    private static string NameOf(AttributeData attribute) => attribute.AttributeClass!.Name.Replace("Attribute", "");
}
