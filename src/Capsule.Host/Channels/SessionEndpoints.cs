using System.ComponentModel;
using Capsule.Hosting.Sessions;
using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Hosting.Channels;

/// <summary>Sessions themselves.</summary>
internal static class SessionEndpoints
{
    private const int DefaultPage = 50;
    private const int LargestPage = 200;

    public static void Map(RouteGroupBuilder sessions)
    {
        sessions.MapPost("", CreateAsync)
            .WithName("createSession")
            .WithSummary("Begins a session")
            .WithDescription("Without a body it begins in the default chat.")
            .Accepts<CreateSession>(isOptional: true, "application/json")
            .Produces<CreatedSession>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        sessions.MapGet("", ListAsync)
            .WithName("listSessions")
            .WithSummary("Lists the caller's sessions, newest first")
            .WithDescription("Page by page: pass the `next` of a page as `before` to get the one after it.")
            .ReadsInteger("limit", $"How many at most: 1 to {LargestPage}, {DefaultPage} when absent.")
            .ReadsText("before", "The `next` of the page before.")
            .Produces<SessionList>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        sessions.MapGet("{id}", GetAsync)
            .WithName("getSession")
            .WithSummary("Returns a session with its active turn and open prompts")
            .WithDescription("What was said in it is in its events.")
            .Produces<SessionDetails>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        sessions.MapPatch("{id}", UpdateAsync)
            .WithName("updateSession")
            .WithSummary("Changes a session's title")
            .WithDescription("Readers of the session get a `session` event.")
            .Accepts<UpdateSession>("application/json")
            .Produces<SessionSummary>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        sessions.MapDelete("{id}", CloseAsync)
            .WithName("closeSession")
            .WithSummary("Closes a session")
            .WithDescription("Cancels its turns and runs its exit handlers. It stays readable and takes no messages any more. Closing it again changes nothing.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>Stores a new session of a user.</summary>
    /// <exception cref="ProblemException">There is no such chat.</exception>
    public static async Task<SessionRecord> BeginAsync(
        SessionResources resources, HandlerRegistry handlers, UserInfo user, string channel, CreateSession wanted, CancellationToken cancellationToken)
    {
        var chat = string.IsNullOrEmpty(wanted.Chat) ? null : wanted.Chat;
        if (!handlers.Messages.Any(handler => handler.Name == chat))
            throw new ProblemException(Problems.BadRequest(UnknownChat(chat, handlers)));
        var now = resources.Time.GetUtcNow();
        var title = wanted.Title is null ? null : ValidTitle(wanted.Title);
        var session = new SessionRecord
        {
            Id = Ids.NewOrdered("ses_"),
            User = user,
            Channel = channel,
            Chat = chat,
            Title = title,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await resources.Store.CreateAsync(session, cancellationToken);
        return session;
    }

    private static async Task<IResult> CreateAsync(HttpContext context, SessionResources resources, HandlerRegistry handlers, ICallerResolver callers, CapsuleAddresses addresses)
    {
        var body = await context.Request.ReadOptionalJsonAsync(ChannelJson.Default.CreateSession) ?? new CreateSession();
        var user = callers.Resolve(context, remember: true).User;
        var session = await BeginAsync(resources, handlers, user, "chat", body, context.RequestAborted);
        context.Response.Headers.Location = addresses.Session(session.Id);
        return Results.Json(new CreatedSession(session), ChannelJson.Default.CreatedSession, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ISessionStore store, ICallerResolver callers)
    {
        var limit = (int)context.Request.ReadNumber("limit", DefaultPage, 1, LargestPage);
        string? before = context.Request.Query["before"];
        var page = await store.ListAsync(callers.Resolve(context).User.Id, limit + 1, before, context.RequestAborted);
        if (page is null)
            return Problems.BadRequest("The query parameter 'before' must be the 'next' of an earlier page.");
        var items = page.Take(limit).Select(session => new SessionSummary(session)).ToList();
        var list = new SessionList { Items = items, Next = page.Count > limit ? items[^1].Id : null };
        return Results.Json(list, ChannelJson.Default.SessionList);
    }

    private static async Task<IResult> GetAsync(
        HttpContext context, [Description("The session's id.")] string id, ISessionStore store, ICallerResolver callers)
    {
        var session = await store.FindOwnedAsync(id, callers.Resolve(context).User, context.RequestAborted);
        var turn = await store.FindActiveTurnAsync(id, context.RequestAborted);
        var prompts = await store.ListOpenPromptsAsync(id, context.RequestAborted);
        return Results.Json(new SessionDetails(session, turn, prompts), ChannelJson.Default.SessionDetails);
    }

    private static async Task<IResult> UpdateAsync(
        HttpContext context, [Description("The session's id.")] string id, ISessionStore store, ICallerResolver callers)
    {
        await store.FindOwnedAsync(id, callers.Resolve(context).User, context.RequestAborted);
        var body = await context.Request.ReadJsonAsync(ChannelJson.Default.UpdateSession);
        var title = ValidTitle(body.Title);
        await store.SetTitleAsync(id, title, Events.Title(title), context.RequestAborted);
        return await store.FindAsync(id, context.RequestAborted) is { } changed
            ? Results.Json(new SessionSummary(changed), ChannelJson.Default.SessionSummary)
            : Problems.NotFound();
    }

    private static async Task<IResult> CloseAsync(
        HttpContext context, [Description("The session's id.")] string id, ISessionStore store, TurnRunner runner, ICallerResolver callers)
    {
        await store.FindOwnedAsync(id, callers.Resolve(context).User, context.RequestAborted);
        await runner.CloseAsync(id, context.RequestAborted);
        return Results.NoContent();
    }

    private static string ValidTitle(string? title)
    {
        if (string.IsNullOrWhiteSpace(title) || title.Length > SessionTitle.MaxLength)
            throw new ProblemException(Problems.BadRequest($"A title has 1 to {SessionTitle.MaxLength} characters."));
        return SessionTitle.Clean(title);
    }

    private static string UnknownChat(string? chat, HandlerRegistry handlers)
    {
        var wanted = chat is null ? "This app has no default chat." : $"This app has no chat '{chat}'.";
        var names = handlers.Messages.Where(handler => handler.Name is not null).Select(handler => $"'{handler.Name}'").ToList();
        return names.Count == 0 ? wanted : $"{wanted} It has: {string.Join(", ", names)}.";
    }
}
