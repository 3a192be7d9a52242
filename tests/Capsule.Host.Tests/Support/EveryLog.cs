using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests;

/// <summary>Everything that an app logs at any level, with the values and scopes of each entry and the text of its exception.</summary>
internal sealed class EveryLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> entries = new();
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public IEnumerable<string> Entries => entries;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private static string Describe(object? state) =>
        state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values.Select(value => $"{value.Key}={value.Value}")) : $"{state}";

    private sealed class Logger(EveryLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = $"{category} {eventId} {formatter(state, exception)} [{Describe(state)}] {exception}";
            log.scopes.ForEachScope((scope, _) => text += " {" + Describe(scope) + "}", 0);
            log.entries.Enqueue(text);
        }
    }
}
