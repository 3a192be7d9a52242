using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>Which members of <c>Session</c> do what.</summary>
internal static class SessionMembers
{
    private static readonly string[] OutputVerbs = ["Reply", "Notify", "Stream", "Show", "Prompt", "SetTitle"];

    /// <summary>Whether the method needs somebody who reads the session: a reply, a prompt, or something shown.</summary>
    public static bool IsOutput(IMethodSymbol method) => IsOutputName(method.Name) && method.ContainingType.IsCapsule("Session");

    public static bool IsOutputName(string name) => Array.Exists(OutputVerbs, verb => name.StartsWith(verb, StringComparison.Ordinal));

    /// <summary>Whether the method makes a growing reply.</summary>
    public static bool IsStream(IMethodSymbol method) => method.Name.StartsWith("Stream", StringComparison.Ordinal) && method.ContainingType.IsCapsule("Session");

    /// <summary>Whether the method waits for somebody's answer.</summary>
    public static bool IsPrompt(IMethodSymbol method) =>
        method.Name.StartsWith("Prompt", StringComparison.Ordinal) && method.ContainingType.IsCapsule("Session");

    /// <summary>Whether the method asks the user for what is not there yet.</summary>
    public static bool MayPrompt(IMethodSymbol method) => method.Name == "RequireIntegrationAsync" && method.ContainingType.IsCapsule("Session");

    public static bool IsNoReplyException(ITypeSymbol? type) => type.IsCapsule("NoReplyTargetException");

    /// <summary>Whether it is the parameter of a lambda, which gets the session of whoever calls it.</summary>
    public static bool IsGivenToLambda(IOperation? session) =>
        session is IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } };

    /// <summary>What a call is made on, through <c>?.</c>, <c>!</c> and conversions.</summary>
    public static IOperation? ReceiverOf(IInvocationOperation call) => Unwrap(call.Instance);

    /// <summary>The value itself, without what is written around it.</summary>
    public static IOperation? Unwrap(IOperation? value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    value = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    value = parenthesized.Operand;
                    break;
                case IConditionalAccessInstanceOperation instance:
                    value = AccessedBy(instance);
                    break;
                default:
                    return value;
            }
        }
    }

    public static bool IsCurrent(IOperation? operation) =>
        operation is IPropertyReferenceOperation { Property: { Name: "Current", IsStatic: true } property } && property.ContainingType.IsCapsule("Session");

    /// <summary>What stands before the <c>?.</c> that an instance belongs to.</summary>
    private static IOperation? AccessedBy(IOperation instance)
    {
        for (var part = instance; part.Parent is { } parent; part = parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == part)
                return access.Operation;
        }
        return null;
    }
}
