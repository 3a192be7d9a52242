using System.Diagnostics;
using Capsule.Hosting.Storage;
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
    private const string RetryAfterSeconds = "5";

    public static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(static options => options.CustomizeProblemDetails = static context =>
        {
            context.ProblemDetails.Extensions["traceId"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
            context.ProblemDetails.Extensions.Remove("exception");
            if (context.ProblemDetails.Status == StatusCodes.Status503ServiceUnavailable)
                context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProblemDetailsWriter, AnyAcceptProblemWriter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, ProblemMiddleware>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeveloperPageExceptionFilter, CapsuleExceptionsWithoutDeveloperPage>());
    }

    private static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        StorageException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private sealed class ProblemMiddleware : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseExceptionHandler(new ExceptionHandlerOptions
            {
                StatusCodeSelector = StatusOf,
#if NET10_0_OR_GREATER
                SuppressDiagnosticsCallback = static context => context.Exception is BadHttpRequestException,
#endif
            });
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
            {
                await next(errorContext);
                return;
            }
            var status = context.Response.StatusCode = StatusOf(errorContext.Exception);
            await problems.WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = { Status = status } });
        }
    }

    /// <summary>Has the framework's writer answer callers whose Accept header names no JSON, too; it would leave them with plain text.</summary>
    private sealed class AnyAcceptProblemWriter : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => true;

        public ValueTask WriteAsync(ProblemDetailsContext context) =>
            context.HttpContext.RequestServices.GetServices<IProblemDetailsWriter>().First(writer => writer is not AnyAcceptProblemWriter).WriteAsync(context);
    }
}

/// <summary>
/// Marks the endpoints that Capsule maps. A caller of theirs is told to sign in, or that they may not, by a status: cookie authentication must not send
/// an API's caller to a page.
/// </summary>
internal sealed class CapsuleEndpointMetadata
#if NET10_0_OR_GREATER
    : Microsoft.AspNetCore.Http.Metadata.IDisableCookieRedirectMetadata
#endif
{
    public static CapsuleEndpointMetadata Instance { get; } = new();
}
