using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Capsule.Hosting;

/// <summary>A file on its way in. Its content can be read once.</summary>
internal sealed record Upload(string Name, string ContentType, Stream Content);

/// <summary>Reads the field <c>file</c> of a multipart form as a stream, without keeping it in memory or in a temporary file.</summary>
internal static class UploadReader
{
    public const string FieldName = "file";

    /// <summary>What the form may be larger than its file, in bytes: boundaries, headers, other fields.</summary>
    private const long FormOverhead = 64 * 1024;

    /// <summary>The file; null when the request is not a multipart form or has no such field.</summary>
    /// <exception cref="BadHttpRequestException">The form is damaged, or larger than a file of <paramref name="maxBytes"/> makes it.</exception>
    public static async Task<Upload?> ReadAsync(HttpContext context, long maxBytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxBytes > long.MaxValue - FormOverhead ? null : maxBytes + FormOverhead;
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 70 } boundary)
        {
            return null;
        }
        try
        {
            var reader = new MultipartReader(boundary.ToString(), context.Request.Body);
            while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
            {
                if (section.AsFileSection() is { Name: FieldName } file)
                    return new Upload(file.FileName, ContentType(section), section.Body);
            }
            return null;
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new BadHttpRequestException("The multipart form is damaged.", exception);
        }
    }

    private static string ContentType(MultipartSection section) =>
        MediaTypeHeaderValue.TryParse(section.ContentType, out var type) && type.MediaType.Length <= 100
            ? type.MediaType.ToString().ToLowerInvariant()
            : "application/octet-stream";
}
