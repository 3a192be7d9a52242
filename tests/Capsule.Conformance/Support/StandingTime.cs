namespace Capsule.Conformance.Support;

/// <summary>A clock without timers that moves only when told to.</summary>
internal sealed class StandingTime : TimeProvider
{
    private DateTimeOffset now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan span) => now += span;
}
