using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests;

/// <summary>What an app has logged, from information upwards.</summary>
internal sealed class RecordedLog : ILoggerProvider, ILogger
{
    private readonly List<(LogLevel Level, string Message, Exception? Exception)> entries = [];
    private TaskCompletionSource added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<(LogLevel Level, string Message, Exception? Exception)> Entries
    {
        get
        {
            lock (entries)
                return [.. entries];
        }
    }

    /// <summary>Waits for an entry that has a text in it.</summary>
    public async Task WaitFor(string text)
    {
        while (true)
        {
            var next = Volatile.Read(ref added).Task;
            if (Entries.Any(entry => entry.Message.Contains(text, StringComparison.Ordinal)))
                return;
            await next.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        lock (entries)
            entries.Add((logLevel, formatter(state, exception), exception));
        Interlocked.Exchange(ref added, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    public void Dispose()
    {
    }
}
