using System.Composition;
using Capsule.Generators.Model;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>
/// CAP0005: of a handler whose result nobody receives, replies with a text that it returns, or drops a result that is only made along the way;
/// makes an array of a span.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReturnTypeFix() : CapsuleCodeFix(Descriptors.ReturnType.Id, "Change the return type")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node is not MethodDeclarationSyntax method || method is { Body: null, ExpressionBody: null } || semantics.GetDeclaredSymbol(method) is not { } symbol
            || symbol.HasFixedSignature() || HandlerMark.On(symbol) is not [var mark])
        {
            yield break;
        }
        var (shape, result) = ReturnParser.Unwrap(symbol.ReturnType);
        if (result is INamedTypeSymbol { TypeArguments: [var element] } && (result.Is("System.Span") || result.Is("System.ReadOnlySpan")))
            yield return new Change("Return an array", method.SyntaxTree, editor => ReturnArray(editor, method, element));
        if (mark.IsHttp || mark.Kind == HandlerKind.Task || result is null)
            yield break;
        if (result.SpecialType == SpecialType.System_String && SessionOf(symbol) is { } session && (shape == ReturnShape.Direct || symbol.IsAsync))
            yield return new Change("Reply with the text", method.SyntaxTree, editor => Reply(editor, method, semantics, session, symbol.IsAsync));
        if (Dropped(method, symbol.IsAsync))
            yield return new Change("Return nothing", method.SyntaxTree, editor => Drop(editor, method, semantics, symbol.IsAsync));
    }

    private static string? SessionOf(IMethodSymbol method) =>
        method.Parameters.FirstOrDefault(parameter => parameter.Type.IsCapsule("Session"))?.Name;

    private static void ReturnArray(SyntaxEditor editor, MethodDeclarationSyntax method, ITypeSymbol element)
    {
        var rank = SyntaxFactory.ArrayRankSpecifier(SyntaxFactory.SingletonSeparatedList<ExpressionSyntax>(SyntaxFactory.OmittedArraySizeExpression()));
        editor.ReplaceNode(method.ReturnType, SyntaxFactory.ArrayType(editor.Generator.Type(element), [rank]).WithTriviaFrom(method.ReturnType));
        foreach (var value in ReturnedBy(method).Where(value => !value.IsKind(SyntaxKind.CollectionExpression)))
            editor.ReplaceNode(value, SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, Parenthesized(value.WithoutTrivia()), SyntaxFactory.IdentifierName("ToArray"))).WithTriviaFrom(value));
    }

    private static void Reply(SyntaxEditor editor, MethodDeclarationSyntax method, SemanticModel semantics, string session, bool isAsync)
    {
        foreach (var value in ReturnedBy(method).ToList())
        {
            var call = SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.IdentifierName(session), SyntaxFactory.IdentifierName("ReplyAsync")),
                SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(value.WithoutTrivia()))));
            var reply = isAsync ? (ExpressionSyntax)SyntaxFactory.AwaitExpression(call) : call;
            if (isAsync && value.Parent is ReturnStatementSyntax statement)
                ReplaceReturn(editor, statement, reply);
            else
                editor.ReplaceNode(value, reply.WithTriviaFrom(value));
        }
        editor.ReturnTask(method, semantics.Compilation);
    }

    /// <summary>Whether everything returned is worth doing for its own sake, or does nothing.</summary>
    private static bool Dropped(MethodDeclarationSyntax method, bool isAsync) =>
        (isAsync || method.Body is not null || method.ExpressionBody?.Expression is InvocationExpressionSyntax)
        && ReturnedBy(method).All(value => IsStatement(value) || (value.Parent is ReturnStatementSyntax && value is LiteralExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax));

    private static void Drop(SyntaxEditor editor, MethodDeclarationSyntax method, SemanticModel semantics, bool isAsync)
    {
        foreach (var statement in ReturnedBy(method).Select(value => value.Parent).OfType<ReturnStatementSyntax>().ToList())
            ReplaceReturn(editor, statement, IsStatement(statement.Expression!) ? statement.Expression : null);
        if (isAsync)
            editor.ReturnTask(method, semantics.Compilation);
        else
            editor.ReplaceNode(method, (current, _) => ((MethodDeclarationSyntax)current).WithReturnType(
                SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.VoidKeyword)).WithTriviaFrom(method.ReturnType)));
    }

    private static bool IsStatement(ExpressionSyntax value) => value is InvocationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax or ObjectCreationExpressionSyntax;

    /// <summary>The value as a statement of its own, and a return after it unless the method ends there.</summary>
    private static void ReplaceReturn(SyntaxEditor editor, ReturnStatementSyntax statement, ExpressionSyntax? value)
    {
        var isLast = statement.Parent is BlockSyntax { Parent: MethodDeclarationSyntax } block && block.Statements.Last() == statement;
        var nothing = SyntaxFactory.ReturnStatement().WithTrailingTrivia(statement.GetTrailingTrivia());
        var first = value is null ? null : SyntaxFactory.ExpressionStatement(value.WithoutTrivia()).WithLeadingTrivia(statement.GetLeadingTrivia());
        if (isLast && first is null)
            editor.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia);
        else if (isLast)
            editor.ReplaceNode(statement, first!.WithTrailingTrivia(statement.GetTrailingTrivia()));
        else if (first is null)
            editor.ReplaceNode(statement, nothing.WithLeadingTrivia(statement.GetLeadingTrivia()));
        else if (statement.Parent is BlockSyntax)
        {
            editor.InsertBefore(statement, first.WithTrailingTrivia(SyntaxFactory.LineFeed));
            editor.ReplaceNode(statement, nothing.WithLeadingTrivia(statement.GetLeadingTrivia()));
        }
        else
            editor.ReplaceNode(statement, SyntaxFactory.Block(first.WithoutTrivia(), SyntaxFactory.ReturnStatement()).WithTriviaFrom(statement));
    }

    private static ExpressionSyntax Parenthesized(ExpressionSyntax value) =>
        value is InvocationExpressionSyntax or SimpleNameSyntax or MemberAccessExpressionSyntax ? value : SyntaxFactory.ParenthesizedExpression(value);

    private static IEnumerable<ExpressionSyntax> ReturnedBy(MethodDeclarationSyntax method) => method.ExpressionBody is { Expression: var only }
        ? [only]
        : method.Body!.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>().Select(statement => statement.Expression).OfType<ExpressionSyntax>();
}
