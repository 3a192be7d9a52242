using System.Text.Json.Serialization;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Capsule.Benchmarks.Chat;

internal enum HostMode
{
    /// <summary>As an author runs it.</summary>
    Durable,

    /// <summary>The same with its journal in memory: the files lie in /dev/shm and nothing is synced.</summary>
    Memory,

    /// <summary>A minimal API endpoint that reads the same message and gives an answer of the same form: the ceiling.</summary>
    Bare,
}

/// <summary>What is measured, as a process of its own.</summary>
internal static class BenchHost
{
    public const string Listening = "Listening on ";

    public static async Task RunAsync(HostMode mode, string directory)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var app = mode == HostMode.Bare ? BuildBare(builder) : BuildCapsule(builder, mode, directory);
        app.MapGet("/bench/memory", static () =>
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            return $"{Environment.WorkingSet} {GC.GetTotalMemory(forceFullCollection: true)}";
        });
        await app.StartAsync();
        Console.WriteLine(Listening + app.Urls.Single());
        await app.WaitForShutdownAsync();
    }

    private static WebApplication BuildCapsule(WebApplicationBuilder builder, HostMode mode, string directory)
    {
        builder.AddCapsule(options =>
        {
            options.DataDirectory = directory;
            options.Page = false;
        });
        if (mode == HostMode.Memory)
        {
            builder.Services.AddSingleton(_ => SqliteDatabase.Open(
                Path.Combine(directory, CapsuleDatabase.FileName), CapsuleDatabase.Migrations, synchronous: "OFF"));
        }
        var app = builder.Build();
        app.MapCapsule();
        return app;
    }

    private static WebApplication BuildBare(WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, BareJson.Default));
        var app = builder.Build();
        app.MapPost("/bare", static (BareMessage message) =>
            TypedResults.Json(new BareAnswer(message.Id ?? "", message.Text, 1), BareJson.Default.BareAnswer, statusCode: StatusCodes.Status202Accepted));
        return app;
    }
}

internal sealed record BareMessage(string? Id, string Text);

internal sealed record BareAnswer(string MessageId, string TurnId, long Seq);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BareMessage))]
[JsonSerializable(typeof(BareAnswer))]
internal sealed partial class BareJson : JsonSerializerContext;
