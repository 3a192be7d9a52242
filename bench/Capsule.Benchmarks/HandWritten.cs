using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Capsule.Benchmarks;

/// <summary>The endpoints as an ASP.NET Core developer writes them by hand, with the JSON options of the app.</summary>
internal sealed class HandWritten(JsonTypeInfo<Report> json)
{
    public RequestDelegate For(string route) => route switch
    {
        "GET /text" => Text,
        "GET /reports/{id:int}" => GetReport,
        "POST /reports" => PostReport,
        "POST /form" => PostForm,
        _ => throw new ArgumentException(route),
    };

    private static Task Text(HttpContext http)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync("Hello");
    }

    private Task GetReport(HttpContext http)
    {
        var request = http.Request;
        return TryParse((string?)request.RouteValues["id"], out var id) && TryRead(request.Query["status"], request.Query["page"], out var status, out var page)
            ? http.Response.WriteAsJsonAsync(new Report(id, status, page), json)
            : BadRequest(http);
    }

    private async Task PostReport(HttpContext http)
    {
        if (await http.Request.ReadFromJsonAsync(json) is { } report)
            await http.Response.WriteAsJsonAsync(report, json);
        else
            await BadRequest(http);
    }

    private async Task PostForm(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (TryParse(form["id"], out var id) && TryRead(form["status"], form["page"], out var status, out var page))
            await http.Response.WriteAsJsonAsync(new Report(id, status, page), json);
        else
            await BadRequest(http);
    }

    private static bool TryRead(StringValues statuses, StringValues pages, out string status, out int page)
    {
        page = 1;
        status = (string?)statuses ?? "";
        return statuses.Count > 0 && (pages.Count == 0 || TryParse(pages, out page));
    }

    private static bool TryParse(string? text, out int number) => int.TryParse(text, CultureInfo.InvariantCulture, out number);

    private static Task BadRequest(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
