using System.Diagnostics;
using Capsule.Durability.Tests.App;
using Capsule.Durability.Tests.Processes;

namespace Capsule.Durability.Tests.Kill;

/// <summary>Kills the server at random moments while clients post, starts it again, and compares in the end what was acknowledged with what is there.</summary>
internal sealed class KillLoop
{
    private const int ClientCount = 6;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim progress = new(0);
    private TaskCompletionSource<Uri> server = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Rounds { get; init; } = 25;

    public int Seed { get; init; } = 1;

    public Action<string> Log { get; init; } = _ => { };

    /// <summary>Starts the server on a data directory.</summary>
    public Func<string, Task<ServerProcess>> StartAsync { get; init; } =
        directory => ServerProcess.StartAsync(directory, environment: Server.BusyLog);

    /// <summary>What happens to a data directory after its server was killed, besides that.</summary>
    public Action<string, Random> AfterKill { get; init; } = (_, _) => { };

    public string Summary { get; private set; } = "";

    /// <summary>What was wrong in the end; nothing, if every acknowledged message is there once and in order.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        var directory = Directory.CreateTempSubdirectory("capsule-kill-").FullName;
        var clients = Enumerable.Range(1, ClientCount).Select(number => new ChatClient(number, FindServerAsync, new Random(Seed + number))).ToList();
        try
        {
            return await RunAsync(directory, clients);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
            Directory.Delete(directory, recursive: true);
        }
    }

    private async Task<IReadOnlyList<string>> RunAsync(string directory, List<ChatClient> clients)
    {
        var clock = Stopwatch.StartNew();
        var random = new Random(Seed);
        using var stop = new CancellationTokenSource();
        var running = await StartServerAsync(directory);
        var talking = Task.WhenAll(clients.Select(client => Task.Run(() => client.TalkAsync(() => progress.Release(), stop.Token))));
        try
        {
            for (var round = 1; round <= Rounds && clients.All(client => client.Refused.Count == 0); round++)
            {
                await ProgressAsync(random.Next(1, 60), talking);
                await Task.Delay(random.Next(20));
                lock (gate)
                    server = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
                running.Kill();
                running.Dispose();
                AfterKill(directory, random);
                try
                {
                    running = await StartServerAsync(directory);
                }
                catch (InvalidOperationException exception)
                {
                    return [$"after kill {round}: {exception.Message}"];
                }
                Log($"round {round}: {clients.Sum(client => client.Sessions.Sum(session => session.Acknowledged.Count))} answers so far");
            }
            await stop.CancelAsync();
            await talking;
            var wrong = await CompareAsync(clients);
            Summary = $"{Rounds} rounds, seed {Seed}, {clock.Elapsed.TotalSeconds:N0} s: "
                + $"{clients.Sum(client => client.Sessions.Count)} sessions, {clients.Sum(client => client.Sessions.Sum(session => session.Sent.Count))} messages, "
                + $"{clients.Sum(client => client.Sessions.Sum(session => session.Acknowledged.Count))} acknowledgements, {wrong.Count} violations.";
            foreach (var violation in wrong)
                Log(violation);
            return wrong;
        }
        finally
        {
            await stop.CancelAsync();
            running.Dispose();
        }
    }

    /// <summary>Waits for a number of acknowledged messages.</summary>
    private async Task ProgressAsync(int count, Task talking)
    {
        while (progress.Wait(0))
        {
        }
        for (var acknowledged = 0; acknowledged < count; acknowledged++)
            await Task.WhenAny(progress.WaitAsync(TimeSpan.FromSeconds(30)), talking);
    }

    private static async Task<IReadOnlyList<string>> CompareAsync(List<ChatClient> clients)
    {
        var wrong = clients.SelectMany(client => client.Refused).ToList();
        if (wrong.Count > 0)
            return wrong;
        foreach (var client in clients)
        {
            foreach (var session in client.Sessions)
            {
                try
                {
                    wrong.AddRange(JournalCheck.Compare(session, await client.ReadAsync(session.SessionId)));
                }
                catch (Exception exception) when (exception is HttpRequestException or TimeoutException)
                {
                    wrong.Add($"{session.SessionId}: {exception.Message}");
                }
            }
        }
        return wrong;
    }

    private async Task<ServerProcess> StartServerAsync(string directory)
    {
        try
        {
            var started = await StartAsync(directory);
            lock (gate)
                server.SetResult(started.Address);
            return started;
        }
        catch (InvalidOperationException exception)
        {
            // Nobody waits for it any longer.
            lock (gate)
                server.SetException(exception);
            throw;
        }
    }

    private Task<Uri> FindServerAsync()
    {
        lock (gate)
            return server.Task;
    }
}
