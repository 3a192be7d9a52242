using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Capsule.Hosting;

/// <summary>
/// Every error answer is a problem document (RFC 9457) with a trace id, in every environment, and none holds an exception's text.
/// The author writes no middleware for it.
/// </summary>
internal static class ProblemSetup
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(static options => options.CustomizeProblemDetails = static context =>
        {
            context.ProblemDetails.Extensions["traceId"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
            context.ProblemDetails.Extensions.Remove("exception");
        });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProblemDetailsWriter, AnyAcceptProblemWriter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, ProblemMiddleware>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeveloperPageExceptionFilter, CapsuleExceptionsWithoutDeveloperPage>());
    }

    private sealed class ProblemMiddleware : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseExceptionHandler();
            app.UseStatusCodePages();
            next(app);
        };
    }

    /// <summary>
    /// In Development ASP.NET Core puts its own exception page around the app, closer than our handler. It stays for the author's other routes;
    /// on Capsule's it would show exceptions to callers.
    /// </summary>
    private sealed class CapsuleExceptionsWithoutDeveloperPage(IProblemDetailsService problems) : IDeveloperPageExceptionFilter
    {
        public async Task HandleExceptionAsync(ErrorContext errorContext, Func<ErrorContext, Task> next)
        {
            var context = errorContext.HttpContext;
            if (context.GetEndpoint()?.Metadata.GetMetadata<CapsuleEndpointMetadata>() is null)
                await next(errorContext);
            else
                await problems.WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = { Status = context.Response.StatusCode } });
        }
    }

    /// <summary>Answers callers whose Accept header names no JSON, where the default writer would leave them with plain text.</summary>
    private sealed class AnyAcceptProblemWriter : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => true;

        public ValueTask WriteAsync(ProblemDetailsContext context) => new(TypedResults.Problem(context.ProblemDetails).ExecuteAsync(context.HttpContext));
    }
}

/// <summary>Marks the endpoints that Capsule maps.</summary>
internal sealed class CapsuleEndpointMetadata
{
    public static CapsuleEndpointMetadata Instance { get; } = new();
}
