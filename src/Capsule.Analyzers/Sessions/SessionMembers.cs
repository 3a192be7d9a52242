using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>Which members of <c>Session</c> do what.</summary>
internal static class SessionMembers
{
    private static readonly string[] OutputVerbs = ["Reply", "Notify", "Stream", "Show", "Prompt", "RequireIntegration"];

    /// <summary>Whether the method needs somebody who reads the session: a reply, a prompt, or something shown.</summary>
    public static bool IsOutput(IMethodSymbol method) =>
        method.ContainingType.IsCapsule("Session") && OutputVerbs.Any(verb => method.Name.StartsWith(verb, StringComparison.Ordinal));

    /// <summary>What a call is made on, through <c>?.</c>, <c>!</c> and conversions.</summary>
    public static IOperation? ReceiverOf(IInvocationOperation call)
    {
        var receiver = call.Instance;
        while (true)
        {
            switch (receiver)
            {
                case IConversionOperation conversion:
                    receiver = conversion.Operand;
                    break;
                case IConditionalAccessInstanceOperation instance:
                    receiver = AccessedBy(instance);
                    break;
                default:
                    return receiver;
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
