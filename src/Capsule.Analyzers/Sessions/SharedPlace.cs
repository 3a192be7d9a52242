using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>Static fields and properties: what they hold is there until the process ends.</summary>
internal static class SharedPlace
{
    private static readonly string[] AddingMethods = ["Add", "TryAdd", "AddOrUpdate", "GetOrAdd", "Enqueue", "Push", "Append", "Insert"];

    private static readonly string[] RemovingMethods = ["Remove", "TryRemove", "Clear", "Dequeue", "TryDequeue", "Pop", "TryPop", "TryTake", "RemoveAll"];

    /// <summary>Those whose members end with their handler.</summary>
    public static bool IsHandlers(ITypeSymbol? type) => type?.Name switch
    {
        "Session" => type.IsCapsule("Session"),
        "RequestContext" => type.IsCapsule("RequestContext"),
        "ReplyStream" => type.IsCapsule("ReplyStream"),
        _ => false,
    };

    /// <summary>The static member that an expression is; null when it is none, or one that has a value for each thread.</summary>
    public static ISymbol? Of(IOperation? expression) => expression switch
    {
        IFieldReferenceOperation { Field: { IsStatic: true } field } when !field.HasAttribute("System.ThreadStaticAttribute") => field,
        IPropertyReferenceOperation { Property: { IsStatic: true, IsIndexer: false } property } when !property.ContainingType.IsCapsule("Session") => property,
        _ => null,
    };

    public static bool Adds(IInvocationOperation call) =>
        Array.IndexOf(AddingMethods, call.TargetMethod.Name) >= 0 && call.TargetMethod.ContainingNamespace.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal);

    /// <summary>The session or context that a value is.</summary>
    public static IOperation? KeptIn(IOperation value)
    {
        var kept = SessionMembers.Unwrap(value);
        return kept is not null && IsHandlers(kept.Type) && kept.ConstantValue is not { HasValue: true } ? kept : null;
    }

    /// <summary>Whether the method also takes out again what it puts in.</summary>
    public static bool IsCleared(ISymbol place, IOperation keeping)
    {
        var root = keeping;
        while (root.Parent is not null)
            root = root.Parent;
        return root.Descendants().Any(operation => operation switch
        {
            ISimpleAssignmentOperation assignment when assignment != keeping =>
                SymbolEqualityComparer.Default.Equals(Of(assignment.Target), place) && KeptIn(assignment.Value) is null,
            IInvocationOperation call when call != keeping =>
                Array.IndexOf(RemovingMethods, call.TargetMethod.Name) >= 0 && SymbolEqualityComparer.Default.Equals(Of(call.Instance), place),
            _ => false,
        });
    }
}
