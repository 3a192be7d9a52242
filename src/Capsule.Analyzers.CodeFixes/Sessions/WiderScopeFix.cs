using System.Composition;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>CAP0315: shares the documents with their owner's organisation, or with the whole app.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WiderScopeFix() : CapsuleCodeFix(Descriptors.ScopedDataWithoutUser.Id, "Widen the documents' scope")
{
    private static readonly string[] Scopes = ["App", "Owner"];

    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        var type = node is TypeSyntax syntax ? semantics.GetTypeInfo(syntax).Type : node is ExpressionSyntax use ? semantics.GetTypeInfo(use).Type : null;
        if (type is not INamedTypeSymbol { TypeArguments: [var document] } || !type.IsCapsule("Collection"))
            yield break;
        var mark = document.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.IsCapsule("DocumentAttribute"));
        if (mark?.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax { ArgumentList.Arguments: var arguments })
            yield break;
        if (arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "Scope")?.Expression is not MemberAccessExpressionSyntax place)
            yield break;
        foreach (var scope in Scopes)
        {
            yield return new Change($"Make the scope of '{document.Name}' {scope}", $"Make the scope {scope}", (place.SyntaxTree, editor =>
                editor.ReplaceNode(place.Name, SyntaxFactory.IdentifierName(scope).WithTriviaFrom(place.Name))));
        }
    }
}
