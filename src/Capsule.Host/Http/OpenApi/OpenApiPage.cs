using System.Collections.Frozen;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Hosting;

/// <summary>The page that shows the OpenAPI document and tries calls out, at <c>/openapi</c>: gathered from <c>web/openapi</c> when this project is built.</summary>
internal static class OpenApiPage
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string LeftOut = """
        <!doctype html>
        <html lang="en">
          <head><meta charset="utf-8" /><title>{{title}} · API</title></head>
          <body>
            <p>This page was left out when Capsule was built (CapsuleSkipPage). The document itself: <a href="{{document}}">{{document}}</a></p>
          </body>
        </html>
        """;

    private static readonly Lazy<FrozenDictionary<string, EmbeddedFile>> files = new(static () => EmbeddedFiles.Read("docs/"));

    public static void MapOpenApiPage(this IEndpointRouteBuilder endpoints, string title)
    {
        endpoints.MapGet("/openapi", context => Index(context, title).SendAsync(context, ContentSecurityPolicy, "no-cache"));
        endpoints.MapGet("/openapi/page/{file}", static context =>
        {
            if (files.Value.TryGetValue((string)context.Request.RouteValues["file"]!, out var file))
                return file.SendAsync(context, ContentSecurityPolicy, "no-cache");
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    /// <summary>Addresses begin with the one by which the page was asked for: it may be in a group, and the app below another path.</summary>
    private static EmbeddedFile Index(HttpContext context, string title)
    {
        var template = files.Value.TryGetValue("index.html", out var index) ? Encoding.UTF8.GetString(index.Plain()) : LeftOut;
        var pathBase = context.Request.PathBase.ToUriComponent();
        var address = pathBase + context.Request.Path.ToUriComponent().TrimEnd('/');
        var html = template
            .Replace("{{title}}", WebUtility.HtmlEncode(title), StringComparison.Ordinal)
            .Replace("{{files}}", WebUtility.HtmlEncode(address + "/page"), StringComparison.Ordinal)
            .Replace("{{document}}", WebUtility.HtmlEncode($"{address}/{OpenApiSetup.DocumentName}.json"), StringComparison.Ordinal)
            .Replace("{{pathBase}}", WebUtility.HtmlEncode(pathBase), StringComparison.Ordinal);
        return new EmbeddedFile("index.html", Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8");
    }
}
