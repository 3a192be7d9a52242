using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Capsule.Hosting;

/// <summary>The chat page: built from <c>web/chat</c> when this project is built.</summary>
internal static partial class ChatPage
{
    private const string ResourcePrefix = "page/";
    private const string IndexName = "index.html";

    /// <summary>By this the page knows that it may offer <c>POST /capsule/signin</c>.</summary>
    private const string SignInMark = "<meta name=\"capsule-sign-in\" />";

    /// <summary>
    /// Images come from this server, or from any address, because a handler's image block may name one (the page itself loads no image that a model's
    /// markdown names). Frames show what a handler's browser block names.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https: http:; connect-src 'self'; "
        + "frame-src http: https:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private static readonly Lazy<FrozenDictionary<string, EmbeddedFile>> files = new(static () => EmbeddedFiles.Read(ResourcePrefix));

    public static void MapChatPage(this IEndpointRouteBuilder endpoints, IHostEnvironment environment)
    {
        var addresses = endpoints.ServiceProvider.GetRequiredService<CapsuleAddresses>();
        var index = new Lazy<EmbeddedFile?>(() => IndexFor(addresses.Prefix, IdentityEndpoints.OffersSignIn(environment)));
        // Later than any author's route: their own "/" wins.
        endpoints.MapGet("/", context => SendAsync(context, IndexName, index.Value))
            .Add(static endpoint =>
            {
                ((RouteEndpointBuilder)endpoint).Order = int.MaxValue;
#if NET10_0_OR_GREATER
                // In a group that needs sign-in, a browser that asks for the page may be sent to where one signs in.
                endpoint.Metadata.Add(new AllowCookieRedirectAttribute());
#endif
            });
        endpoints.MapGet("/capsule/page/{**file}", static context =>
        {
            var name = context.Request.RouteValues["file"] as string ?? "";
            return SendAsync(context, name, files.Value.GetValueOrDefault(name));
        });
    }

    /// <summary>The page as it is built, but that it says what only the host knows, and asks for its parts below the prefix.</summary>
    private static EmbeddedFile? IndexFor(string prefix, bool offersSignIn)
    {
        if (files.Value.GetValueOrDefault(IndexName) is not { } built)
            return null;
        var marks = offersSignIn ? SignInMark : "";
        if (prefix.Length > 0)
            marks += $"<meta name=\"capsule-root\" content=\"{HtmlEncoder.Default.Encode(prefix)}\" />";
        if (marks.Length == 0)
            return built;
        var text = Encoding.UTF8.GetString(built.Content)
            .Replace("\"/capsule/page/", $"\"{HtmlEncoder.Default.Encode(prefix)}/capsule/page/", StringComparison.Ordinal)
            .Replace("</head>", marks + "</head>", StringComparison.Ordinal);
        return built with { Content = Encoding.UTF8.GetBytes(text) };
    }

    private static Task SendAsync(HttpContext context, string name, EmbeddedFile? file)
    {
        if (file is not null)
            return file.SendAsync(context, ContentSecurityPolicy, HashedName().IsMatch(name) ? "public, max-age=31536000, immutable" : "no-cache");
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>The build names scripts and styles by their content: <c>index-Ww_uuO7O.js</c>.</summary>
    [GeneratedRegex(@"-[\w-]{8}\.\w+$")]
    private static partial Regex HashedName();
}
