using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Hosting;

/// <summary>What generated code takes from a request for parameters that no client can supply.</summary>
public static class RequestValues
{
    /// <summary>Who calls, and what may be done on their behalf.</summary>
    public static RequestContext Context(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.RequestServices.GetRequiredService<IRequestContexts>().For(http);
    }

    /// <summary>A service that the handler requires.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public static T Service<T>(HttpContext http)
        where T : notnull => Services(http).GetRequiredService<T>();

    /// <summary>A service that the handler can do without.</summary>
    public static T? OptionalService<T>(HttpContext http) => Services(http).GetService<T>();

    /// <summary>A keyed service that the handler requires.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public static T KeyedService<T>(HttpContext http, object? key)
        where T : notnull => Services(http).GetRequiredKeyedService<T>(key);

    /// <summary>A keyed service that the handler can do without.</summary>
    public static T? OptionalKeyedService<T>(HttpContext http, object? key) => Services(http).GetKeyedService<T>(key);

    private static IServiceProvider Services(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.RequestServices;
    }
}

/// <summary>Makes the context of a request, once for each request.</summary>
internal interface IRequestContexts
{
    RequestContext For(HttpContext context);
}
