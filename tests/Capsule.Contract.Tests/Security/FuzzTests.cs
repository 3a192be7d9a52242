using System.Net;
using System.Text.Json;
using Capsule.Contract.Testing;
using Xunit.Abstractions;

namespace Capsule.Contract.Security;

/// <summary>Whatever is sent to whatever the OpenAPI document describes, the answer is no failure of the server's, and what others have stays as it is.</summary>
public sealed class FuzzTests(ITestOutputHelper output) : IAsyncLifetime
{
    // Each has its own, for users who have filled it keep its workers busy.
    private readonly OwnershipTests.App app = new();

    private const int RequestsOfOperation = 60;

    // These fail on purpose, and the program of the API contract where JSON leaves out its reference.
    private static readonly string[] left = ["/boom", "/data/boom", "/scripts/{name}", "/callback"];

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(null)]
    public async Task Bad_input_is_answered_with_a_problem_and_changes_nothing(int? given)
    {
        var seed = given ?? Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var (bystander, caller) = (await app.UserAsync(), await app.UserAsync());
        var foreign = await OwnershipTests.App.FillAsync(bystander);
        var before = await StateAsync(bystander, foreign.Session);
        var own = await OwnershipTests.App.FillAsync(caller);
        var document = await caller.GetJsonAsync("/openapi/v1.json");
        var requests = new RandomRequests(
            document, new Dictionary<string, string> { ["id"] = own.Session, ["blockId"] = own.Prompt, ["name"] = "desk" }, new Random(seed));
        var statuses = new SortedDictionary<int, int>();

        foreach (var path in document.GetProperty("paths").EnumerateObject().Where(path => !left.Contains(path.Name)).OrderBy(EndsIdentity))
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                for (var number = 0; number < RequestsOfOperation; number++)
                {
                    using var request = requests.Next(path.Name, operation.Name, operation.Value);
                    using var response = await caller.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                    statuses[(int)response.StatusCode] = statuses.GetValueOrDefault((int)response.StatusCode) + 1;
                    await CheckAsync(request, response);
                }
            }
        }

        output.WriteLine(string.Join(", ", statuses.Select(status => $"{status.Key}: {status.Value}")));
        Assert.Equal(before, await StateAsync(bystander, foreign.Session));
        Assert.True(statuses.Keys.Count(status => status is >= 400 and < 500) >= 3);
    }

    /// <summary>Signing in and out comes last: then the caller is somebody else.</summary>
    private static bool EndsIdentity(JsonProperty path) => path.Name.StartsWith("/capsule/sign", StringComparison.Ordinal);

    private static async Task CheckAsync(HttpRequestMessage request, HttpResponseMessage response)
    {
        var what = $"{request.Method} {request.RequestUri} {request.Content?.Headers.ContentType}";
        if (response.StatusCode < HttpStatusCode.BadRequest)
            return;
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, $"{what}: {(int)response.StatusCode} {body}");
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{what}: {(int)response.StatusCode} {body}");
        Assert.False(body.Contains("Exception", StringComparison.Ordinal), $"{what}: {body}");
        Assert.Equal((int)response.StatusCode, JsonDocument.Parse(body).RootElement.GetProperty("status").GetInt32());
    }

    /// <summary>What a user has, as the user sees it.</summary>
    private static async Task<string> StateAsync(Caller user, string session) =>
        $"{await user.GetJsonAsync("/capsule/sessions")} {await user.GetJsonAsync($"/capsule/sessions/{session}")} {string.Join('\n', await user.EventsAsync(session))}";
}
