using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting.Channels;

/// <summary>What can be wrong with a call of the chat API.</summary>
internal static class Problems
{
    public static IResult NotFound() => Of(StatusCodes.Status404NotFound, "There is no such thing, or it belongs to somebody else.");

    public static IResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, detail);

    public static IResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, detail);

    public static IResult Of(int status, string detail) => Results.Problem(statusCode: status, detail: detail);
}

/// <summary>Ends a call with a problem from within.</summary>
internal sealed class ProblemException(IResult problem) : Exception
{
    public IResult Problem { get; } = problem;
}
