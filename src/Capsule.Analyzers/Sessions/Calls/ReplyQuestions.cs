using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Capsule.Analyzers;

/// <summary>Members that say whether a session can reply: <c>Session.CanReply</c>, and what the author wraps around it.</summary>
internal static class ReplyQuestions
{
    private const string CanReply = nameof(CanReply);

    public static bool IsCanReply(IPropertySymbol property) => property.Name == CanReply && property.ContainingType.IsCapsule("Session");

    /// <summary>Whether the member's source asks <c>CanReply</c>. What it makes of the answer is taken to be what its author meant.</summary>
    public static bool IsAskedIn(ISymbol member)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            foreach (var token in reference.GetSyntax().DescendantTokens())
            {
                if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == CanReply)
                    return true;
            }
        }
        return false;
    }
}
