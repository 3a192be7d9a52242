using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>What a turn that can be replayed writes down, with its arguments, so that it is not done twice.</summary>
internal static class RecordedEffects
{
    private static readonly string[] TaskTypes = ["TaskClient", "TaskDefinition", "TaskHandle"];

    public static bool IsEffect(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return SessionMembers.IsOutput(method)
            || (method.ContainingType.IsCapsule("Session") && method.Name is "StepAsync" or "PublishFileAsync" or "RequireIntegrationAsync")
            || IsFlush(call)
            || IsOnCollection(call)
            || IsTask(method);
    }

    /// <summary>Whether the effect must have the same argument when it is replayed. What a step does, and what is streamed, may differ.</summary>
    public static bool IsCompared(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation call && IsEffect(call)
        && !SessionMembers.IsStream(call.TargetMethod) && (call.TargetMethod.Name != "StepAsync" || argument.Parameter?.Name == "name");

    /// <summary>Whether it changes data of the session, which become part of an effect only when they are flushed.</summary>
    public static bool ChangesData(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod.Name == "Set" && call.TargetMethod.ContainingType.IsCapsule("SessionData"),
        IPropertyReferenceOperation { Property.IsIndexer: true, Parent: IAssignmentOperation assignment } indexer =>
            assignment.Target == indexer && indexer.Property.ContainingType.IsCapsule("SessionData"),
        _ => false,
    };

    public static bool IsFlush(IInvocationOperation call) =>
        call.TargetMethod.Name == "FlushAsync" && call.TargetMethod.ContainingType.IsCapsule("SessionData");

    /// <summary>Also by the generated extensions that take a function of a document's fields.</summary>
    private static bool IsOnCollection(IInvocationOperation call)
    {
        if (!call.TargetMethod.Name.EndsWith("Async", StringComparison.Ordinal))
            return false;
        return call.TargetMethod.ContainingType.IsCapsule("Collection") || call.Instance?.Type.IsCapsule("Collection") == true
            || (call.Instance is null && call.Arguments is [var first, ..] && first.Value.Type.IsCapsule("Collection"));
    }

    private static bool IsTask(IMethodSymbol method)
    {
        if (!method.Name.EndsWith("Async", StringComparison.Ordinal))
            return false;
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (TaskTypes.Any(name => type.IsCapsule(name)))
                return true;
        }
        return false;
    }
}
