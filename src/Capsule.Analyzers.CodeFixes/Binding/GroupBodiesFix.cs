using System.Composition;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace Capsule.Analyzers;

/// <summary>CAP0102: groups several bodies in a record of their own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class GroupBodiesFix() : CapsuleCodeFix(Descriptors.SeveralBodies.Id, "Group the bodies in a record")
{
    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics)
    {
        if (node is not ParameterSyntax { Parent.Parent: MethodDeclarationSyntax method } reported || semantics.GetDeclaredSymbol(method) is not { } symbol
            || symbol.HasFixedSignature() || symbol.IsNamedElsewhere(semantics.Compilation, default))
        {
            return null;
        }
        var bodies = symbol.Parameters.Where(parameter => SourceAttributes.On(BindingTarget.Of(parameter)).Source == ExplicitSource.Body).ToList();
        // Of several reports at one method, the first makes the edit for all.
        if (bodies.Count < 2 || bodies[1].Name != reported.Identifier.ValueText || HasForm(symbol)
            || method.FirstAncestorOrSelf<TypeDeclarationSyntax>(type => type.Parent is not TypeDeclarationSyntax) is not { } outermost)
        {
            return null;
        }
        var name = FreeName(symbol, semantics);
        var local = bodies.Exists(body => body.Name == "body") || method.DescendantTokens().All(token => token.ValueText != "body") ? "body" : "bodies";
        return editor =>
        {
            var record = $"{(symbol.IsPublicMember() ? "public" : "internal")} sealed record {name}({string.Join(", ", bodies.Select(body => $"{Syntax(body).Type} {Property(body)}"))});";
            foreach (var body in bodies)
            {
                foreach (var use in body.UsesOf(method, semantics))
                    editor.ReplaceNode(use, SyntaxFactory.ParseExpression($"{local}.{Property(body)}").WithTriviaFrom(use));
                if (body.Ordinal == bodies[0].Ordinal)
                    editor.ReplaceNode(Syntax(body), SyntaxFactory.Parameter(SyntaxFactory.Identifier(local)).WithType(SyntaxFactory.ParseTypeName(name + " ")));
                else
                    editor.RemoveNode(Syntax(body));
            }
            editor.InsertAfter(outermost, SyntaxFactory.ParseMemberDeclaration(record)!.WithLeadingTrivia(SyntaxFactory.LineFeed).WithTrailingTrivia(SyntaxFactory.LineFeed)
                .WithAdditionalAnnotations(Formatter.Annotation));
        };

        ParameterSyntax Syntax(IParameterSymbol parameter) => method.ParameterList.Parameters[parameter.Ordinal];
    }

    private static bool HasForm(IMethodSymbol method) => method.Parameters.Any(parameter =>
        SourceAttributes.On(BindingTarget.Of(parameter)).Source == ExplicitSource.Form || FormParser.Parse(BindingTarget.Of(parameter), null) is not null);

    private static string Property(IParameterSymbol parameter) => char.ToUpperInvariant(parameter.Name[0]) + parameter.Name.Substring(1);

    private static string FreeName(IMethodSymbol method, SemanticModel semantics)
    {
        var name = method.Name + "Body";
        var taken = new HashSet<string>(semantics.LookupNamespacesAndTypes(method.Locations[0].SourceSpan.Start).Select(type => type.Name), StringComparer.Ordinal);
        return Enumerable.Range(1, 100).Select(number => number == 1 ? name : name + number).First(candidate => !taken.Contains(candidate));
    }
}
