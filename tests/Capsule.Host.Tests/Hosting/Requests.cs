using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Capsule.Host.Tests.Hosting;

internal static class Requests
{
    /// <summary>Posts a form and returns the answer.</summary>
    public static Task<HttpResponseMessage> PostFormAsync(this HttpClient client, string path, params (string Name, string Value)[] fields) =>
        client.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>Uploads a file in the field <c>file</c>.</summary>
    public static async Task<HttpResponseMessage> UploadAsync(this HttpClient client, string path, string name, byte[] content, string type = "text/plain")
    {
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new(type);
        using var form = new MultipartFormDataContent { { file, "file", name } };
        return await client.PostAsync(path, form);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) => await response.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>Requires a problem document with a trace id and returns it.</summary>
    public static async Task<JsonElement> RequireProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        return problem;
    }
}
