namespace Capsule.Hosting;

/// <summary>A <c>[Message]</c> method.</summary>
public sealed class MessageHandler
{
    /// <summary>Where it is, for logs: <c>Namespace.Type.Method</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The chat it handles; null for the default chat.</summary>
    public string? Name { get; init; }

    /// <summary>What becomes of a turn whose process dies.</summary>
    public OnCrash OnCrash { get; init; }

    /// <summary>Calls it in the scope given.</summary>
    public required Func<Invocation, Session, Message, Task> InvokeAsync { get; init; }
}
