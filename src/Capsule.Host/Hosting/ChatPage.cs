using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace Capsule.Hosting;

/// <summary>
/// The chat page: built from <c>web/chat</c> when this project is built, and carried inside the assembly, so that it is there however an app is
/// started or published.
/// </summary>
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

    private static readonly Lazy<FrozenDictionary<string, PageFile>> files = new(ReadAll);

    public static void MapChatPage(this IEndpointRouteBuilder endpoints, IHostEnvironment environment)
    {
        var addresses = endpoints.ServiceProvider.GetRequiredService<CapsuleAddresses>();
        var index = new Lazy<PageFile?>(() => IndexFor(addresses.Prefix, IdentityEndpoints.OffersSignIn(environment)));
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
    private static PageFile? IndexFor(string prefix, bool offersSignIn)
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
        return PageFile.Of(Encoding.UTF8.GetBytes(text), built.ContentType);
    }

    private static Task SendAsync(HttpContext context, string name, PageFile? file)
    {
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = HashedName().IsMatch(name) ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(file.Content, file.ContentType, entityTag: file.Tag).ExecuteAsync(context);
    }

    private static FrozenDictionary<string, PageFile> ReadAll()
    {
        var assembly = typeof(ChatPage).Assembly;
        var contentTypes = new FileExtensionContentTypeProvider();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[ResourcePrefix.Length..].Replace('\\', '/'), Read, StringComparer.Ordinal);

        PageFile Read(string name)
        {
            using var resource = assembly.GetManifestResourceStream(name)!;
            var content = new byte[resource.Length];
            resource.ReadExactly(content);
            var contentType = contentTypes.TryGetContentType(name, out var known) ? known : "application/octet-stream";
            if (contentType.StartsWith("text/", StringComparison.Ordinal))
                contentType += "; charset=utf-8";
            return PageFile.Of(content, contentType);
        }
    }

    /// <summary>The build names scripts and styles by their content: <c>index-Ww_uuO7O.js</c>.</summary>
    [GeneratedRegex(@"-[\w-]{8}\.\w+$")]
    private static partial Regex HashedName();

    private sealed record PageFile(byte[] Content, string ContentType, EntityTagHeaderValue Tag)
    {
        public static PageFile Of(byte[] content, string contentType) =>
            new(content, contentType, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\""));
    }
}
