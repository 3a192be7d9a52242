using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>What makes a method a handler.</summary>
internal enum HandlerKind
{
    Message,
    Data,
    Endpoint,
    Schedule,
    Task,
    Boot,
    Shutdown,
    Enter,
    Exit,
}

/// <summary>A handler attribute on a method.</summary>
internal readonly record struct HandlerMark(HandlerKind Kind, AttributeData Attribute)
{
    public bool IsHttp => Kind is HandlerKind.Data or HandlerKind.Endpoint;

    /// <summary>The handler attributes of a method; more than one exclude each other.</summary>
    public static IReadOnlyList<HandlerMark> On(IMethodSymbol method)
    {
        List<HandlerMark>? marks = null;
        foreach (var attribute in method.GetAttributes())
        {
            if (KindOf(attribute.AttributeClass) is { } kind)
                (marks ??= []).Add(new HandlerMark(kind, attribute));
        }
        return marks ?? (IReadOnlyList<HandlerMark>)[];
    }

    /// <summary>By the name first: this is asked of every attribute of every method.</summary>
    private static HandlerKind? KindOf(INamedTypeSymbol? type)
    {
        HandlerKind? kind = type?.Name switch
        {
            "MessageAttribute" => HandlerKind.Message,
            "DataAttribute" => HandlerKind.Data,
            "EndpointAttribute" => HandlerKind.Endpoint,
            "ScheduleAttribute" => HandlerKind.Schedule,
            "TaskAttribute" => HandlerKind.Task,
            "BootAttribute" => HandlerKind.Boot,
            "ShutdownAttribute" => HandlerKind.Shutdown,
            "EnterAttribute" => HandlerKind.Enter,
            "ExitAttribute" => HandlerKind.Exit,
            _ => null,
        };
        return kind is not null && type.IsCapsule(type!.Name) ? kind : null;
    }

    /// <summary>Whether the symbol is a method marked as that kind of handler.</summary>
    public static bool Is(ISymbol symbol, HandlerKind kind) => symbol is IMethodSymbol method && On(method).Any(mark => mark.Kind == kind);

    /// <summary>A text that the attribute's constructor takes; null when it is not given or no constant.</summary>
    public string? Text(int position) =>
        Attribute.ConstructorArguments.Length > position && Attribute.ConstructorArguments[position] is { Kind: TypedConstantKind.Primitive, Value: string text }
            ? text
            : null;

    /// <summary>Whether the compiler refuses what the constructor is given there, and says so itself.</summary>
    public bool IsUnreadable(int position) =>
        Attribute.ConstructorArguments.Length <= position || Attribute.ConstructorArguments[position].Kind == TypedConstantKind.Error;
}
