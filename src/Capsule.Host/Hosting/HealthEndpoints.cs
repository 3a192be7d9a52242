using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Capsule.Hosting;

/// <summary>Whether the app is well.</summary>
/// <param name="Status">The answer.</param>
/// <param name="Unhealthy">The names of the checks that failed; absent when none did.</param>
internal sealed record HealthReport(
    [property: AllowedValues("healthy", "unhealthy")] string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Unhealthy = null)
{
    public static HealthReport Healthy { get; } = new("healthy");

    public static HealthReport Failed(params IReadOnlyList<string> checks) => new("unhealthy", checks);
}

/// <summary>For load balancers and orchestrators: <c>/health/live</c> (the process answers), <c>/health/ready</c> (it takes requests), <c>/health</c> (its checks pass).</summary>
internal static class HealthEndpoints
{
    public static void AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<StorageHealthCheck>("storage");

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/health").WithTags("Health");
        group.MapGet("/live", Live).WithName("getLiveness");
        group.MapGet("/ready", ReadyAsync).WithName("getReadiness")
            .Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("", CheckAsync).WithName("getHealth")
            .Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Says whether the process answers.</summary>
    /// <remarks>When it does not, restart it.</remarks>
    /// <response code="200">It does.</response>
    internal static Ok<HealthReport> Live() => TypedResults.Ok(HealthReport.Healthy);

    /// <summary>Says whether the app takes requests.</summary>
    /// <remarks>It does when it has started, is not stopping, and its checks pass. When it does not, send requests elsewhere.</remarks>
    /// <response code="200">It does.</response>
    /// <response code="503">It does not.</response>
    internal static async Task<Results<Ok<HealthReport>, JsonHttpResult<HealthReport>>> ReadyAsync(
        IHostApplicationLifetime lifetime, HealthCheckService checks, CancellationToken cancellationToken) =>
        lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested
            ? await CheckAsync(checks, cancellationToken)
            : TypedResults.Json(HealthReport.Failed("started"), HostJsonContext.Default.HealthReport, statusCode: StatusCodes.Status503ServiceUnavailable);

    /// <summary>Says whether the app's checks pass.</summary>
    /// <remarks>These are the storage's and those that the author has added.</remarks>
    /// <response code="200">They do.</response>
    /// <response code="503">One or more do not.</response>
    internal static async Task<Results<Ok<HealthReport>, JsonHttpResult<HealthReport>>> CheckAsync(
        HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        if (report.Status != HealthStatus.Unhealthy)
            return TypedResults.Ok(HealthReport.Healthy);
        var failed = report.Entries.Where(entry => entry.Value.Status == HealthStatus.Unhealthy).Select(entry => entry.Key);
        return TypedResults.Json(
            HealthReport.Failed([.. failed]), HostJsonContext.Default.HealthReport, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>A commit that goes all the way to the disk: one that stops short of it would call a full disk healthy.</summary>
    private sealed class StorageHealthCheck(IServiceProvider services, ISessionStore sessions, HandlerRegistry handlers) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await sessions.TouchAsync(cancellationToken);
            if (handlers.Documents.Count > 0)
                await services.GetRequiredService<IDocumentStore>().TouchAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
