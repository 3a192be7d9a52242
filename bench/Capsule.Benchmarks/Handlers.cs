using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Capsule.Benchmarks;

/// <summary>The handlers that all contestants run.</summary>
public static class Handlers
{
    [Endpoint("GET", "/reports/{id:int}", Authorized = false)]
    public static Report GetReport(int id, string status, int page = 1) => new(id, status, page);

    [Endpoint("POST", "/reports", Authorized = false)]
    public static Report PostReport(Report report) => report;

    [Endpoint("GET", "/text", Authorized = false)]
    public static string Text() => "Hello";
}

public sealed record Report(int Id, string Status, int Page);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Report))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;

/// <summary>What an ASP.NET Core developer writes when every bit counts but the code stays plain.</summary>
internal static class HandWritten
{
    public static Task GetReport(HttpContext http)
    {
        var request = http.Request;
        if (!int.TryParse((string?)request.RouteValues["id"], out var id) || (string?)request.Query["status"] is not { } status)
            return BadRequest(http);
        var page = 1;
        if ((string?)request.Query["page"] is { } text && !int.TryParse(text, out page))
            return BadRequest(http);
        return http.Response.WriteAsJsonAsync(Handlers.GetReport(id, status, page), BenchmarkJson.Default.Report);
    }

    public static async Task PostReport(HttpContext http)
    {
        var report = await http.Request.ReadFromJsonAsync(BenchmarkJson.Default.Report);
        if (report is null)
            await BadRequest(http);
        else
            await http.Response.WriteAsJsonAsync(Handlers.PostReport(report), BenchmarkJson.Default.Report);
    }

    public static Task Text(HttpContext http)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(Handlers.Text());
    }

    private static Task BadRequest(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
