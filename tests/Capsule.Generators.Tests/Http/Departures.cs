namespace Capsule.Generators.Tests.Http;

/// <summary>Where Capsule answers differently from ASP.NET Core on purpose. <c>docs/departures.md</c> tells authors; the rows here are its rows.</summary>
internal static class Departures
{
    /// <summary>Each departure, and where this suite meets it.</summary>
    public static IReadOnlyDictionary<string, string> Rows { get; } = new Dictionary<string, string>
    {
        ["problem-documents"] = "undone before answers are compared",
        ["thrown-bad-requests"] = "answers are compared as they are thrown",
        ["no-antiforgery-token"] = "minimal APIs are mounted without the token",
        ["sign-in-by-default"] = "handlers are declared with Authorized = false",
        ["no-complex-forms"] = "RefusedHandlersTests",
        ["values-before-validation"] = "ValidationTests",
        ["more-validation"] = "ValidationTests",
        ["large-answers-that-fail"] = "JsonWireTests",
    };

    /// <summary>What Capsule would have answered without <c>problem-documents</c>.</summary>
    public static Answer Undo(Answer expected, Answer actual)
    {
        if (expected is not { Status: >= 400, Body: "" } || actual.Body.Length == 0)
            return actual;
        Assert.Equal("application/problem+json", actual.ContentType);
        Assert.Contains("\"traceId\"", actual.Body, StringComparison.Ordinal);
        return actual with { ContentType = expected.ContentType, Body = "" };
    }
}
