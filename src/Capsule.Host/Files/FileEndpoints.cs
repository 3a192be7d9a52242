using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Capsule.Hosting;

/// <summary>A stored file.</summary>
/// <param name="Id">What a message names it by.</param>
/// <param name="Name">Its name, made safe.</param>
/// <param name="ContentType">Its media type, as the sender said.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Url">Where its owner can download it.</param>
internal sealed record UploadedFile(string Id, string Name, string ContentType, long Size, string Url)
{
    public static UploadedFile Of(StoredFile file) => new(file.Id, file.Name, file.ContentType, file.Size, file.Url);
}

/// <summary>Files that users send with messages, and that handlers publish.</summary>
internal static class FileEndpoints
{
    public static void AddFiles(this IServiceCollection services)
    {
        services.TryAddSingleton<IFileIndex, SqliteFileIndex>();
        services.TryAddSingleton<CapsuleAddresses>();
        services.TryAddSingleton<IFileStore, DiskFileStore>();
        services.AddHostedService<FileSweep>();
    }

    public static void MapFiles(this IEndpointRouteBuilder endpoints)
    {
        var addresses = endpoints.ServiceProvider.GetRequiredService<CapsuleAddresses>();
        addresses.AreMapped();
        var group = endpoints.MapGroup("/capsule/files").WithTags("Files").AddEndpointFilter(ProblemException.ToResultAsync);
        group.MapPost("", UploadAsync).WithName("uploadFile")
            .Accepts<UploadForm>("multipart/form-data")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/{id}", DownloadAsync).WithName("downloadFile")
            .Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream")
            .Add(addresses.LearnFrom);
    }

    /// <summary>Stores a file that messages can then carry.</summary>
    /// <remarks>A message names it by its id; a file that no message has carried within a day is deleted. Only its owner can use and download it.</remarks>
    /// <response code="201">Stored.</response>
    /// <response code="400">The form has no field <c>file</c>.</response>
    /// <response code="413">The file is larger than allowed.</response>
    /// <response code="429">The user has as many files as allowed that no message carries yet.</response>
    internal static async Task<Created<UploadedFile>> UploadAsync(
        HttpContext context, ICallerResolver callers, IFileStore files, IOptions<CapsuleOptions> options)
    {
        var owner = callers.Resolve(context, remember: true).User;
        var waiting = options.Value.Limits.WaitingUploads;
        if (await files.CountUnusedAsync(owner.Id, waiting, context.RequestAborted) >= waiting)
            throw new ProblemException(Problems.Of(
                StatusCodes.Status429TooManyRequests, $"You have {waiting} files that no message carries. Send some of them, or come back later."));
        var file = await UploadReader.SaveAsync(context, files, owner, options.Value.Limits.UploadBytes);
        return TypedResults.Created(file.Url, UploadedFile.Of(file));
    }

    /// <summary>Downloads a file.</summary>
    /// <remarks>As an attachment: a browser saves it and does not show it.</remarks>
    /// <param name="id">The file's id.</param>
    /// <param name="context">The request.</param>
    /// <param name="callers">Knows the caller.</param>
    /// <param name="files">Has the file.</param>
    /// <response code="200">Its content.</response>
    /// <response code="404">Not found, or not the caller's.</response>
    internal static async Task<Results<FileStreamHttpResult, NotFound>> DownloadAsync(
        string id, HttpContext context, ICallerResolver callers, IFileStore files)
    {
        if (await files.FindAsync(id, context.RequestAborted) is not { } file || file.OwnerUserId != callers.Resolve(context).User.Id)
            return TypedResults.NotFound();

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        // The browser asks each time whether the caller may still have it.
        headers.CacheControl = "private, no-cache";
        try
        {
            var content = await files.OpenReadAsync(id, context.RequestAborted);
            return TypedResults.Stream(content, file.ContentType, file.Name, file.CreatedAt, new EntityTagHeaderValue($"\"{id}\""), enableRangeProcessing: true);
        }
        catch (FileNotFoundException)
        {
            // It is being deleted.
            return TypedResults.NotFound();
        }
    }
}
