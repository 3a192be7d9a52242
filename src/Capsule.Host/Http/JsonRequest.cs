using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>Reads the body of a request as JSON. One that has arrived as a whole is read at once: then nothing is kept for going on later.</summary>
internal static class JsonRequest
{
    /// <summary>Whether a content type is what nearly all clients send for JSON in UTF-8. Others are for ASP.NET Core to take apart, and to find their charset.</summary>
    public static bool IsPlain(string? contentType) => contentType is "application/json" or "application/json; charset=utf-8";

    /// <summary>Reads a body in UTF-8.</summary>
    /// <exception cref="JsonException">It is no <typeparamref name="T"/>.</exception>
    /// <exception cref="IOException">It did not arrive, or is larger than the server allows.</exception>
    public static ValueTask<T?> ReadPlainAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
    {
        var body = request.BodyReader;
        if (body.TryRead(out var read))
        {
            if (read is { IsCompleted: true, Buffer.IsSingleSegment: true })
                return new(Read(body, read, type));
            body.AdvanceTo(read.Buffer.Start);
        }
        return request.ReadFromJsonAsync(type);
    }

    private static T? Read<T>(PipeReader body, in ReadResult read, JsonTypeInfo<T> type)
    {
        var utf8 = read.Buffer.FirstSpan;
        try
        {
            return JsonSerializer.Deserialize(utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8, type);
        }
        finally
        {
            body.AdvanceTo(read.Buffer.End);
        }
    }
}
