using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>Warns at start of keys in the section <c>Capsule</c> that mean nothing: most are misspelt.</summary>
internal sealed partial class UnknownSettings(IConfiguration configuration, ILogger<UnknownSettings> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var section = configuration.GetSection(CapsuleSettings.Section);
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true))
        {
            if (value is not null && !CapsuleSettings.Keys.Contains(key, StringComparer.OrdinalIgnoreCase))
                LogUnknown($"{CapsuleSettings.Section}:{key}", $"{CapsuleSettings.Section}:{Nearest(key)}");
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal static string Nearest(string key) => CapsuleSettings.Keys.MinBy(known => Distance(known.ToUpperInvariant(), key.ToUpperInvariant()))!;

    /// <summary>The least number of characters inserted, removed or replaced that lead from one text to the other.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.Length];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The setting {Key} is not known and has no effect. Did you mean {Nearest}?")]
    private partial void LogUnknown(string key, string nearest);
}
