using System.Diagnostics.CodeAnalysis;

namespace Capsule.Generators.Tests.Http;

/// <summary>
/// Where Capsule answers differently from ASP.NET Core on purpose. <c>docs/departures.md</c> tells authors; each of its rows is one here, or the trait
/// of a test that shows it.
/// </summary>
/// <param name="Id">Its name in the table.</param>
/// <param name="Source">A handler that shows it, as source text.</param>
/// <param name="Request">A request to it.</param>
/// <param name="Occurs">Whether the answers of the minimal API (null when ASP.NET Core makes none of the handler) and of Capsule depart as the table says.</param>
internal sealed record Departure(string Id, string Source, TwinRequest Request, Func<Answer?, Answer, bool> Occurs)
{
    public static IReadOnlyList<Departure> All { get; } =
    [
        new(
            "problem-documents",
            "[Endpoint(\"GET\", \"/d/problem\", Authorized = false)] public static int Problem(int id) => id;",
            TwinRequest.Of("GET /d/problem?id=x"),
            (minimal, capsule) => minimal is { Status: 400, Body: "" } && capsule.Status == 400 && IsProblem(capsule) && capsule.Body.Contains("\"id\"", StringComparison.Ordinal)),
        new(
            "no-antiforgery-token",
            "[Endpoint(\"POST\", \"/d/antiforgery\", Authorized = false)] public static int Antiforgery([FromForm] int id) => id;",
            Form("/d/antiforgery", "id=1"),
            (minimal, capsule) => minimal is { Status: 500 } && capsule is { Status: 200, Body: "1" }),
        new(
            "sign-in-by-default",
            "[Endpoint(\"GET\", \"/d/sign-in\")] public static int SignIn() => 1;",
            TwinRequest.Of("GET /d/sign-in"),
            // Without the middleware of authorization, ASP.NET Core refuses to serve what wants it.
            (minimal, capsule) => minimal is { Status: 200 } && capsule is { Status: 500 }),
        new(
            "struct-defaults",
            "[Endpoint(\"GET\", \"/d/default\", Authorized = false)] public static Guid Default(Guid id = default) => id;",
            TwinRequest.Of("GET /d/default"),
            (minimal, capsule) => minimal is null && capsule is { Status: 200, Body: "\"00000000-0000-0000-0000-000000000000\"" }),
        new(
            "form-text-arrays",
            "[Endpoint(\"POST\", \"/d/texts\", Authorized = false)] public static string Texts([FromForm] string[] texts) => string.Join(\"+\", texts);",
            Form("/d/texts", "texts=a&texts=b"),
            (minimal, capsule) => minimal is null && capsule is { Status: 200, Body: "a+b" }),
        new(
            "form-keys",
            "[Endpoint(\"POST\", \"/d/keys\", Authorized = false)] public static int Keys([FromForm] Dictionary<int, int> keys) => keys.Count;",
            Form("/d/keys", "[1]=1&[01]=2"),
            (minimal, capsule) => minimal is { Status: 500 } && capsule is { Status: 400 } && IsProblem(capsule)),
        new(
            "form-recursion",
            "[Endpoint(\"POST\", \"/d/tree\", Authorized = false)] public static Node Tree([FromForm] Node node) => node;",
            Form("/d/tree", "Name=a&Child.Name=b&Child.Child.Name=c"),
            (minimal, capsule) => minimal is { Status: 200 } && !minimal.Body.Contains("\"c\"", StringComparison.Ordinal) && capsule is { Status: 200 } && capsule.Body.Contains("\"c\"", StringComparison.Ordinal)),
        new(
            "form-objects-among-parameters",
            "[Endpoint(\"POST\", \"/d/among\", Authorized = false)] public static string Among([AsParameters] FormAmong all) => all.Form.Name + all.Page;",
            Form("/d/among?page=2", "name=a&count=1"),
            (minimal, capsule) => minimal is null && capsule is { Status: 200, Body: "a2" }),
        new(
            "missing-struct-bodies",
            "[Endpoint(\"POST\", \"/d/struct-body\", Authorized = false)] public static int StructBody([AsParameters] StructBody all) => all.Count;",
            new("POST", "/d/struct-body"),
            (minimal, capsule) => minimal is { Status: 500 } && capsule is { Status: 400 } && IsProblem(capsule)),
        new(
            "verbs-in-small-letters",
            "[Endpoint(\"get\", \"/d/small\", Authorized = false)] public static string Small(int[] ids) => Show.Of(ids);",
            TwinRequest.Of("GET /d/small?ids=1&ids=2"),
            (minimal, capsule) => minimal is { Status: 400 } && capsule is { Status: 200, Body: "[1 2]" }),
        new(
            "null-tasks-of-objects",
            "[Endpoint(\"GET\", \"/d/null-task\", Authorized = false)] public static Task<object> NullTask() => null!;",
            TwinRequest.Of("GET /d/null-task"),
            (minimal, capsule) => minimal is { Status: 500 } && minimal.Body.StartsWith("System.NullReferenceException", StringComparison.Ordinal)
                && capsule is { Status: 500 } && capsule.Body.StartsWith("System.InvalidOperationException", StringComparison.Ordinal)),
    ];

    /// <summary>What Capsule would have answered without <c>problem-documents</c>.</summary>
    public static Answer WithoutProblem([NotNull] Answer expected, Answer actual)
    {
        if (expected is not { Status: >= 400, Body: "" } || !IsProblem(actual))
            return actual;
        return actual with { Headers = expected.Headers, Body = "" };
    }

    private static bool IsProblem(Answer answer) =>
        answer.Headers.Contains("Content-Type: application/problem+json", StringComparison.Ordinal) && answer.Body.Contains("\"traceId\"", StringComparison.Ordinal);

    private static TwinRequest Form(string path, string form) => new("POST", path) { Body = form, ContentType = "application/x-www-form-urlencoded" };
}
