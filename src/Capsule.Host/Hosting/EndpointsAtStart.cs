using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Hosting;

/// <summary>
/// Makes the endpoints when the app starts. ASP.NET Core would wait for the first request: what can't be mapped would answer each request with an error
/// instead of stopping the start, and the addresses of files would not be known.
/// </summary>
internal sealed class EndpointsAtStart : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        _ = app.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints;
    };
}
