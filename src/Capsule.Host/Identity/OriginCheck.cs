using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Hosting;

/// <summary>
/// Refuses what another site makes a browser do: an unsafe call that carries a cookie must come from this site's own pages. It is part of each
/// endpoint rather than of the pipeline, so that no order of middleware can leave it out.
/// </summary>
internal static class OriginCheck
{
    public static void Protect(EndpointBuilder endpoint)
    {
        var methods = endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods ?? [];
        if (endpoint.RequestDelegate is not { } next || (methods.Count > 0 && methods.All(IsSafe)))
            return;
        endpoint.RequestDelegate = context => IsAllowed(context.Request) ? next(context) : RefuseAsync(context);
    }

    public static bool IsAllowed(HttpRequest request)
    {
        if (IsSafe(request.Method) || request.Headers.Cookie.Count == 0)
            return true;
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site)
            return site == "same-origin" || site == "none";
        return request.Headers.Origin is not { Count: > 0 } origin
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    public static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static Task RefuseAsync(HttpContext context) =>
        TypedResults.Problem("The call carries a cookie and comes from another site.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
}
