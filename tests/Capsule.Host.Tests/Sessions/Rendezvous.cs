using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Capsule.Host.Tests.Sessions;

/// <summary>A point that is passed only by several together.</summary>
internal sealed class Rendezvous(int expected) : IDisposable
{
    private readonly CountdownEvent missing = new(expected);
    private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task ArriveAsync()
    {
        if (missing.Signal())
            all.SetResult();
        return all.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public void Dispose() => missing.Dispose();
}

internal static class Json
{
    public static HttpContent Content(object value) => JsonContent.Create(value);

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonObject>())!;
}
