using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Capsule.Hosting;

/// <summary>The files of a page that is built with this project and carried inside the assembly, so that it is there however an app is started or published.</summary>
internal static class EmbeddedFiles
{
    private const string CompressedSuffix = ".gz";

    /// <summary>Those whose resource names begin so, by the rest of the name. None where the project was built without pages.</summary>
    public static FrozenDictionary<string, EmbeddedFile> Read(string prefix)
    {
        var assembly = typeof(EmbeddedFiles).Assembly;
        var contentTypes = new FileExtensionContentTypeProvider();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(Read)
            .ToFrozenDictionary(file => file.Name, StringComparer.Ordinal);

        EmbeddedFile Read(string resourceName)
        {
            using var resource = assembly.GetManifestResourceStream(resourceName)!;
            var content = new byte[resource.Length];
            resource.ReadExactly(content);
            var name = resourceName[prefix.Length..].Replace('\\', '/');
            var isCompressed = name.EndsWith(CompressedSuffix, StringComparison.Ordinal);
            if (isCompressed)
                name = name[..^CompressedSuffix.Length];
            var contentType = contentTypes.TryGetContentType(name, out var known) ? known : "text/plain";
            if (contentType.StartsWith("text/", StringComparison.Ordinal))
                contentType += "; charset=utf-8";
            return new EmbeddedFile(name, content, contentType, isCompressed);
        }
    }
}

/// <summary>A file of a page.</summary>
internal sealed record EmbeddedFile(string Name, byte[] Content, string ContentType, bool IsCompressed = false)
{
    private EntityTagHeaderValue Tag => new($"\"{Convert.ToHexStringLower(SHA256.HashData(Content))[..16]}\"");

    /// <summary>The content as it was before it was compressed.</summary>
    public byte[] Plain()
    {
        if (!IsCompressed)
            return Content;
        using var plain = new MemoryStream();
        using var compressed = new GZipStream(new MemoryStream(Content), CompressionMode.Decompress);
        compressed.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>Sends the file under a content security policy.</summary>
    public Task SendAsync(HttpContext context, string contentSecurityPolicy, string cacheControl)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = contentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = cacheControl;
        var content = Content;
        if (IsCompressed)
        {
            headers.Vary = HeaderNames.AcceptEncoding;
            if (TakesGzip(context.Request))
                headers.ContentEncoding = "gzip";
            else
                content = Plain();
        }
        return TypedResults.Bytes(content, ContentType, entityTag: Tag).ExecuteAsync(context);
    }

    private static bool TakesGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0);
}
