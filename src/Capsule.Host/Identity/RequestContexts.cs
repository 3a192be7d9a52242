using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>Tells handlers who calls and gives them what is the caller's. A caller without identity becomes a guest at its first state-changing call.</summary>
internal sealed class RequestContexts(ICallerResolver callers, ITaskClients tasks, IDocumentDatabases databases, UserIntegrations integrations) : IRequestContexts
{
    public RequestContext For(HttpContext context)
    {
        if (context.Features.Get<RequestContext>() is { } known)
            return known;
        var (user, authenticated) = callers.Resolve(context, remember: !OriginCheck.IsSafe(context.Request.Method));
        var created = new RequestContext
        {
            User = user,
            Integrations = integrations.For(user),
            Authenticated = authenticated,
            Request = context.Request,
            Services = context.RequestServices,
            Tasks = tasks.For(user, sessionId: null),
            Db = databases.For(user, sessionId: null),
        };
        context.Features.Set(created);
        return created;
    }
}
