using System.Composition;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>CAP0202: takes the route parameter, of the type that its constraint names.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddRouteParameterFix() : CapsuleCodeFix(Descriptors.UnusedRouteParameter.Id, "Take the route parameter")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method || semantics.GetDeclaredSymbol(method) is not { } symbol
            || symbol.HasFixedSignature() || symbol.IsNamedElsewhere(semantics.Compilation, default) || HandlerMark.On(symbol) is not [var mark]
            || mark.Text(1) is not { } pattern || ParameterAt(mark, pattern, diagnostic) is not { } route)
        {
            yield break;
        }
        var name = NameOf(route);
        var attribute = name == route.Name ? null : semantics.Compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Mvc.FromRouteAttribute");
        if (name is null || method.DescendantTokens().Any(token => token.ValueText == name && token.IsKind(SyntaxKind.IdentifierToken)) || (attribute is null && name != route.Name))
            yield break;
        yield return new Change($"Take '{name}'", "Take the route parameter", (method.SyntaxTree, editor =>
        {
            var parameter = (ParameterSyntax)editor.Generator.ParameterDeclaration(name, SyntaxEdits.Type(TypeOf(route)));
            if (attribute is not null)
                parameter = parameter.WithAttribute(SyntaxEdits.Attribute(attribute, SyntaxEdits.Argument(route.Name).WithNameEquals(SyntaxFactory.NameEquals("Name"))));
            // Required parameters come before those with a default value, and before the token.
            var before = symbol.Parameters.FirstOrDefault(other => other.HasExplicitDefaultValue || other.IsParams || other.Type.Is("System.Threading.CancellationToken"));
            if (before is null)
                editor.AddParameter(method, parameter);
            else
                editor.InsertParameter(method, before.Ordinal, parameter);
        }));
    }

    private static RouteParameter? ParameterAt(HandlerMark mark, string pattern, Diagnostic diagnostic) =>
        RoutePatternCheck.Parameters(pattern).FirstOrDefault(parameter =>
            mark.Attribute.Locate("pattern", parameter.Start, parameter.Length, default)?.SourceSpan == diagnostic.Location.SourceSpan);

    private static string? NameOf(RouteParameter route)
    {
        if (SyntaxFacts.IsValidIdentifier(route.Name) && SyntaxFacts.GetKeywordKind(route.Name) == SyntaxKind.None)
            return route.Name;
        var name = Identifiers.PascalCase(route.Name);
        return name is null ? null : char.ToLowerInvariant(name[0]) + name.Substring(1);
    }

    private static string TypeOf(RouteParameter route)
    {
        var type = route.Constraints.Split(':')[0] switch
        {
            "int" => "int",
            "long" => "long",
            "bool" => "bool",
            "double" => "double",
            "float" => "float",
            "decimal" => "decimal",
            "guid" => "global::System.Guid",
            "datetime" => "global::System.DateTime",
            _ => "string",
        };
        return route.IsOptional ? type + "?" : type;
    }
}

internal static class ParameterEditing
{
    /// <summary>Puts a parameter at a place among those of a method.</summary>
    public static void InsertParameter(this SyntaxEditor editor, MethodDeclarationSyntax method, int index, ParameterSyntax parameter) =>
        editor.InsertBefore(method.ParameterList.Parameters[index], parameter);
}
