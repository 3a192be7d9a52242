using System.Diagnostics;
using System.Net;
using Capsule.Contract.Testing;

namespace Capsule.Contract.Api;

/// <summary>The program of the contract, in this process and as a process that is killed.</summary>
public sealed class ProgramTests(ContractApp app) : IClassFixture<ContractApp>
{
    [Fact]
    public async Task A_message_is_answered_by_the_model_in_a_stream()
    {
        var caller = app.Guest();
        var events = await caller.AskAsync(await caller.OpenAsync(null), "good morning");
        Assert.Contains(events, e => e.Type == "notification" && e.Data.Text("text") == "Thinking...");
        Assert.Equal("good.morning.", events.Last(e => e.Type == "message").Data.Text("text"));
    }

    [Fact]
    public async Task Sync_shows_the_card_of_a_task_that_completes()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync(null);
        await caller.AskAsync(id, "please SYNC");
        var card = (await caller.WaitForAsync(id, e => e.IsBlock("task_card"))).Data.GetProperty("payload");
        Assert.Equal("Mailbox sync started", card.Text("message"));
        Assert.Equal("completed", (await caller.WaitForTaskAsync(card.Text("taskId"))).Text("state"), ignoreCase: true);
    }

    [Fact]
    public async Task A_callback_takes_a_json_body_and_results()
    {
        var receipt = await (await app.Guest().PostAsync("/callback", new { reference = "r1" })).JsonAsync(HttpStatusCode.OK);
        Assert.Equal("""{"reference":"r1","authenticated":false}""", receipt.GetRawText());
    }

    [Fact]
    public async Task After_a_202_a_killed_process_keeps_the_message_and_no_turn_stays_open()
    {
        var data = Directory.CreateTempSubdirectory("capsule-contract-");
        string id;
        Caller caller;
        using (var first = await ServerProcess.StartAsync(data.FullName))
        {
            caller = new Caller(first.Address);
            id = await caller.OpenAsync("echo");
            await caller.AskAsync(id, "before");
            for (var number = 0; number < 5; number++)
                await caller.SayAsync(id, $"{number}");
        }
        using (var second = await ServerProcess.StartAsync(data.FullName))
        {
            var resumed = new Caller(second.Address);
            foreach (Cookie cookie in caller.Cookies.GetAllCookies())
                resumed.Cookies.Add(second.Address, new Cookie(cookie.Name, cookie.Value));
            await resumed.AskAsync(id, "after");
            var events = await resumed.EventsAsync(id);
            Assert.Equal(["before", "0", "1", "2", "3", "4", "after"],
                events.Where(e => e.Type == "message" && e.Data.Text("sender") == "user").Select(e => e.Data.Text("text")));
            var turns = events.Where(e => e.Type == "turn").GroupBy(e => e.Data.Text("id")).ToList();
            Assert.Equal(7, turns.Count);
            Assert.All(turns, turn => Assert.True(turn.Last().Data.Text("state") is "completed" or "interrupted"));
        }
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_program_with_invalid_settings_ends_and_says_which_and_nothing_else()
    {
        var data = Directory.CreateTempSubdirectory("capsule-contract-");
        var start = new ProcessStartInfo("dotnet", [typeof(ProgramTests).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = data.FullName,
            Environment = { ["Capsule__Limits__QueueLength"] = "many", ["Capsule__Page"] = "perhaps" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(
            ["Capsule:Page must be true or false; it is 'perhaps'.", "Capsule:Limits:QueueLength must be a whole number from 1 to 2147483647; it is 'many'."],
            (await errors).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("", await output);
        Assert.Equal(1, process.ExitCode);
        data.Delete(recursive: true);
    }

    /// <summary>This assembly's program as a process; disposing kills it.</summary>
    private sealed class ServerProcess(Process process, Uri address) : IDisposable
    {
        public Uri Address { get; } = address;

        public static async Task<ServerProcess> StartAsync(string data)
        {
            var start = new ProcessStartInfo("dotnet", [typeof(ProgramTests).Assembly.Location, "--urls", "http://127.0.0.1:0"])
            {
                RedirectStandardOutput = true,
                WorkingDirectory = data,
                Environment = { ["Capsule__DataDirectory"] = Path.Combine(data, "data"), ["Logging__LogLevel__Default"] = "Information" },
            };
            var process = Process.Start(start)!;
            const string listening = "Now listening on: ";
            while (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) is { } line)
            {
                if (line.Contains(listening, StringComparison.Ordinal))
                {
                    _ = process.StandardOutput.ReadToEndAsync();
                    return new ServerProcess(process, new Uri(line[(line.IndexOf(listening, StringComparison.Ordinal) + listening.Length)..].Trim()));
                }
            }
            throw new InvalidOperationException("The program ended before it listened.");
        }

        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
