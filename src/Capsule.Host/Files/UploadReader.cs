using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Capsule.Hosting;

/// <summary>The form that carries a file, for the OpenAPI document: requests are read as streams.</summary>
/// <param name="File">The file.</param>
internal sealed record UploadForm(Stream File);

/// <summary>Reads the field <c>file</c> of a multipart form as a stream, without keeping it in memory or in a temporary file.</summary>
internal static class UploadReader
{
    private const string FieldName = "file";

    /// <summary>What the form may be larger than its file, in bytes: boundaries, headers, other fields.</summary>
    private const long FormOverhead = 64 * 1024;

    /// <summary>Stores the file for a user.</summary>
    /// <param name="context">The request.</param>
    /// <param name="files">Where it is kept.</param>
    /// <param name="owner">Whose it will be.</param>
    /// <param name="maxBytes">The largest file that is taken.</param>
    /// <exception cref="ProblemException">There is no file in the request (400), it is damaged (400) or too large (413); nothing is kept.</exception>
    public static async Task<StoredFile> SaveAsync(HttpContext context, IFileStore files, UserInfo owner, long maxBytes)
    {
        try
        {
            return await ReadAsync(context, maxBytes) is { } upload
                ? await files.SaveAsync(owner.Id, upload.Name, upload.ContentType, upload.Content, maxBytes, context.RequestAborted)
                : throw new ProblemException(Problems.BadRequest($"Send a multipart form whose field '{FieldName}' holds the file."));
        }
        catch (FileTooLargeException)
        {
            throw TooLarge(maxBytes);
        }
        catch (BadHttpRequestException exception)
        {
            throw exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? TooLarge(maxBytes)
                : new ProblemException(Problems.BadRequest("The multipart form is damaged."));
        }
    }

    private static ProblemException TooLarge(long maxBytes) =>
        new(Problems.Of(StatusCodes.Status413PayloadTooLarge, $"A file may have at most {maxBytes} bytes."));

    /// <summary>The file; null when the request is not a multipart form or has no such field.</summary>
    /// <exception cref="BadHttpRequestException">The form is damaged, or larger than a file of <paramref name="maxBytes"/> makes it.</exception>
    private static async Task<Upload?> ReadAsync(HttpContext context, long maxBytes)
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
                    return new Upload(file.FileName, ContentType(section), new PartStream(section.Body));
            }
            return null;
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Damaged(exception);
        }
    }

    private static string ContentType(MultipartSection section) =>
        MediaTypeHeaderValue.TryParse(section.ContentType, out var type) && type.MediaType.Length <= 100
            ? type.MediaType.ToString().ToLowerInvariant()
            : "application/octet-stream";

    private static bool IsDamage(Exception exception) => exception is InvalidDataException or (IOException and not BadHttpRequestException);

    private static BadHttpRequestException Damaged(Exception exception) => new("The multipart form is damaged.", exception);

    /// <summary>A file on its way in. Its content can be read once; where the request is damaged, reading throws <see cref="BadHttpRequestException"/>.</summary>
    private sealed record Upload(string Name, string ContentType, Stream Content);

    /// <summary>Tells what goes wrong in reading the request from what goes wrong in storing it.</summary>
    private sealed class PartStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                return await inner.ReadAsync(buffer, cancellationToken);
            }
            catch (Exception exception) when (IsDamage(exception))
            {
                throw Damaged(exception);
            }
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Request bodies are read asynchronously.");

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
