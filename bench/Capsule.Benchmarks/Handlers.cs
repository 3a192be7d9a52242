using Microsoft.AspNetCore.Mvc;

namespace Capsule.Benchmarks;

/// <summary>The endpoints as Capsule handlers.</summary>
public static class Handlers
{
    [Endpoint("GET", "/text", Authorized = false)]
    public static string Text() => "Hello";

    [Endpoint("GET", "/reports/{id:int}", Authorized = false)]
    public static Report GetReport(int id, string status, int page = 1) => new(id, status, page);

    [Endpoint("POST", "/reports", Authorized = false)]
    public static Report PostReport(Report report) => report;

    [Endpoint("POST", "/form", Authorized = false)]
    public static Report PostForm([FromForm] int id, [FromForm] string status, [FromForm] int page = 1) => new(id, status, page);
}
