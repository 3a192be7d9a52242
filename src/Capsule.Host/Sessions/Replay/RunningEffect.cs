using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <summary>
/// An effect while it goes on. Either it is recorded, and what it returned is here; or it has to be done, with its record, and completed once both are
/// stored. One that is disposed without that has not happened.
/// </summary>
internal sealed class RunningEffect : IDisposable
{
    private readonly EffectLog? log;
    private readonly Effect? effect;
    private bool completed;

    /// <param name="log">Where it is recorded.</param>
    /// <param name="effect">It.</param>
    /// <param name="isRecorded">Whether it was done before.</param>
    public RunningEffect(EffectLog log, Effect effect, bool isRecorded)
    {
        this.log = log;
        this.effect = effect;
        IsRecorded = isRecorded;
        completed = isRecorded;
    }

    private RunningEffect()
    {
    }

    /// <summary>An effect of a session that records nothing.</summary>
    public static RunningEffect None { get; } = new();

    /// <summary>Whether it was done before.</summary>
    public bool IsRecorded { get; }

    /// <summary>Whether it is recorded when it is done.</summary>
    public bool Records => effect is not null;

    /// <summary>What it returned before; null for nothing, and for one that was begun and not ended.</summary>
    public string? Result => effect?.Result;

    /// <summary>Its record, to be stored together with what it does; null where nothing is recorded.</summary>
    public Effect? Record(string? result = null) => effect is null ? null : effect with { Result = result };

    /// <summary>It is done and recorded.</summary>
    public void Complete() => completed |= effect is not null;

    public void Dispose() => log?.End(effect!, completed);
}
