namespace Capsule.Contract.Testing;

/// <summary>A clock that goes as fast as any other, from a moment of the test's choice.</summary>
public sealed class ShiftedTime(DateTimeOffset start) : TimeProvider
{
    private TimeSpan shift = start - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;

    /// <summary>Sets the clock on; timers that run are not touched.</summary>
    public void Shift(TimeSpan by) => shift += by;
}
