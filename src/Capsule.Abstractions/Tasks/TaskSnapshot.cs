namespace Capsule;

/// <summary>What is stored of a task at one moment.</summary>
public sealed record TaskSnapshot
{
    /// <summary>The task's id.</summary>
    public required string Id { get; init; }

    /// <summary>The task's name: that of its method.</summary>
    public required string Name { get; init; }

    /// <summary>Where the task stands.</summary>
    public required TaskState State { get; init; }

    /// <summary>What a card calls the task.</summary>
    public string? DisplayName { get; init; }

    /// <summary>How far it is, from 0 to 100, if it said so.</summary>
    public double? Percent { get; init; }

    /// <summary>What it says it is doing.</summary>
    public string? ProgressText { get; init; }

    /// <summary>A sentence for people about why it failed; never an exception's text.</summary>
    public string? Error { get; init; }

    /// <summary>The result as JSON, once completed with one.</summary>
    public string? ResultJson { get; init; }

    /// <summary>How many runs have begun.</summary>
    public int Attempt { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the latest run began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}
