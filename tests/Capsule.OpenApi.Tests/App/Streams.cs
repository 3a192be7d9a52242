using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Capsule.OpenApi.Tests.App;

/// <summary>The weather at a moment.</summary>
/// <param name="Degrees">How warm it is, in degrees Celsius.</param>
public sealed record Weather(double Degrees);

/// <summary>What goes on for a while.</summary>
public static class Streams
{
    /// <summary>Tells the weather as it changes.</summary>
    [Endpoint("GET", "/weather", Authorized = false)]
    public static ServerSentEventsResult<Weather> Follow() => TypedResults.ServerSentEvents(Temperatures(), "weather");

    /// <summary>Tells the weather with numbers to go on from.</summary>
    [Endpoint("GET", "/weather/items", Authorized = false)]
    public static ServerSentEventsResult<Weather> FollowItems() => TypedResults.ServerSentEvents(Items());

    /// <summary>Tells the weather in words.</summary>
    [Endpoint("GET", "/weather/words", Authorized = false)]
    public static ServerSentEventsResult<string> FollowWords() => TypedResults.ServerSentEvents(Words());

    /// <summary>Tells all of it at once.</summary>
    [Endpoint("GET", "/weather/all", Authorized = false)]
    public static IAsyncEnumerable<Weather> All() => Temperatures();

    private static async IAsyncEnumerable<Weather> Temperatures([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        yield return new Weather(20);
    }

    private static async IAsyncEnumerable<SseItem<Weather>> Items()
    {
        await foreach (var weather in Temperatures())
            yield return new SseItem<Weather>(weather, "weather") { EventId = "1" };
    }

    private static async IAsyncEnumerable<string> Words()
    {
        await Task.Yield();
        yield return "warm";
    }
}
