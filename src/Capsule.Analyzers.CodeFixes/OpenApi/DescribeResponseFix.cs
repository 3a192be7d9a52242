using System.Composition;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>CAP0402: says with <c>[ProducesResponseType]</c> what the handler is seen to answer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DescribeResponseFix() : CapsuleCodeFix(Descriptors.UndescribedResponse.Id, "Add [ProducesResponseType]")
{
    private const string Attribute = "Microsoft.AspNetCore.Mvc.ProducesResponseTypeAttribute";

    /// <summary>The methods of <c>Results</c> and <c>TypedResults</c> that always answer one status.</summary>
    private static readonly Dictionary<string, int> Statuses = new(StringComparer.Ordinal)
    {
        ["Ok"] = 200, ["Json"] = 200, ["Created"] = 201, ["CreatedAtRoute"] = 201, ["Accepted"] = 202, ["AcceptedAtRoute"] = 202, ["NoContent"] = 204,
        ["BadRequest"] = 400, ["Unauthorized"] = 401, ["NotFound"] = 404, ["Conflict"] = 409, ["UnprocessableEntity"] = 422,
    };

    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node is not MethodDeclarationSyntax method
            || semantics.Compilation.GetTypeByMetadataName(Attribute) is not { } plain || semantics.Compilation.GetTypeByMetadataName(Attribute + "`1") is not { } typed)
        {
            yield break;
        }
        var answers = Answers(method, semantics);
        if (answers.Count == 0)
            yield break;
        yield return new Change("Add [ProducesResponseType]", method.SyntaxTree, editor => editor.ReplaceNode(method, answers.Aggregate(method, (current, answer) =>
            current.WithAttribute(SyntaxEdits.Attribute(
                answer.Type is null ? plain : typed.Construct(answer.Type),
                SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(answer.Status))))))));
    }

    /// <summary>Each status with the type of its body; none when a value is returned that does not tell.</summary>
    private static List<(int Status, ITypeSymbol? Type)> Answers(MethodDeclarationSyntax method, SemanticModel semantics)
    {
        var found = new List<(int Status, ITypeSymbol? Type)>();
        foreach (var value in Returned(method).SelectMany(Branches))
        {
            var operation = semantics.GetOperation(value);
            while (operation is IConversionOperation conversion)
                operation = conversion.Operand;
            if (AnswerOf(operation) is not { } answer)
                return [];
            if (!found.Contains(answer) && (answer.Type is null || answer.Type is INamedTypeSymbol { IsAnonymousType: false } or IArrayTypeSymbol))
                found.Add(answer);
        }
        return found;
    }

    private static (int Status, ITypeSymbol? Type)? AnswerOf(IOperation? operation)
    {
        if (operation is not IInvocationOperation call)
            return operation?.Type is { SpecialType: not SpecialType.System_Object } type && !type.Implements("Microsoft.AspNetCore.Http.IResult") ? (200, WithoutNull(type)) : null;
        if (call.TargetMethod.ContainingType.Is("Microsoft.AspNetCore.Http.Results") || call.TargetMethod.ContainingType.Is("Microsoft.AspNetCore.Http.TypedResults"))
            return Statuses.TryGetValue(call.TargetMethod.Name, out var status) ? (status, BodyOf(call)) : null;
        return call.Type is { SpecialType: not SpecialType.System_Object } result && !result.Implements("Microsoft.AspNetCore.Http.IResult") ? (200, WithoutNull(result)) : null;
    }

    private static ITypeSymbol? BodyOf(IInvocationOperation call)
    {
        var body = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name is "value" or "data" or "error" && argument.ArgumentKind == ArgumentKind.Explicit)?.Value;
        while (body is IConversionOperation { IsImplicit: true } conversion)
            body = conversion.Operand;
        return body?.Type is { } type ? WithoutNull(type) : null;
    }

    private static ITypeSymbol WithoutNull(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);

    private static IEnumerable<ExpressionSyntax> Returned(MethodDeclarationSyntax method) => method.ExpressionBody is { Expression: var only }
        ? [only]
        : method.Body?.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>().Select(statement => statement.Expression).OfType<ExpressionSyntax>() ?? [];

    private static IEnumerable<ExpressionSyntax> Branches(ExpressionSyntax value) => value switch
    {
        ParenthesizedExpressionSyntax inner => Branches(inner.Expression),
        ConditionalExpressionSyntax choice => Branches(choice.WhenTrue).Concat(Branches(choice.WhenFalse)),
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Branches(arm.Expression)),
        ThrowExpressionSyntax => [],
        _ => [value],
    };
}
