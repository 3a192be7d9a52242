using Capsule.Hosting;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Capsule.Durability.Tests.App;

/// <summary>The app as a process of its own. Says on its first line where it listens.</summary>
internal static class Server
{
    public const string Listening = "Listening on ";

    /// <summary>The environment of a server that copies its log all the time, as others do after thousands of messages.</summary>
    public static readonly IReadOnlyDictionary<string, string> BusyLog = new Dictionary<string, string> { [LogPages] = "32" };

    private const string LogPages = "CAPSULE_LOG_PAGES";

    /// <param name="directory">The data directory.</param>
    /// <param name="synchronous">How SQLite syncs, where a test has to see that less than the app's own way is not enough.</param>
    public static async Task RunAsync(string directory, string? synchronous)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(HastyTime.FromEnvironment());
        builder.AddCapsule(options =>
        {
            options.DataDirectory = directory;
            options.Page = false;
            options.Limits.QueueLength = 1000;
            options.Integrations.AddForm(Chat.Desk, "Help desk", new IntegrationField("token", "Token"));
        });
        var log = Environment.GetEnvironmentVariable(LogPages) is { } pages ? new LogLimits(int.Parse(pages, null), Longest: 128) : null;
        builder.Services.AddSingleton(_ => SqliteDatabase.Open(
            Path.Combine(directory, CapsuleDatabase.FileName), CapsuleDatabase.Migrations, synchronous: synchronous ?? "FULL", log: log));
        var app = builder.Build();
        app.MapCapsule();
        await app.StartAsync();
        Console.WriteLine(Listening + app.Urls.Single());
        await app.WaitForShutdownAsync();
    }
}
