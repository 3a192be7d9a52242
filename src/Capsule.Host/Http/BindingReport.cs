using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>
/// Reports why requests could not be bound, as ASP.NET Core's own binding does: logged under its category and event ids, so that filters and
/// dashboards go on to work; or, with <see cref="RouteHandlerOptions.ThrowOnBadRequest"/>, thrown with the same text.
/// </summary>
internal static partial class BindingReport
{
    private const string Category = "Microsoft.AspNetCore.Http.RequestDelegateFactory";

    /// <summary>Never thrown: the connection is at fault, not the request.</summary>
    public static void RequestBodyIOException(HttpContext http, Exception exception) => LogRequestBodyIOException(LoggerOf(http), exception);

    public static void InvalidJsonRequestBody(HttpContext http, string type, string name, Exception exception)
    {
        ThrowIfAsked(http, $"Failed to read parameter \"{type} {name}\" from the request body as JSON.", exception);
        LogInvalidJsonRequestBody(LoggerOf(http), type, name, exception);
    }

    public static void ParameterBindingFailed(HttpContext http, string type, string name, string value)
    {
        ThrowIfAsked(http, $"Failed to bind parameter \"{type} {name}\" from \"{value}\".");
        LogParameterBindingFailed(LoggerOf(http), type, name, value);
    }

    public static void RequiredParameterNotProvided(HttpContext http, string type, string name, string source)
    {
        ThrowIfAsked(http, $"Required parameter \"{type} {name}\" was not provided from {source}.");
        LogRequiredParameterNotProvided(LoggerOf(http), type, name, source);
    }

    public static void ImplicitBodyNotProvided(HttpContext http, string name)
    {
        ThrowIfAsked(http, $"Implicit body inferred for parameter \"{name}\" but no body was provided. Did you mean to use a Service instead?");
        LogImplicitBodyNotProvided(LoggerOf(http), name);
    }

    public static void UnexpectedContentType(HttpContext http)
    {
        ThrowIfAsked(http, $"Expected a supported JSON media type but got \"{http.Request.ContentType}\".", status: StatusCodes.Status415UnsupportedMediaType);
        LogUnexpectedContentType(LoggerOf(http), http.Request.ContentType ?? "(none)");
    }

    public static void UnexpectedNonFormContentType(HttpContext http)
    {
        ThrowIfAsked(http, $"Expected a supported form media type but got \"{http.Request.ContentType}\".", status: StatusCodes.Status415UnsupportedMediaType);
        LogUnexpectedNonFormContentType(LoggerOf(http), http.Request.ContentType ?? "(none)");
    }

    public static void InvalidFormRequestBody(HttpContext http, string type, string name, Exception exception)
    {
        ThrowIfAsked(http, $"Failed to read parameter \"{type} {name}\" from the request body as form.", exception);
        LogInvalidFormRequestBody(LoggerOf(http), type, name, exception);
    }

    public static void FormDataMappingFailed(HttpContext http, string type, string name, Exception exception)
    {
        ThrowIfAsked(http, exception.Message, exception);
        LogFormDataMappingFailed(LoggerOf(http), type, name, exception);
    }

    public static void UnexpectedRequestWithoutBody(HttpContext http, string type, string name)
    {
        ThrowIfAsked(http, $"Unexpected request without body, failed to bind parameter \"{type} {name}\" from the request body as form.");
        LogUnexpectedRequestWithoutBody(LoggerOf(http), type, name);
    }

    private static ILogger LoggerOf(HttpContext http) => http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(Category);

    private static void ThrowIfAsked(HttpContext http, string message, Exception? cause = null, int status = StatusCodes.Status400BadRequest)
    {
        if (http.RequestServices.GetRequiredService<IOptions<RouteHandlerOptions>>().Value.ThrowOnBadRequest)
            throw new BadHttpRequestException(message, status, cause!);
    }

    [LoggerMessage(1, LogLevel.Debug, "Reading the request body failed with an IOException.", EventName = "RequestBodyIOException")]
    private static partial void LogRequestBodyIOException(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "Failed to read parameter \"{ParameterType} {ParameterName}\" from the request body as JSON.", EventName = "InvalidJsonRequestBody")]
    private static partial void LogInvalidJsonRequestBody(ILogger logger, string parameterType, string parameterName, Exception exception);

    [LoggerMessage(3, LogLevel.Debug, "Failed to bind parameter \"{ParameterType} {ParameterName}\" from \"{SourceValue}\".", EventName = "ParameterBindingFailed")]
    private static partial void LogParameterBindingFailed(ILogger logger, string parameterType, string parameterName, string sourceValue);

    [LoggerMessage(4, LogLevel.Debug, "Required parameter \"{ParameterType} {ParameterName}\" was not provided from {Source}.", EventName = "RequiredParameterNotProvided")]
    private static partial void LogRequiredParameterNotProvided(ILogger logger, string parameterType, string parameterName, string source);

    [LoggerMessage(5, LogLevel.Debug, "Implicit body inferred for parameter \"{ParameterName}\" but no body was provided. Did you mean to use a Service instead?", EventName = "ImplicitBodyNotProvided")]
    private static partial void LogImplicitBodyNotProvided(ILogger logger, string parameterName);

    [LoggerMessage(6, LogLevel.Debug, "Expected a supported JSON media type but got \"{ContentType}\".", EventName = "UnexpectedContentType")]
    private static partial void LogUnexpectedContentType(ILogger logger, string contentType);

    [LoggerMessage(7, LogLevel.Debug, "Expected a supported form media type but got \"{ContentType}\".", EventName = "UnexpectedNonFormContentType")]
    private static partial void LogUnexpectedNonFormContentType(ILogger logger, string contentType);

    [LoggerMessage(8, LogLevel.Debug, "Failed to read parameter \"{ParameterType} {ParameterName}\" from the request body as form.", EventName = "InvalidFormRequestBody")]
    private static partial void LogInvalidFormRequestBody(ILogger logger, string parameterType, string parameterName, Exception exception);

    [LoggerMessage(10, LogLevel.Debug, "Failed to bind parameter \"{ParameterType} {ParameterName}\" from the request body as form.", EventName = "FormDataMappingFailed")]
    private static partial void LogFormDataMappingFailed(ILogger logger, string parameterType, string parameterName, Exception exception);

    [LoggerMessage(11, LogLevel.Debug, "Unexpected request without body, failed to bind parameter \"{ParameterType} {ParameterName}\" from the request body as form.", EventName = "UnexpectedRequestWithoutBody")]
    private static partial void LogUnexpectedRequestWithoutBody(ILogger logger, string parameterType, string parameterName);
}
