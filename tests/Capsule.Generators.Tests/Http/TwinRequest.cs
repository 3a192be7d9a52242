using System.Net.Http.Headers;

namespace Capsule.Generators.Tests.Http;

/// <summary>A request that both twins get.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path within a twin, with the query string.</param>
internal sealed record TwinRequest(string Method, string Path)
{
    /// <summary>The body; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>The body's content type; null for none.</summary>
    public string? ContentType { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>A request as text: <c>GET /path</c>.</summary>
    public static TwinRequest Of(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return new(text[..space], text[(space + 1)..]);
    }

    public HttpRequestMessage ToMessage(string prefix)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), prefix + Path);
        if (Body is not null)
        {
            message.Content = new StringContent(Body);
            message.Content.Headers.ContentType = ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
        }
        foreach (var (name, value) in Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }
}

/// <summary>What a client and an operator see of one request.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">All headers but the date, in order.</param>
/// <param name="Body">The body.</param>
/// <param name="Events">What binding logged: ids, names, levels, texts and values.</param>
internal sealed record Answer(int Status, string Headers, string Body, string Events)
{
    public static async Task<Answer> OfAsync(HttpResponseMessage response, IReadOnlyList<string> events)
    {
        var body = await response.Content.ReadAsStringAsync();
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .Where(header => header.Key != "Date")
            .Select(header => $"{header.Key}: {header.Value}")
            .Order(StringComparer.Ordinal);
        return new((int)response.StatusCode, string.Join("; ", headers), body, string.Join("; ", events));
    }
}
