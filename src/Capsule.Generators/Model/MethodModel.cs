using Capsule.Generators.Infrastructure;

namespace Capsule.Generators.Model;

/// <summary>A method and how it is called.</summary>
internal sealed record MethodModel
{
    /// <summary>Where it is, for people: <c>Namespace.Type.Method</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The containing type as C#.</summary>
    public required string Type { get; init; }

    /// <summary>The name in metadata.</summary>
    public required string Name { get; init; }

    public required EquatableArray<ParameterModel> Parameters { get; init; }

    /// <summary>The parameters' types as <c>typeof</c> takes them.</summary>
    public required EquatableArray<string> ParameterTypes { get; init; }

    public required ReturnModel Returns { get; init; }

    /// <summary>How the object is made that it is called on; null for a static method.</summary>
    public required InstanceModel? Instance { get; init; }
}

/// <summary>How a handler's object is made and given up.</summary>
internal sealed record InstanceModel(EquatableArray<ParameterModel> Constructor, Disposal Disposal);

internal enum Disposal
{
    None,
    Synchronous,
    Asynchronous,
}

/// <summary>What a method returns.</summary>
/// <param name="Shape">How the result arrives.</param>
/// <param name="Result">The result's type as C#, without the task around it; null for none.</param>
internal sealed record ReturnModel(ReturnShape Shape, string? Result);

internal enum ReturnShape
{
    Direct,
    Task,
    ValueTask,
}
