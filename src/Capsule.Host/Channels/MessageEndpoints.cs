using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using Capsule.Hosting.Sessions;
using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Hosting.Channels;

/// <summary>Users' messages, and their turns' end.</summary>
internal static partial class MessageEndpoints
{
    private const int RetryAfterSeconds = 5;

    public static void Map(RouteGroupBuilder sessions)
    {
        sessions.MapPost("{id}/messages", PostAsync)
            .WithName("postMessage")
            .WithSummary("Sends a message")
            .WithDescription("When the call returns, the message is stored and its turn runs after those before it. Sending the same id again changes nothing.")
            .Accepts<PostMessage>("application/json")
            .Produces<AcceptedMessage>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        sessions.MapPost("{id}/cancel", CancelAsync)
            .WithName("cancelTurn")
            .WithSummary("Cancels a turn")
            .WithDescription("When the call returns, the turn sends nothing any more. Closing a stream does not cancel.")
            .Accepts<CancelTurn>(isOptional: true, "application/json")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        sessions.MapPost("{id}/retry", RetryAsync)
            .WithName("retryTurn")
            .WithSummary("Runs an interrupted or failed turn again")
            .WithDescription(
                "The turn is queued behind those that wait; `seq` is the number of that event. While it waits or runs, asking again changes nothing. "
                + "What it had said stays visible, and is no part of the history that handlers get.")
            .Accepts<RetryTurn>("application/json")
            .Produces<AcceptedMessage>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Stores a message of a caller.</summary>
    /// <exception cref="ProblemException">It can't be taken.</exception>
    public static async Task<AcceptedMessage> AcceptAsync(
        HttpContext context, SessionResources resources, MessageIntake intake, string sessionId, UserInfo user, PostMessage message)
    {
        var files = await CheckAsync(resources, user, message, context.RequestAborted);
        var (messageId, acceptance) = await intake.AcceptAsync(sessionId, user, message.Id, message.Text, files, context.RequestAborted);
        switch (acceptance.Outcome)
        {
            case AcceptOutcome.NoSession:
                throw new ProblemException(Problems.NotFound());
            case AcceptOutcome.IdTaken:
                throw new ProblemException(Problems.Conflict($"Another message has the id '{messageId}'."));
            case AcceptOutcome.Closed:
                throw new ProblemException(Problems.Conflict("The session is closed."));
            case AcceptOutcome.QueueFull:
                throw new ProblemException(QueueFull(context));
            default:
                return new AcceptedMessage { MessageId = messageId, TurnId = acceptance.TurnId, Seq = acceptance.Seq };
        }
    }

    private static async Task<IResult> PostAsync(
        HttpContext context, [Description("The session's id.")] string id, SessionResources resources, MessageIntake intake, ICallerResolver callers)
    {
        var user = callers.Resolve(context, remember: true).User;
        var message = await context.Request.ReadJsonAsync(ChannelJson.Default.PostMessage);
        var accepted = await AcceptAsync(context, resources, intake, id, user, message);
        return Results.Json(accepted, ChannelJson.Default.AcceptedMessage, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> CancelAsync(
        HttpContext context, [Description("The session's id.")] string id, ISessionStore store, TurnRunner runner, ICallerResolver callers)
    {
        await store.FindOwnedAsync(id, callers.Resolve(context).User, context.RequestAborted);
        var body = await context.Request.ReadOptionalJsonAsync(ChannelJson.Default.CancelTurn);
        return await runner.CancelAsync(id, body?.TurnId, context.RequestAborted)
            ? Results.NoContent()
            : Problems.Conflict("That turn is neither queued nor running.");
    }

    private static async Task<IResult> RetryAsync(
        HttpContext context, [Description("The session's id.")] string id, SessionResources resources, MessageIntake intake, ICallerResolver callers)
    {
        var user = callers.Resolve(context).User;
        var session = await resources.Store.FindOwnedAsync(id, user, context.RequestAborted);
        var body = await context.Request.ReadJsonAsync(ChannelJson.Default.RetryTurn);
        var retried = await intake.RetryAsync(session, user, body.TurnId ?? "", context.RequestAborted);
        return retried.Outcome switch
        {
            RetryOutcome.NotEnded => Problems.Conflict("Only a turn that was interrupted or has failed can run again."),
            RetryOutcome.GivenUp => Problems.Conflict("The server ended each time it worked on this turn. It is not tried again."),
            RetryOutcome.Closed => Problems.Conflict("The session is closed."),
            RetryOutcome.QueueFull => QueueFull(context),
            _ => Results.Json(
                new AcceptedMessage { MessageId = retried.MessageId, TurnId = body.TurnId!, Seq = retried.Seq },
                ChannelJson.Default.AcceptedMessage,
                statusCode: StatusCodes.Status202Accepted),
        };
    }

    private static IResult QueueFull(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, "Too many messages wait in this session.");
    }

    /// <summary>Checks a message and finds its files.</summary>
    /// <exception cref="ProblemException">It can't be taken.</exception>
    public static async Task<IReadOnlyList<StoredFile>> CheckAsync(
        SessionResources resources, UserInfo user, PostMessage message, CancellationToken cancellationToken)
    {
        var limits = resources.Limits;
        var ids = message.Attachments ?? [];
        if (message.Id is not null && !MessageId().IsMatch(message.Id))
            throw Bad("A message's id has 1 to 64 letters, digits, '.', '_', ':' or '-'.");
        if (message.Text is null || (ids.Count == 0 && string.IsNullOrWhiteSpace(message.Text)))
            throw Bad("A message needs text or files.");
        if (message.Text.Length > limits.MessageCharacters)
            throw Bad($"A message has at most {limits.MessageCharacters} characters.");
        if (ids.Count > limits.UploadCount)
            throw Bad($"A message carries at most {limits.UploadCount} files.");
        if (ids.Count == 0)
            return [];
        var files = new List<StoredFile>(ids.Count);
        foreach (var id in ids)
        {
            if (id is null || await resources.Files.FindAsync(id, cancellationToken) is not { } file || file.OwnerUserId != user.Id)
                throw Bad($"There is no file '{id}'.");
            files.Add(file);
        }
        return files;
    }

    private static ProblemException Bad(string detail) => new(Problems.BadRequest(detail));

    [GeneratedRegex("^[A-Za-z0-9._:-]{1,64}\\z")]
    private static partial Regex MessageId();
}
