using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Capsule.Generators.Tests.Http;

/// <summary>Keeps the events of ASP.NET Core's binding. Requests to one app go one after the other.</summary>
internal sealed class BindingEvents : ILoggerProvider
{
    private readonly ConcurrentQueue<string> queue = new();

    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (queue.TryDequeue(out var text))
            taken.Add(text);
        return taken;
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName == "Microsoft.AspNetCore.Http.RequestDelegateFactory");

    public void Dispose()
    {
    }

    private sealed class Logger(BindingEvents events, bool listens) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => listens;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!listens)
                return;
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs
                ? string.Join(", ", pairs.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")))
                : "";
            events.queue.Enqueue($"{logLevel} {eventId.Id} {eventId.Name}: {formatter(state, exception)} ({values}) {(exception?.GetType() is { IsPublic: true } type ? type : null)}");
        }
    }
}
