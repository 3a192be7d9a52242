using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>Finds out whether code runs only where <c>Session.CanReply</c> was true, which never changes for a session.</summary>
internal static class ReplyGuard
{
    public static bool Covers(SyntaxNode node, SemanticModel semantics)
    {
        for (; node.Parent is { } parent && node is not MemberDeclarationSyntax; node = parent)
        {
            var isCovered = parent switch
            {
                IfStatementSyntax test when node == test.Statement => Says(test.Condition, true, semantics),
                IfStatementSyntax test when node == test.Else => Says(test.Condition, false, semantics),
                WhileStatementSyntax loop when node == loop.Statement => Says(loop.Condition, true, semantics),
                ConditionalExpressionSyntax choice when node == choice.WhenTrue => Says(choice.Condition, true, semantics),
                ConditionalExpressionSyntax choice when node == choice.WhenFalse => Says(choice.Condition, false, semantics),
                BinaryExpressionSyntax both when node == both.Right && both.IsKind(SyntaxKind.LogicalAndExpression) => Says(both.Left, true, semantics),
                BinaryExpressionSyntax either when node == either.Right && either.IsKind(SyntaxKind.LogicalOrExpression) => Says(either.Left, false, semantics),
                BlockSyntax block => block.Statements.TakeWhile(statement => statement != node).Any(statement => Leaves(statement, semantics)),
                _ => false,
            };
            if (isCovered)
                return true;
        }
        return false;
    }

    /// <summary>Whether the statement leaves the block unless the session can reply.</summary>
    private static bool Leaves(StatementSyntax statement, SemanticModel semantics) =>
        statement is IfStatementSyntax { Else: null } test && Says(test.Condition, false, semantics) && AlwaysLeaves(test.Statement);

    private static bool AlwaysLeaves(StatementSyntax statement) => statement switch
    {
        ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax => true,
        BlockSyntax { Statements: [.., var last] } => AlwaysLeaves(last),
        _ => false,
    };

    /// <summary>Whether a condition of that outcome means that the session can reply.</summary>
    private static bool Says(ExpressionSyntax condition, bool outcome, SemanticModel semantics) => condition switch
    {
        ParenthesizedExpressionSyntax inner => Says(inner.Expression, outcome, semantics),
        PrefixUnaryExpressionSyntax not when not.IsKind(SyntaxKind.LogicalNotExpression) => Says(not.Operand, !outcome, semantics),
        BinaryExpressionSyntax both when both.IsKind(SyntaxKind.LogicalAndExpression) =>
            outcome ? Says(both.Left, true, semantics) || Says(both.Right, true, semantics) : Says(both.Left, false, semantics) && Says(both.Right, false, semantics),
        BinaryExpressionSyntax either when either.IsKind(SyntaxKind.LogicalOrExpression) =>
            outcome ? Says(either.Left, true, semantics) && Says(either.Right, true, semantics) : Says(either.Left, false, semantics) || Says(either.Right, false, semantics),
        BinaryExpressionSyntax { Right: LiteralExpressionSyntax value } equal when equal.IsKind(SyntaxKind.EqualsExpression) =>
            outcome == true && value.IsKind(SyntaxKind.TrueLiteralExpression) && IsCanReply(equal.Left, semantics),
        BinaryExpressionSyntax { Right: LiteralExpressionSyntax value } unequal when unequal.IsKind(SyntaxKind.NotEqualsExpression) =>
            outcome == false && value.IsKind(SyntaxKind.TrueLiteralExpression) && IsCanReply(unequal.Left, semantics),
        IsPatternExpressionSyntax pattern => SaysPattern(pattern, outcome, semantics),
        _ => outcome && IsCanReply(condition, semantics),
    };

    private static bool SaysPattern(IsPatternExpressionSyntax test, bool outcome, SemanticModel semantics) => test.Pattern switch
    {
        UnaryPatternSyntax { Pattern: var denied } => !outcome && Requires(denied, test.Expression, semantics),
        var pattern => outcome && Requires(pattern, test.Expression, semantics),
    };

    /// <summary>Whether a pattern matches only where the session can reply: <c>true</c> of the property, or <c>{ CanReply: true }</c>.</summary>
    private static bool Requires(PatternSyntax pattern, ExpressionSyntax tested, SemanticModel semantics) => pattern switch
    {
        ConstantPatternSyntax constant => IsTrue(constant) && IsCanReply(tested, semantics),
        RecursivePatternSyntax { PropertyPatternClause.Subpatterns: var parts } => parts.Any(part =>
            part is { NameColon.Name: var name, Pattern: ConstantPatternSyntax value } && IsTrue(value) && IsCanReply(name, semantics)),
        _ => false,
    };

    private static bool IsTrue(ConstantPatternSyntax constant) => constant.Expression.IsKind(SyntaxKind.TrueLiteralExpression);

    private static bool IsCanReply(ExpressionSyntax expression, SemanticModel semantics)
    {
        var name = expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax binding } => binding.Name,
            IdentifierNameSyntax identifier => identifier,
            _ => null,
        };
        return name?.Identifier.ValueText == "CanReply"
            && semantics.GetSymbolInfo(name).Symbol is IPropertySymbol property && property.ContainingType.IsCapsule("Session");
    }
}
