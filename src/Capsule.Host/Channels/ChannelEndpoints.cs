using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Hosting.Channels;

/// <summary>The chat API: one projection of the journals.</summary>
internal static class ChannelEndpoints
{
    /// <summary>Maps the chat API.</summary>
    internal static void MapSessions(this IEndpointRouteBuilder endpoints)
    {
        var sessions = endpoints.MapGroup("/capsule/sessions").WithTags("Sessions").AddEndpointFilter(ProblemException.ToResultAsync);
        SessionEndpoints.Map(sessions);
        MessageEndpoints.Map(sessions);
        EventEndpoints.Map(sessions);
        PromptEndpoints.Map(sessions);
        ChatEndpoints.Map(endpoints.MapGroup("/capsule").WithTags("Chat").AddEndpointFilter(ProblemException.ToResultAsync));
    }

    /// <summary>The caller's session.</summary>
    /// <exception cref="ProblemException">There is none of that id, or it belongs to somebody else.</exception>
    public static async Task<SessionRecord> FindOwnedAsync(this ISessionStore store, string id, UserInfo user, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } session && session.User.Id == user.Id
            ? session
            : throw new ProblemException(Problems.NotFound());
}
