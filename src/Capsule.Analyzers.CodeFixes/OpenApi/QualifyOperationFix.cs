using System.Composition;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>CAP0404: puts the name of the class before that of the operation.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QualifyOperationFix() : CapsuleCodeFix(Descriptors.DuplicateOperationId.Id, "Qualify the operation's id")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method || semantics.GetDeclaredSymbol(method) is not { } symbol
            || semantics.Compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Routing.EndpointNameAttribute") is not { } attribute)
        {
            yield break;
        }
        var known = symbol.GetAttributes().FirstOrDefault(candidate => candidate.AttributeClass.Is("Microsoft.AspNetCore.Routing.EndpointNameAttribute"));
        var id = Identifiers.JsonName(Qualifier(symbol.ContainingType, semantics.Compilation)) + symbol.NameWithoutAsync();
        yield return new Change($"Call it '{id}'", "Qualify the operation's id", (method.SyntaxTree, editor =>
        {
            if (known?.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax { ArgumentList.Arguments: [var argument] })
                editor.ReplaceNode(argument.Expression, SyntaxEdits.Literal(id));
            else
                editor.ReplaceNode(method, method.WithAttribute(SyntaxEdits.Attribute(attribute, SyntaxEdits.Argument(id))));
        }));
    }

    /// <summary>The name of the class, with its namespace where several have the name.</summary>
    private static string Qualifier(INamedTypeSymbol type, Compilation compilation) => compilation.GetSymbolsWithName(type.Name, SymbolFilter.Type).Skip(1).Any()
        ? type.ToReadable().Replace(".", "")
        : type.Name;
}
