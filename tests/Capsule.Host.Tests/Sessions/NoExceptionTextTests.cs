using System.Net.Http.Json;
using Capsule.Host.Tests.Hosting;
using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests.Sessions;

/// <summary>What a handler throws is for the log: no caller reads a word of it, in any environment.</summary>
public sealed class NoExceptionTextTests
{
    private const string Secret = "hunter2";

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Whatever_throws_tells_the_caller_nothing_and_the_log_all(string environment)
    {
        var log = new RecordedLog();
        await using var app = await TestApp.StartAsync(Register, builder: builder => builder.Logging.AddProvider(log), environment: environment);
        var told = new List<string>();
        foreach (var chat in (string[])["message", "reply", "stream", "model", "step", "data", "prompt", "task"])
        {
            var session = (await PostAsync("/capsule/sessions", new { chat })).GetProperty("id").GetString()!;
            await PostAsync("/capsule/chat", new { text = "go", sessionId = session });
            await PostAsync($"/capsule/sessions/{session}/messages", new { id = "m1", text = "again" });
            told.Add(await EventsAsync(session));
            told.Add(await app.Client.GetStringAsync($"/capsule/sessions/{session}"));
            told.Add(await (await app.Client.DeleteAsync($"/capsule/sessions/{session}")).Content.ReadAsStringAsync());
        }
        foreach (var path in (string[])["/data/broken", "/broken"])
            told.Add(await (await app.Client.GetAsync(path)).Content.ReadAsStringAsync());

        Assert.DoesNotContain(told, text => text.Contains(Secret, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(told, text => text.Contains("Exception", StringComparison.Ordinal));
        Assert.DoesNotContain(told, text => text.Contains("   at ", StringComparison.Ordinal));
        await log.WaitFor("An [Exit] handler");
        Assert.True(log.Entries.Count(entry => entry.Exception?.ToString().Contains(Secret, StringComparison.Ordinal) == true) >= 8);

        async Task<System.Text.Json.JsonElement> PostAsync(string path, object body)
        {
            using var response = await app.Client.PostAsJsonAsync(path, body);
            told.Add(await response.Content.ReadAsStringAsync());
            return await response.JsonAsync();
        }

        // To the end of the second turn.
        async Task<string> EventsAsync(string session)
        {
            var text = "";
            using var response = await app.Client.GetAsync($"/capsule/sessions/{session}/events", HttpCompletionOption.ResponseHeadersRead);
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            for (var ends = 0; ends < 2;)
            {
                var line = await lines.ReadLineAsync(limit.Token);
                text += line + "\n";
                if (line!.Contains("\"state\":\"failed\"", StringComparison.Ordinal) || line.Contains("\"state\":\"completed\"", StringComparison.Ordinal))
                    ends++;
            }
            return text;
        }
    }

    private static void Register(HandlerRegistry handlers)
    {
        Add("message", (_, _) => throw Failure());
        Add("reply", async (session, _) =>
        {
            await session.ReplyAsync("so far");
            throw Failure();
        });
        Add("stream", async (session, _) =>
        {
            await using var reply = session.StreamReply();
            reply.Write("half");
            throw new AggregateException(Failure());
        });
        Add("model", (session, _) => session.StreamReplyFromAsync(Broken()));
        Add("step", (session, _) => session.StepAsync("work", new Func<int>(() => throw Failure())));
        Add("data", (session, _) =>
        {
            session.Data.Set("broken", new Unwritable());
            return Task.CompletedTask;
        });
        Add("prompt", (session, _) => session.PromptFileAsync("Which?", timeout: TimeSpan.FromDays(100)));
        Add("task", async (session, _) =>
        {
            var task = await new AnyTask(session.Tasks, "Broken").SubmitAsync();
            await session.ShowTaskAsync(task);
            await session.ReplyAsync(await task.WaitAsync() + ": " + (await task.GetAsync()).Error);
        });
        handlers.Add(new TaskHandler { Id = "Tests.Broken", Name = "Broken", InvokeAsync = (_, _) => throw Failure() });
        handlers.Add(ChatApp.On(SessionMoment.Exit, _ => throw Failure()));
        handlers.Add(Http("/data/broken"));
        handlers.Add(Http("/broken"));

        void Add(string name, Func<Session, Message, Task> handle) => handlers.Add(ChatApp.Handler(handle, name));
    }

    private static HttpHandler Http(string path) => new()
    {
        Id = "Tests" + path,
        HttpMethod = "GET",
        Pattern = path,
        RequiresAuthentication = false,
        Method = typeof(NoExceptionTextTests).GetMethod(nameof(Whatever_throws_tells_the_caller_nothing_and_the_log_all))!,
        Build = _ => _ => throw Failure(),
    };

    private static InvalidOperationException Failure() => new($"The password is {Secret}.");

    private static async IAsyncEnumerable<string> Broken()
    {
        yield return "half";
        await Task.Yield();
        throw Failure();
    }

    /// <summary>A value that can't be written when its turn ends.</summary>
    private sealed record Unwritable(string Password = Secret)
    {
        public string Text => throw new InvalidOperationException($"The password is {Password}.");
    }
}
