using Capsule.Hosting.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Capsule.Hosting.Channels;

/// <summary>One turn in one call, for programs that want no stream of their own.</summary>
internal static class ChatEndpoints
{
    public static void Map(RouteGroupBuilder capsule) =>
        capsule.MapPost("chat", ChatAsync)
            .WithName("chat")
            .WithSummary("Sends a message and waits for the answer")
            .WithDescription("With `Accept: text/event-stream`, the events of the turn as they happen. The turn goes on when the caller leaves.")
            .Accepts<ChatRequest>("application/json")
            .Produces<ChatReply>(StatusCodes.Status200OK, "application/json", "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status500InternalServerError)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ChatAsync(
        HttpContext context,
        SessionResources resources,
        HandlerRegistry handlers,
        MessageIntake intake,
        SessionHub hub,
        EventStreams streams,
        IHostApplicationLifetime lifetime,
        ICallerResolver callers)
    {
        var user = callers.Resolve(context, remember: true).User;
        var body = await context.Request.ReadJsonAsync(ChannelJson.Default.ChatRequest);
        var message = new PostMessage { Text = body.Text };
        await MessageEndpoints.CheckAsync(resources, user, message, context.RequestAborted);
        var session = body.SessionId is { } id
            ? await resources.Store.FindOwnedAsync(id, user, context.RequestAborted)
            : await SessionEndpoints.BeginAsync(resources, handlers, user, "api", new CreateSession(), context.RequestAborted);
        var accepted = await MessageEndpoints.AcceptAsync(context, resources, intake, session.Id, user, message);
        if (!EventStreams.IsWanted(context.Request))
        {
            // A turn that goes on after the next start has no end that could be waited for.
            var ends = handlers.FindMessage(session.Chat) is { OnCrash: OnCrash.Replay } ? lifetime.ApplicationStopping : CancellationToken.None;
            return await AnswerAsync(context, hub, session.Id, accepted, ends);
        }
        await streams.WriteAsync(
            context,
            session.Id,
            accepted.Seq - 1,
            journalEvent => journalEvent.TurnId == accepted.TurnId,
            static journalEvent => journalEvent.Type == EventTypes.Turn && TurnStates.IsFinal(Events.ReadTurn(journalEvent.Data).State));
        return Results.Empty;
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context, SessionHub hub, string sessionId, AcceptedMessage accepted, CancellationToken serverStops)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, serverStops);
        var replies = new List<string>();
        using var subscription = hub.Subscribe(sessionId, accepted.Seq);
        while (true)
        {
            if (await subscription.ReadAsync(context.RequestAborted) is not { } events)
                return Problems.Conflict("The session was deleted.");
            foreach (var journalEvent in events.Where(journalEvent => journalEvent.TurnId == accepted.TurnId))
            {
                if (journalEvent.Type == EventTypes.Message)
                    replies.Add(Events.ReadMessage(journalEvent.Data).Text);
                else if (journalEvent.Type == EventTypes.Turn && Events.ReadTurn(journalEvent.Data) is var turn && TurnStates.IsFinal(turn.State))
                    return Answer(turn, new ChatReply { Text = string.Join("\n\n", replies), SessionId = sessionId, RequestId = accepted.TurnId });
            }
            if (events.Count == 0)
                await subscription.WaitAsync().WaitAsync(ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (serverStops.IsCancellationRequested)
                return Problems.Of(StatusCodes.Status503ServiceUnavailable, "The server stops. The turn goes on after the next start.");
            context.RequestAborted.ThrowIfCancellationRequested();
        }
    }

    private static IResult Answer(TurnData turn, ChatReply reply) => turn.State switch
    {
        TurnStates.Completed => Results.Json(reply, ChannelJson.Default.ChatReply),
        TurnStates.Cancelled => Problems.Conflict("The turn was cancelled."),
        TurnStates.Interrupted => Problems.Of(StatusCodes.Status503ServiceUnavailable, "The server stops. The turn was interrupted."),
        _ => Results.Problem(
            statusCode: StatusCodes.Status500InternalServerError,
            detail: turn.Error,
            extensions: [KeyValuePair.Create("turnTraceId", (object?)turn.TraceId)]),
    };
}
