namespace Capsule.Hosting.Storage;

/// <summary>
/// What is recorded of one effect of a turn that runs again after a crash. It is stored together with what the effect does, so that either both are there
/// or neither.
/// </summary>
/// <param name="TurnId">The turn.</param>
/// <param name="Attempt">Which of the turn's attempts; each has a record of its own.</param>
/// <param name="Ordinal">Its place among the attempt's effects, from 0.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Hash">Tells its arguments from others.</param>
/// <param name="Result">What it returned; null for nothing, and while it goes on.</param>
internal sealed record Effect(string TurnId, int Attempt, int Ordinal, string Kind, string Hash, string? Result = null);

/// <summary>What is recorded of a turn that runs again after a crash.</summary>
internal sealed record TurnLog
{
    /// <summary>The session's values when the turn began: JSON by name.</summary>
    public required IReadOnlyDictionary<string, string> Data { get; init; }

    /// <summary>What it has done so far, in order and without gaps.</summary>
    public required IReadOnlyList<Effect> Effects { get; init; }

    /// <summary>The replies that have begun and not ended: their text so far by message id.</summary>
    public required IReadOnlyDictionary<string, UnfinishedReply> Replies { get; init; }

    /// <summary>Its open prompts.</summary>
    public required IReadOnlyList<PromptRecord> Prompts { get; init; }
}

/// <summary>An effect has the place of another one: what was done before is not what is asked for now.</summary>
internal sealed class EffectMismatchException(Effect wanted)
    : Exception($"The effect {wanted.Ordinal} of the turn '{wanted.TurnId}' is another one.");
