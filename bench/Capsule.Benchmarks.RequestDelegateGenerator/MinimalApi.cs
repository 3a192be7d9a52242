using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Benchmarks;

/// <summary>The endpoints as a minimal API. Compiled twice: here by the RequestDelegateGenerator, in the benchmarks for the runtime.</summary>
internal static class MinimalApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/text", () => "Hello");
        app.MapGet("/reports/{id:int}", (int id, string status, int page = 1) => new Report(id, status, page));
        app.MapPost("/reports", (Report report) => report);
        app.MapPost("/form", ([FromForm] int id, [FromForm] string status, [FromForm] int page = 1) => new Report(id, status, page)).DisableAntiforgery();
    }
}
