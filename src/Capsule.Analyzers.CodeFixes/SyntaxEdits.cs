using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Capsule.Analyzers;

/// <summary>Pieces of syntax that several fixes need.</summary>
internal static class SyntaxEdits
{
    /// <summary>A type as short as its surroundings allow, with a <c>using</c> where it needs one.</summary>
    public static TypeSyntax Type(this SyntaxGenerator generator, ITypeSymbol type) =>
        (TypeSyntax)generator.TypeExpression(type).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    /// <summary>A type by its name as C#.</summary>
    public static TypeSyntax Type(string code) =>
        SyntaxFactory.ParseTypeName(code).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    /// <summary>An attribute of a type, without its list.</summary>
    public static AttributeSyntax Attribute(INamedTypeSymbol type, params IEnumerable<AttributeArgumentSyntax> arguments)
    {
        var name = (NameSyntax)SyntaxFactory.ParseName(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))
            .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
        var given = arguments.ToList();
        return SyntaxFactory.Attribute(name, given.Count == 0 ? null : SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList(given)));
    }

    public static AttributeArgumentSyntax Argument(string text) => SyntaxFactory.AttributeArgument(Literal(text));

    public static LiteralExpressionSyntax Literal(string text) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text));

    /// <summary>An expression that awaits, in the place of another: in parentheses where more is done with it.</summary>
    public static ExpressionSyntax InPlaceOf(this ExpressionSyntax awaiting, ExpressionSyntax replaced) =>
        (replaced.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax or InvocationExpressionSyntax
            ? SyntaxFactory.ParenthesizedExpression(awaiting)
            : awaiting).WithTriviaFrom(replaced);

    /// <summary>The declaration without those of its attributes; lists that become empty go, the comment before them stays.</summary>
    public static T WithoutAttributes<T>(this T declaration, Func<AttributeSyntax, bool> isUnwanted)
        where T : SyntaxNode
    {
        var lists = ListsOf(declaration)
            .Select(list => list.WithAttributes(SyntaxFactory.SeparatedList(list.Attributes.Where(attribute => !isUnwanted(attribute)))))
            .Where(list => list.Attributes.Count > 0);
        return WithLists(declaration, lists).WithLeadingTrivia(declaration.GetLeadingTrivia());
    }

    /// <summary>The declaration with one more attribute list: of a member on a line of its own, below the others.</summary>
    public static T WithAttribute<T>(this T declaration, AttributeSyntax attribute, SyntaxKind? target = null)
        where T : SyntaxNode
    {
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute));
        if (target is { } kind)
            list = list.WithTarget(SyntaxFactory.AttributeTargetSpecifier(SyntaxFactory.Token(kind)));
        var lists = ListsOf(declaration);
        var start = declaration.GetLeadingTrivia();
        var indentation = SyntaxFactory.TriviaList(start.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());
        if (declaration is ParameterSyntax)
            return WithLists(declaration, lists.Add(list.WithTrailingTrivia(SyntaxFactory.Space)));
        if (lists.Count > 0)
            return WithLists(declaration, lists.Add(list.WithLeadingTrivia(indentation).WithTrailingTrivia(lists.Last().GetTrailingTrivia())));
        list = list.WithLeadingTrivia(start).WithTrailingTrivia(SyntaxFactory.LineFeed);
        return WithLists(declaration.WithLeadingTrivia(indentation), SyntaxFactory.SingletonList(list));
    }

    /// <summary>Whether code names the method anywhere but where it is declared.</summary>
    public static bool IsNamedElsewhere(this IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
        compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot(cancellation).DescendantTokens())
            .Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == method.Name && token.Parent is SimpleNameSyntax);

    /// <summary>Whether others than the method decide on its parameters.</summary>
    public static bool HasFixedSignature(this IMethodSymbol method) =>
        method.IsOverride || method.IsVirtual || method.PartialImplementationPart is not null || method.PartialDefinitionPart is not null
        || !method.ExplicitInterfaceImplementations.IsEmpty
        || method.ContainingType.AllInterfaces.SelectMany(type => type.GetMembers(method.Name))
            .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    /// <summary>The names in a member's body that mean the parameter.</summary>
    public static IEnumerable<IdentifierNameSyntax> UsesOf(this IParameterSymbol parameter, SyntaxNode member, SemanticModel semantics) =>
        member.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name =>
            name.Identifier.ValueText == parameter.Name && SymbolEqualityComparer.Default.Equals(semantics.GetSymbolInfo(name).Symbol, parameter));

    /// <summary>The handler attribute's argument for the route's pattern, when it is a literal that can be edited.</summary>
    public static LiteralExpressionSyntax? PatternLiteral(this HandlerMark mark)
    {
        if (mark.Attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax { ArgumentList.Arguments: var arguments })
            return null;
        var argument = arguments.FirstOrDefault(candidate => candidate.NameColon?.Name.Identifier.ValueText == "pattern")
            ?? (arguments.Count > 1 && arguments[1] is { NameColon: null, NameEquals: null } second ? second : null);
        return argument?.Expression as LiteralExpressionSyntax;
    }

    private static SyntaxList<AttributeListSyntax> ListsOf(SyntaxNode declaration) => declaration switch
    {
        MemberDeclarationSyntax member => member.AttributeLists,
        ParameterSyntax parameter => parameter.AttributeLists,
        _ => default,
    };

    private static T WithLists<T>(T declaration, IEnumerable<AttributeListSyntax> lists)
        where T : SyntaxNode => (T)(SyntaxNode)(declaration switch
        {
            MemberDeclarationSyntax member => member.WithAttributeLists(SyntaxFactory.List(lists)),
            ParameterSyntax parameter => parameter.WithAttributeLists(SyntaxFactory.List(lists)),
            _ => declaration,
        });
}
