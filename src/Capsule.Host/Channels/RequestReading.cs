using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting.Channels;

/// <summary>Reads what calls of the chat API carry, and says precisely what is wrong with it.</summary>
internal static class RequestReading
{
    private const long LeastLimit = 1024 * 1024;

    /// <summary>The longest form of a character in JSON, and what else a message has.</summary>
    private const long BytesOfCharacter = 6, BytesOfMessage = 64 * 1024;

    /// <summary>The JSON body.</summary>
    /// <exception cref="ProblemException">It is missing, too large or not a <typeparamref name="T"/>.</exception>
    public static async Task<T> ReadJsonAsync<T>(this HttpRequest request, JsonTypeInfo<T> type)
        where T : class =>
        await request.ReadOptionalJsonAsync(type) ?? throw new ProblemException(Problems.BadRequest("A JSON body is required."));

    /// <summary>The JSON body; null without one.</summary>
    /// <exception cref="ProblemException">It is too large or not a <typeparamref name="T"/>.</exception>
    public static async Task<T?> ReadOptionalJsonAsync<T>(this HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        if (request.ContentLength == 0 || request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return null;
        if (!request.HasJsonContentType())
            throw new ProblemException(Problems.Of(StatusCodes.Status415UnsupportedMediaType, "The body must be JSON (application/json)."));
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = Math.Max(LeastLimit, Limits(request).MessageCharacters * BytesOfCharacter + BytesOfMessage);
        try
        {
            return await request.ReadFromJsonAsync(type, request.HttpContext.RequestAborted)
                ?? throw new ProblemException(Problems.BadRequest("The body must be a JSON object."));
        }
        catch (JsonException exception)
        {
            throw new ProblemException(Problems.BadRequest(Describe(exception)));
        }
        catch (BadHttpRequestException exception)
        {
            throw new ProblemException(Problems.Of(exception.StatusCode, "The body can't be read."));
        }
    }

    /// <summary>A whole number from the query string.</summary>
    /// <exception cref="ProblemException">It is not a number within the bounds.</exception>
    public static long ReadNumber(this HttpRequest request, string name, long absent, long least, long most) =>
        ParseNumber(request.Query[name], $"The query parameter '{name}'", absent, least, most);

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="ProblemException">It is not a number within the bounds.</exception>
    public static long ParseNumber(string? text, string what, long absent, long least, long most)
    {
        if (string.IsNullOrEmpty(text))
            return absent;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        var bounds = most == long.MaxValue ? $"of at least {least}" : $"from {least} to {most}";
        throw new ProblemException(Problems.BadRequest($"{what} must be a whole number {bounds}."));
    }

    private static CapsuleLimits Limits(HttpRequest request) =>
        request.HttpContext.RequestServices.GetRequiredService<IOptions<CapsuleOptions>>().Value.Limits;

    private static string Describe(JsonException exception) =>
        string.IsNullOrEmpty(exception.Path) || exception.Path == "$"
            ? "The body is not the JSON object that this call takes."
            : $"The body is not the JSON object that this call takes: see '{exception.Path}'.";
}
