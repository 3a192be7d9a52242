using System.Net;
using System.Text.Json.Nodes;
using Capsule.Contract.Testing;
using Capsule.Hosting;

namespace Capsule.Contract.Security;

/// <summary>Ids are names and no keys: who calls with another user's finds what is behind an id that nobody has.</summary>
public sealed class OwnershipTests : IClassFixture<OwnershipTests.App>
{
    private const string Nobody = "nobody_has_this";

    /// <summary>Operations that name nothing of a user: they make something of the caller's own, or tell of the caller.</summary>
    private static readonly string[] namingNothing =
    [
        "GET /capsule/sessions", "POST /capsule/sessions", "POST /capsule/files", "GET /capsule/me", "POST /capsule/signin", "POST /capsule/signout",
        "POST /capsule/integrations/{name}",
    ];

    /// <summary>How each of the others is called: what its body says, made of what a user has.</summary>
    private static readonly Dictionary<string, Func<Belongings, object?>> naming = new()
    {
        ["GET /capsule/sessions/{id}"] = _ => null,
        ["PATCH /capsule/sessions/{id}"] = _ => new { title = "stolen" },
        ["DELETE /capsule/sessions/{id}"] = _ => null,
        ["POST /capsule/sessions/{id}/messages"] = _ => new { text = "reply stolen" },
        ["GET /capsule/sessions/{id}/events"] = _ => null,
        ["POST /capsule/sessions/{id}/cancel"] = mine => new { turnId = mine.RunningTurn },
        ["POST /capsule/sessions/{id}/retry"] = mine => new { turnId = mine.FailedTurn },
        ["POST /capsule/sessions/{id}/prompts/{blockId}"] = _ => new { approved = true },
        ["GET /capsule/files/{id}"] = _ => null,
        ["GET /capsule/tasks/{id}"] = _ => null,
        ["POST /capsule/tasks/{id}/cancel"] = _ => null,
        ["DELETE /capsule/integrations/{name}"] = _ => null,
        ["POST /capsule/chat"] = mine => new { text = "reply stolen", sessionId = mine.Session },
    };

    private readonly App app;

    public OwnershipTests(App app) => this.app = app;

    [Fact]
    public async Task Each_operation_of_the_document_is_looked_at() =>
        Assert.Equal(naming.Keys.Concat(namingNothing).Order(), (await CallsAsync()).Select(operation => operation.ToString()).Order());

    [Fact]
    public async Task Another_users_id_is_404_on_each_operation_as_if_nobody_had_it()
    {
        foreach (var operation in (await CallsAsync()).Where(operation => naming.ContainsKey(operation.ToString())))
        {
            var org = Guid.NewGuid().ToString("N");
            var owner = await app.UserAsync(org: org);
            var mine = await App.FillAsync(owner);
            var guest = app.Guest();
            await guest.OpenAsync();
            foreach (var stranger in (Caller[])[app.Guest(), guest, await app.UserAsync(), await app.UserAsync(org: org)])
            {
                var refused = await CallAsync(stranger, operation, mine).ProblemAsync();
                Assert.True(refused.Status == HttpStatusCode.NotFound, $"{operation} is {refused.Status} for somebody else.");
                Assert.Equal(await CallAsync(stranger, operation, mine.OfNobody()).ProblemAsync(), refused);
            }
            // A chat waits for the turn before its own.
            if (operation.Path == "/capsule/chat")
                await owner.PostAsync($"/capsule/sessions/{mine.Session}/cancel").AssertStatusAsync(HttpStatusCode.NoContent);
            using var allowed = await CallAsync(owner, operation, mine);
            Assert.True(allowed.IsSuccessStatusCode, $"{operation} is {(int)allowed.StatusCode} for its owner: {await allowed.Content.ReadAsStringAsync()}");
            app.Signals.Open(mine.Session);
        }
    }

    [Fact]
    public async Task Another_users_session_in_the_header_is_404_on_each_operation_that_takes_it()
    {
        var session = await (await app.UserAsync()).OpenAsync();
        var other = await app.UserAsync();
        var taking = (await Operation.ReadAsync(other)).Where(operation => operation.Headers.Contains("Capsule-Session-Id")).ToList();
        Assert.NotEmpty(taking);

        foreach (var operation in taking)
        {
            var refused = await SendAsync(operation, session);
            Assert.True(refused.Status == HttpStatusCode.NotFound, $"{operation} is {refused.Status} for somebody else.");
            Assert.Equal(await SendAsync(operation, Nobody), refused);
        }

        Task<Refusal> SendAsync(Operation operation, string id) =>
            other.SendAsync(operation.Method, operation.Path, null, ("Capsule-Session-Id", id)).ProblemAsync();
    }

    [Fact]
    public async Task Nothing_of_another_user_is_listed()
    {
        var owner = await app.UserAsync();
        var mine = await App.FillAsync(owner);
        var other = await app.UserAsync();

        Assert.DoesNotContain(mine.Session, (await other.GetJsonAsync("/capsule/sessions")).GetRawText(), StringComparison.Ordinal);
        await (await other.GetAsync("/capsule/sessions?before=" + mine.Session)).ProblemAsync(HttpStatusCode.BadRequest);
        app.Signals.Open(mine.Session);
    }

    private async Task<IEnumerable<Operation>> CallsAsync() =>
        (await Operation.ReadAsync(app.Guest())).Where(operation => operation.Path.StartsWith("/capsule/", StringComparison.Ordinal));

    private static Task<HttpResponseMessage> CallAsync(Caller caller, Operation operation, Belongings things)
    {
        var id = operation.Path.StartsWith("/capsule/files", StringComparison.Ordinal) ? things.File
            : operation.Path.StartsWith("/capsule/tasks", StringComparison.Ordinal) ? things.Task
            : things.Session;
        var path = operation.With(("id", id), ("blockId", things.Prompt), ("name", things.Integration));
        return caller.SendAsync(operation.Method, path, naming[operation.ToString()](things), ("Accept", "application/json"));
    }

    /// <summary>The ids of what a user has.</summary>
    public sealed record Belongings(string Session, string FailedTurn, string RunningTurn, string Prompt, string File, string Task, string Integration)
    {
        public Belongings OfNobody() => this with { Session = Nobody, File = Nobody, Task = Nobody, Integration = Nobody };
    }

    public sealed class App : ContractApp
    {
        public App() => Services = services => services.Configure<CapsuleOptions>(
            options => options.Integrations.AddForm(Integration.Of("desk"), "Desk", new IntegrationField("token", "Token")));

        /// <summary>Gives a user a session with a failed turn and one that waits for an answer, a file, a running task and a connected account.</summary>
        public static async Task<Belongings> FillAsync(Caller user)
        {
            var session = await user.OpenAsync();
            var task = await user.AnswerAsync(session, "run-held " + session);
            var failed = (await user.AskAsync(session, "fail"))[^1].Data.Text("id");
            var running = (await user.SayAsync(session, "prompt-approval")).Text("turnId");
            var prompt = await user.WaitForAsync(session, e => e.IsBlock("approval_prompt"));
            var file = (await user.UploadAsync("mine.txt", "mine")).Text("id");
            await user.PostAsync("/capsule/integrations/desk", new { fields = new { token = "mine" } }).AssertStatusAsync(HttpStatusCode.NoContent);
            return new Belongings(session, failed, running, prompt.Data.Text("id"), file, task, "desk");
        }
    }
}

/// <summary>A problem without what differs from call to call.</summary>
internal sealed record Refusal(HttpStatusCode Status, string Text);

internal static class Refusals
{
    public static async Task<Refusal> ProblemAsync(this Task<HttpResponseMessage> call)
    {
        using var response = await call;
        var text = await response.Content.ReadAsStringAsync();
        if (response.IsSuccessStatusCode)
            return new Refusal(response.StatusCode, text);
        var problem = JsonNode.Parse(text)!.AsObject();
        problem.Remove("traceId");
        return new Refusal(response.StatusCode, problem.ToJsonString());
    }
}
