using System.Composition;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>CAP0203: binds the parameter to that of the route whose name is nearest.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NearestRouteNameFix() : CapsuleCodeFix(Descriptors.UnknownRouteParameter.Id, "Bind to the nearest route parameter")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node is not ParameterSyntax syntax || semantics.GetDeclaredSymbol(syntax) is not { ContainingSymbol: IMethodSymbol method } parameter
            || HandlerMark.On(method) is not [{ Kind: HandlerKind.Endpoint } mark] || mark.Text(1) is not { } pattern
            || SourceAttributes.On(BindingTarget.Of(parameter)).Attribute is not { } attribute
            || attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax place || !attribute.AttributeClass.Is("Microsoft.AspNetCore.Mvc.FromRouteAttribute"))
        {
            yield break;
        }
        var name = attribute.ArgumentOr("Name", parameter.Name);
        var taken = method.Parameters.Where(other => other.Ordinal != parameter.Ordinal).Select(NameInRoute).ToList();
        var free = RoutePatternCheck.Parameters(pattern).Select(route => route.Name).Where(route => !taken.Contains(route, StringComparer.OrdinalIgnoreCase));
        if (NearestText.To(name, free) is not { } nearest)
            yield break;
        yield return new Change($"Bind to '{nearest}'", "Bind to the nearest route parameter", (place.SyntaxTree, editor =>
        {
            var argument = SyntaxEdits.Argument(nearest).WithNameEquals(SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName("Name")));
            var others = (place.ArgumentList?.Arguments ?? default).Where(other => other.NameEquals?.Name.Identifier.ValueText != "Name");
            editor.ReplaceNode(place, place.WithArgumentList(SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList(others.Append(argument)))));
        }));
    }

    private static string NameInRoute(IParameterSymbol parameter) =>
        SourceAttributes.On(BindingTarget.Of(parameter)) is (ExplicitSource.Route, { } attribute) ? attribute.ArgumentOr("Name", parameter.Name) : parameter.Name;
}
