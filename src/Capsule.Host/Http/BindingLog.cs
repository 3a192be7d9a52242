using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>Why requests could not be bound: the events of ASP.NET Core's own binding, under its category, so that filters and dashboards go on to work.</summary>
internal static partial class BindingLog
{
    private const string Category = "Microsoft.AspNetCore.Http.RequestDelegateFactory";

    public static ILogger For(HttpContext http) => http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(Category);

    [LoggerMessage(1, LogLevel.Debug, "Reading the request body failed with an IOException.", EventName = "RequestBodyIOException")]
    public static partial void RequestBodyIOException(this ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "Failed to read parameter \"{ParameterType} {ParameterName}\" from the request body as JSON.", EventName = "InvalidJsonRequestBody")]
    public static partial void InvalidJsonRequestBody(this ILogger logger, string parameterType, string parameterName, Exception exception);

    [LoggerMessage(3, LogLevel.Debug, "Failed to bind parameter \"{ParameterType} {ParameterName}\" from \"{SourceValue}\".", EventName = "ParameterBindingFailed")]
    public static partial void ParameterBindingFailed(this ILogger logger, string parameterType, string parameterName, string sourceValue);

    [LoggerMessage(4, LogLevel.Debug, "Required parameter \"{ParameterType} {ParameterName}\" was not provided from {Source}.", EventName = "RequiredParameterNotProvided")]
    public static partial void RequiredParameterNotProvided(this ILogger logger, string parameterType, string parameterName, string source);

    [LoggerMessage(5, LogLevel.Debug, "Implicit body inferred for parameter \"{ParameterName}\" but no body was provided. Did you mean to use a Service instead?", EventName = "ImplicitBodyNotProvided")]
    public static partial void ImplicitBodyNotProvided(this ILogger logger, string parameterName);

    [LoggerMessage(6, LogLevel.Debug, "Expected a supported JSON media type but got \"{ContentType}\".", EventName = "UnexpectedContentType")]
    public static partial void UnexpectedContentType(this ILogger logger, string contentType);
}
