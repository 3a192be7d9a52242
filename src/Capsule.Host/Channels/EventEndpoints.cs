using System.ComponentModel;
using System.Text.Json;
using Capsule.Hosting.Sessions;
using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Hosting.Channels;

/// <summary>What happens in a session, as a stream or in pages.</summary>
internal static class EventEndpoints
{
    private const int PageSize = 500;

    public static void Map(RouteGroupBuilder sessions) =>
        sessions.MapGet("{id}/events", ReadAsync)
            .WithName("readEvents")
            .WithSummary("Streams a session's events")
            .WithDescription(
                "Server-Sent Events after `after`, then live; the header `Last-Event-ID` wins over `after`. "
                + "With `Accept: application/json`, one page of at most 500 events.")
            .ReadsInteger("after", "Only events with a higher number.")
            .ReadsInteger("Last-Event-ID", "The number of the last event that arrived.", inHeader: true)
            .Produces<EventPage>(StatusCodes.Status200OK, "application/json", "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ReadAsync(
        HttpContext context, [Description("The session's id.")] string id, ISessionStore store, EventStreams streams, ICallerResolver callers)
    {
        var user = callers.Resolve(context).User;
        await store.FindOwnedAsync(id, user, context.RequestAborted);
        var after = context.Request.ReadNumber("after", absent: 0, least: 0, most: long.MaxValue);
        after = RequestReading.ParseNumber(context.Request.Headers["Last-Event-ID"], "The header 'Last-Event-ID'", after, 0, long.MaxValue);
        if (!WantsPage(context.Request))
        {
            await streams.WriteAsync(context, id, after, static _ => true, static _ => false);
            return Results.Empty;
        }
        var events = await store.ReadEventsAsync(id, after, PageSize + 1, context.RequestAborted);
        // What was read while the session was being deleted may have holes.
        await store.FindOwnedAsync(id, user, context.RequestAborted);
        var page = new EventPage { Events = [.. events.Take(PageSize).Select(ToDto)], More = events.Count > PageSize };
        return Results.Json(page, ChannelJson.Relaxed.EventPage);
    }

    /// <summary>A client that names JSON and not the stream gets a page; <c>*/*</c> and nothing at all mean the stream.</summary>
    private static bool WantsPage(HttpRequest request) =>
        !EventStreams.IsWanted(request)
        && request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));

    private static SessionEvent ToDto(JournalEvent stored) =>
        new() { Seq = stored.Seq, Type = stored.Type, Data = JsonElement.Parse(stored.Data) };
}
