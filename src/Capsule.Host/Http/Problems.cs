using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Capsule.Hosting;

/// <summary>Problem details (RFC 9457) with a trace id. Never with an exception's text.</summary>
internal static class Problems
{
    public static IResult NotFound() => Of(StatusCodes.Status404NotFound, "There is no such thing, or it belongs to somebody else.");

    public static IResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, detail);

    public static IResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, detail);

    /// <param name="status">The HTTP status.</param>
    /// <param name="detail">A sentence for the client.</param>
    public static IResult Of(int status, string detail) => Results.Problem(statusCode: status, detail: detail);

    /// <summary>Answers outside of a result.</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="detail">A sentence for the client; null for the status's own title only.</param>
    /// <param name="errors">What is wrong with each value, by name.</param>
    public static Task WriteAsync(HttpContext http, int status, string? detail = null, IDictionary<string, string[]>? errors = null)
    {
        var problem = errors is null ? new ProblemDetails() : new HttpValidationProblemDetails(errors) { Title = null };
        problem.Status = status;
        problem.Detail = detail;
        problem.Extensions["traceId"] = Activity.Current?.Id ?? http.TraceIdentifier;
        return TypedResults.Problem(problem).ExecuteAsync(http);
    }
}
