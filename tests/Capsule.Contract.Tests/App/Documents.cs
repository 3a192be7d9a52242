namespace Capsule.Contract.App;

[Document("owner_notes", Scope = Scope.Owner)]
public sealed record OwnerNote(string Text) { public string Id { get; init; } = ""; }

[Document("user_notes", Scope = Scope.User)]
public sealed record UserNote(string Text) { public string Id { get; init; } = ""; }

[Document("session_notes", Scope = Scope.Session)]
public sealed record SessionNote(string Text) { public string Id { get; init; } = ""; }

[Document("app_notes", Scope = Scope.App)]
public sealed record AppNote(string Text) { public string Id { get; init; } = ""; }

/// <summary>A document as a class, with a field of each common kind.</summary>
[Document("tickets", Scope = Scope.User)]
public sealed class Ticket
{
    public string Id { get; init; } = "";
    public string Subject { get; init; } = "";
    public int Priority { get; init; }
    public bool Done { get; init; }
    public double Weight { get; init; }
    public string? Assignee { get; init; }
    public DateTimeOffset Due { get; init; }
    public TicketKind Kind { get; init; }
}

public enum TicketKind
{
    Question,
    Complaint,
}
