using Microsoft.AspNetCore.Routing;

namespace Capsule.Benchmarks;

public static class GeneratedMinimalApi
{
    public static void Map(IEndpointRouteBuilder app) => MinimalApi.Map(app);
}
